/**
 * The lines that run now. A line that changed ends and begins anew with what was counted of it; one that did not is not
 * disturbed. Invariant: a line opens after it was closed, since a port that is still ours would be refused to us, and a
 * device server has room for one.
 */
import type { LineRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import type { OpenByteSource } from '../../serial/byte-source.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import { restingRecord, type DeclaredLine } from './declared-line.ts';
import type { PolledLine } from './poll-line.ts';

export type RunningLines = {
  readonly recordOf: (line: DeclaredLine) => LineRecord;
  /** These and no others from now on. */
  readonly follow: (lines: readonly DeclaredLine[]) => void;
  readonly stop: () => void;
};

export function runLines(parts: {
  readonly clock: LineClock;
  readonly openSource: (line: DeclaredLine) => OpenByteSource;
  readonly begin: (line: DeclaredLine, open: OpenByteSource, before: LineRecord | undefined) => PolledLine;
  readonly log: (line: string, detail?: unknown) => void;
}): RunningLines {
  const running = new Map<string, { readonly declared: string; readonly polled: PolledLine }>();
  const ended = new Map<string, LineRecord>();
  const closing = new Map<string, Promise<void>>();

  function begin(line: DeclaredLine): void {
    const open: OpenByteSource = async () => {
      await closing.get(line.id);
      return parts.openSource(line)();
    };
    const polled = parts.begin(line, open, ended.get(line.id));
    running.set(line.id, { declared: JSON.stringify(line), polled });
  }

  function end(id: string, polled: PolledLine): void {
    ended.set(id, polled.record());
    running.delete(id);
    const closed = polled.stop().catch((error: unknown) => parts.log(`The line ${id} did not close.`, error));
    closing.set(id, closed);
  }

  return {
    recordOf: (line) => running.get(line.id)?.polled.record() ?? restingRecord(line, parts.clock.wallMs()),
    follow: (lines) => {
      for (const [id, { declared, polled }] of running)
        if (declared !== JSON.stringify(lines.find((line) => line.id === id))) end(id, polled);
      for (const line of lines) if (!running.has(line.id)) begin(line);
    },
    stop: () => {
      for (const [id, { polled }] of running) end(id, polled);
    },
  };
}
