/**
 * The line of the bench, opened with one pair of settings after the other, and what can be done on it. It is kept open like
 * any line: lost and found again wherever its adapter is plugged in. Whoever waits for it is told when it is open.
 *
 * Invariant: one source is open at most, with the settings named last; after `close` none is.
 */
import type { Result } from '../../../../shared/kernel/result.ts';
import type { OpenByteSource } from '../../../serial/byte-source.ts';
import { describeSettings } from '../../../serial/describe-line.ts';
import { keepLine, type KeptLine, type LineSource, type LineStatus } from '../../../serial/keep-line.ts';
import type { LineSettings } from '../../../serial/line-address.ts';
import type { LineClock } from '../../../serial/line-clock.ts';
import { createRtuMaster } from '../../../serial/modbus/rtu-master.ts';
import type {
  RegisterAnswer,
  RegisterQuestion,
  RtuEvent,
  RtuFailure,
  RtuMaster,
} from '../../../serial/modbus/rtu-question.ts';

export type BenchLine = {
  /** Opens it anew if it has other settings now; waits until it is open. False when it was closed meanwhile. */
  readonly ready: (settings: LineSettings) => Promise<boolean>;
  readonly ask: (question: RegisterQuestion) => Promise<Result<RegisterAnswer, RtuFailure>>;
  /** All that is heard, until the next question or listening; `lost` once when the line goes away. */
  readonly listen: (bytes: (chunk: Uint8Array) => void, lost: () => void) => void;
  readonly send: (bytes: Uint8Array) => void;
  readonly close: () => Promise<void>;
};

type Opened = {
  readonly settings: string;
  readonly kept: KeptLine;
  master: RtuMaster | undefined;
  source: LineSource | undefined;
};

export function openBenchLine(parts: {
  readonly open: (settings: LineSettings) => OpenByteSource;
  readonly clock: LineClock;
  readonly onStatus: (status: LineStatus) => void;
  readonly onEvent: (event: RtuEvent) => void;
}): BenchLine {
  let opened: Opened | undefined;
  let current: LineSettings | undefined;
  let closed = false;
  let woken: (() => void)[] = [];

  function wake(): void {
    for (const resolve of woken.splice(0)) resolve();
  }

  async function shut(): Promise<void> {
    const last = opened;
    opened = undefined;
    last?.master?.stop();
    await last?.kept.stop();
  }

  function begin(settings: LineSettings): Opened {
    const kept = keepLine({
      open: parts.open(settings),
      clock: parts.clock,
      // An empty line is silent for as long as the scan takes.
      muteLimitMs: Infinity,
      onChange: (status) => {
        if (opened !== undefined && opened.kept !== kept) return;
        parts.onStatus(status);
        wake();
      },
    });
    return { settings: describeSettings(settings), kept, master: undefined, source: undefined };
  }

  return {
    ready: async (settings) => {
      if (closed) return false;
      if (opened?.settings !== describeSettings(settings)) {
        await shut();
        if (closed) return false;
        current = settings;
        opened = begin(settings);
      }
      while (!closed && opened.kept.status().state !== 'open')
        await new Promise<void>((resolve) => {
          woken.push(resolve);
        });
      return !closed;
    },
    ask: (question) => {
      if (opened === undefined || current === undefined)
        return Promise.resolve({ ok: false, code: 'line-lost', message: 'The bench has no line open.' });
      const { clock, onEvent } = parts;
      opened.master ??= createRtuMaster({ line: opened.kept, settings: current, clock, onEvent });
      return opened.master.ask(question);
    },
    listen: (bytes, lost) => {
      const mine = opened;
      if (mine === undefined) return;
      mine.master?.stop();
      mine.master = undefined;
      mine.kept.use((source) => {
        mine.source = source;
        source.listen({ bytes, closed: lost });
      });
    },
    send: (bytes) => opened?.source?.write(bytes),
    close: async () => {
      closed = true;
      wake();
      await shut();
    },
  };
}
