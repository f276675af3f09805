/**
 * Keeps one line open and asks its meters in turn: always the one that has been due longest, one question at a time. What a
 * meter is asked and what its answer means is `poll-meter`'s.
 *
 * Invariant: while the line is open somebody is being asked or a timer waits for who is due next; while it is not, nobody is.
 */
import type { LineRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import type { RtuEvent } from '../../serial/modbus/rtu-question.ts';
import { createRtuMaster } from '../../serial/modbus/rtu-master.ts';
import { tellLine, type LineParts } from './kept-line.ts';
import type { PolledMeter } from './poll-meter.ts';

export type PolledLine = {
  readonly record: () => LineRecord;
  readonly stop: () => Promise<void>;
};

/** Another master is said once in so long; each of its requests is counted. */
const SAY_FOREIGN_EVERY_MS = 10 * 60_000;
const AFTER_DEFECT_MS = 10_000;

export function pollLine(parts: LineParts & { readonly meters: readonly PolledMeter[] }): PolledLine {
  const { line, meters, clock, before } = parts;
  let foreignRequests = before?.foreignRequests ?? 0;
  let foreignSaidAtMs = -Infinity;
  let asked: PolledMeter | undefined;
  let wake: () => void = () => {};
  let stopped = false;

  const told = tellLine(parts, {
    opened: () => {
      for (const meter of meters) meter.lineOpened();
    },
    changed: () => wake(),
  });
  const { kept, note } = told;
  const master = createRtuMaster({ line: kept, settings: line.settings, clock, onEvent: hear });

  function hear(event: RtuEvent): void {
    if (event.kind === 'discarded') told.discarded(event.byteCount);
    if (event.kind === 'foreign-request') {
      foreignRequests += 1;
      if (clock.monotonicMs() - foreignSaidAtMs >= SAY_FOREIGN_EVERY_MS) {
        foreignSaidAtMs = clock.monotonicMs();
        note(
          'other-master',
          `Somebody else asks meters on ${line.name}. A line bears one master: find and stop the other.`,
        );
      }
    }
    const unit = 'unitAddress' in event ? event.unitAddress : undefined;
    const meter = unit === undefined ? asked : meters.find(({ unitAddress }) => unitAddress === unit);
    meter?.hear(event);
    parts.changed();
  }

  async function pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = Number.isFinite(ms) ? clock.after(ms, resolve) : () => {};
      wake = () => {
        cancel();
        resolve();
      };
    });
    wake = () => {};
  }

  async function ask(meter: PolledMeter): Promise<void> {
    asked = meter;
    const question = meter.nextQuestion();
    const askedAtMs = clock.monotonicMs();
    const result = await master.ask(question);
    asked = undefined;
    // Whoever stopped the line is not told any more, and nobody may count on.
    if (stopped) return;
    meter.take(result, askedAtMs);
    parts.changed();
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const next = longestDue(meters);
      if (next === undefined || kept.status().state !== 'open') {
        await pause(Infinity);
        continue;
      }
      const waitMs = next.dueAtMs() - clock.monotonicMs();
      if (waitMs > 0) await pause(waitMs);
      else await ask(next);
    }
  }

  async function keepRunning(): Promise<void> {
    while (!stopped)
      try {
        await run();
      } catch (error) {
        parts.log(`Polling of ${line.id} met a defect; it goes on in a while.`, error);
        note(
          'polling-failed',
          `Reading ${line.name} failed because of a defect in the console; it goes on in a while.`,
        );
        await pause(AFTER_DEFECT_MS);
      }
  }

  void keepRunning();

  return {
    record: () => ({ ...told.record(), foreignRequests }),
    stop: async () => {
      stopped = true;
      master.stop();
      wake();
      await kept.stop();
    },
  };
}

function longestDue(meters: readonly PolledMeter[]): PolledMeter | undefined {
  return meters.reduce<PolledMeter | undefined>(
    (first, meter) => (first === undefined || meter.dueAtMs() < first.dueAtMs() ? meter : first),
    undefined,
  );
}
