/** One fault on a line of its own, from the first readings to the first after the fault has ended. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RtuRules } from '../../../src/main/serial/modbus/rtu-rules.ts';
import { seededRandom } from '../seeded-random.ts';
import { waitUntil } from '../wait-until.ts';
import type { LineFault } from './line-faults.ts';
import { nowNs, pause, pollMeters, type PollTally } from './poll-meters.ts';
import { startSerialLine } from './serial-line.ts';

export type FaultOutcome = {
  readonly fault: LineFault;
  readonly tally: PollTally;
  readonly caused: number;
  /** Undefined where there is nothing to notice. */
  readonly counted: number | undefined;
  /** From the end of the fault until every meter had answered again; undefined when they did not. */
  readonly recoveredAfterMs: number | undefined;
};

/** As a master without any of our rules would be: the next frame that fits is the answer. */
export const NO_RULES: RtuRules = {
  silenceFirst: false,
  strayBytes: Infinity,
  guardMs: 0,
  freshLength: false,
  forgetAfterMs: 0,
};

const RECOVERY_LIMIT_MS = 20_000;
/** Longer than any answer is late. */
const STRAGGLERS_MS = 1500;

export type FaultRun = {
  readonly seed: number;
  /** How long the fault lasts: until all of these have passed, or `isOver` says so. */
  readonly lastsMs: number;
  /** Of those faults that unplug. */
  readonly lastsUnplugs?: number;
  /** Of the answers that are disturbed: a long run has a line that is seldom so, and asks the more. */
  readonly share?: number;
  readonly isOver?: (tally: PollTally) => boolean;
  /** Lines at once; each is two processes that mostly sleep. */
  readonly atOnce?: number;
  readonly baudRate?: number;
  /** The product's own unless given. */
  readonly rules?: RtuRules;
};

/** Each fault on a line of its own, some of them at once; in the order of the faults. */
export async function runFaults(faults: readonly LineFault[], run: FaultRun): Promise<FaultOutcome[]> {
  const outcomes: FaultOutcome[] = [];
  const numbered = faults.map((fault, number) => ({ fault, number }));
  // What may last longest begins first.
  const waiting = numbered.toSorted((a, b) => Number(b.fault.unplugs ?? false) - Number(a.fault.unplugs ?? false));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      outcomes[next.number] = await runFault(next.fault, { ...run, seed: run.seed + next.number });
  };
  await Promise.all(Array.from({ length: run.atOnce ?? 4 }, work));
  return outcomes;
}

async function runFault(fault: LineFault, options: FaultRun): Promise<FaultOutcome> {
  const { seed, lastsMs, lastsUnplugs = 0, baudRate = 9600, share = 0.3, rules } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'switchyard-line-'));
  const line = await startSerialLine({ folder, number: 1, units: [1, 2, 3], baudRate, seed });
  await line.plug('ttyUSB0');
  // Another adapter beside it must never be taken for it.
  const stranger = { path: path.join(folder, 'ttyUSB-of-another'), serialNumber: 'FT9999' };
  const polled = pollMeters(line, async () => [stranger, ...line.listed()], rules);
  await waitUntil('the port to open', () => polled.kept.status().state === 'open');
  let polls = true;
  const polling = polled.pollWhile(() => polls);
  try {
    await waitUntil('the first answer of every meter', () => polled.haveAllAnsweredSince(0));
    const endsAtNs = nowNs() + lastsMs * 1e6;
    const unplugs = (): number => line.events.filter(({ event }) => event === 'unplugged').length;
    const hasTime = (): boolean => nowNs() < endsAtNs || (fault.unplugs === true && unplugs() < lastsUnplugs);
    const goesOn = (): boolean => hasTime() && options.isOver?.(polled.tally) !== true;
    await fault.disturb({ line, polled, goesOn, share, random: seededRandom(seed) });
    line.command({ do: 'calm' });
    const endedAtNs = nowNs();
    const hasRecovered = (): boolean => polled.haveAllAnsweredSince(endedAtNs);
    while (!hasRecovered() && nowNs() - endedAtNs < RECOVERY_LIMIT_MS * 1e6) await pause(10);
    const recoveredAfterMs = hasRecovered() ? (nowNs() - endedAtNs) / 1e6 : undefined;
    polls = false;
    await polling;
    await pause(STRAGGLERS_MS);
    const tally = polled.judgeAll();
    return { fault, tally, caused: fault.caused(line.events), counted: fault.counted?.(tally), recoveredAfterMs };
  } finally {
    polls = false;
    await polled.stop();
    await polling;
    await line.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
