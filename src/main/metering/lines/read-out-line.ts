/**
 * Keeps one line open and reads its meter out (IEC 62056-21, mode C) whenever it is due.
 *
 * Invariant: while the line is open a read-out is under way or a timer waits for the next; while it is not, neither is.
 */
import type { LineSource } from '../../serial/keep-line.ts';
import { tellLine, type LineParts } from './kept-line.ts';
import type { PolledLine } from './poll-line.ts';
import type { ReadOutMeter } from './read-out-meter.ts';
import type { RunningDialogue } from './run-dialogue.ts';

const AFTER_DEFECT_MS = 10_000;

export function readOutLine(
  parts: LineParts & { readonly openMeter: (discarded: (byteCount: number) => void) => ReadOutMeter | undefined },
): PolledLine {
  const { clock } = parts;
  let source: LineSource | undefined;
  let running: RunningDialogue | undefined;
  let cancelWait: () => void = () => {};
  let stopped = false;

  const told = tellLine(parts, {
    lost: (reason) => {
      source = undefined;
      cancelWait();
      running?.lineLost(reason);
    },
  });
  const meter = parts.openMeter((byteCount) => told.discarded(byteCount));

  told.kept.use((opened) => {
    source = opened;
    opened.listen({
      bytes: (chunk) => {
        if (running === undefined) told.discarded(chunk.length);
        else running.hear(chunk);
        parts.changed();
      },
      closed: () => {},
    });
    meter?.lineOpened();
    wait();
  });

  function wait(leastMs = 0): void {
    cancelWait();
    if (stopped || source === undefined || meter === undefined || running !== undefined) return;
    cancelWait = clock.after(Math.max(leastMs, meter.dueAtMs() - clock.monotonicMs()), () => void readOut());
  }

  async function readOut(): Promise<void> {
    if (stopped || source === undefined || meter === undefined) return;
    let leastMs = 0;
    try {
      const begun = meter.begin(source);
      ({ running } = begun);
      await begun.taken;
    } catch (error) {
      leastMs = AFTER_DEFECT_MS;
      parts.log(`Reading out ${parts.line.id} met a defect; it goes on in a while.`, error);
      told.note(
        'polling-failed',
        `Reading ${parts.line.name} failed because of a defect in the console; it goes on in a while.`,
      );
    }
    running = undefined;
    parts.changed();
    wait(leastMs);
  }

  return {
    record: told.record,
    stop: async () => {
      stopped = true;
      cancelWait();
      meter?.stop();
      running?.lineLost('The line was closed.');
      await told.kept.stop();
    },
  };
}
