/**
 * The product's serial port, line keeper and master against slaves that are not ours, on a line that is paced and disturbed
 * (R16). The short form takes a minute; `SWITCHYARD_LONG=1` asks more than 100 000 questions and pulls an adapter 1 000
 * times in half an hour.
 */
import { describe, expect, test } from 'vitest';
import { printFigures } from '../../support/print-figures.ts';
import { chooseSeed } from '../../support/seeded-random.ts';
import { LINE_FAULTS } from '../../support/serial-line/line-faults.ts';
import { NO_RULES, runFaults, type FaultOutcome } from '../../support/serial-line/run-fault.ts';
import type { PollTally } from '../../support/serial-line/poll-meters.ts';
import { isSlaveAbsent } from '../../support/serial-line/serial-line.ts';
import { runSwappedAdapters } from '../../support/serial-line/swapped-adapters.ts';

const isLong = process.env['SWITCHYARD_LONG'] !== undefined;
const run = isLong
  ? { lastsMs: 600_000, lastsUnplugs: 1000, baudRate: 115_200, share: 0.03, atOnce: 6 }
  : { lastsMs: 5000, atOnce: 6 };
/** Of which a meter whose answers were all lost is left alone for up to ten, lest a late one is taken for a new one. */
const RECOVERY_LIMIT_MS = 12_000;
/** All, save a second master's question that is by chance the very one we ask: it is taken for the echo of ours. */
const COUNTED_SHARE = 0.99;
/** A busy machine stalls for longer than a time-out now and then. */
const STALLED_SHARE = 0.02;
const timeout = isLong ? 2 * 3_600_000 : 300_000;

describe.skipIf(isSlaveAbsent())('a serial line with slaves that are not ours', () => {
  test(
    'gives no wrong reading whatever is done to it, counts every fault and recovers by itself',
    { timeout },
    async () => {
      const seed = chooseSeed();
      const outcomes = await runFaults(LINE_FAULTS, { seed, ...run });
      for (const outcome of outcomes) {
        const { fault, tally, caused, counted, recoveredAfterMs } = outcome;
        print(seed, outcome);
        expect.soft(tally.wrongOnes, fault.name).toEqual([]);
        expect.soft(tally.right, fault.name).toBeGreaterThan(10);
        expect.soft(fault.name === 'nothing' || caused > 0, `${fault.name}: was caused`).toBe(true);
        expect.soft(counted ?? caused, `${fault.name}: counted`).toBeGreaterThanOrEqual(caused * COUNTED_SHARE);
        const lostShare = 1 - tally.right / tally.asked;
        expect.soft(counted === undefined ? lostShare : 0, `${fault.name}: loses nothing`).toBeLessThan(STALLED_SHARE);
        expect.soft(recoveredAfterMs, `${fault.name}: recovered`).toBeLessThan(RECOVERY_LIMIT_MS);
      }
    },
  );

  test('gives wrong readings with the rules switched off', async () => {
    const seed = chooseSeed();
    const misleading = LINE_FAULTS.filter(({ misleads }) => misleads);
    const isOver = ({ wrong }: PollTally): boolean => wrong > 0;
    const outcomes = await runFaults(misleading, { seed, lastsMs: 60_000, isOver, rules: NO_RULES });
    for (const outcome of outcomes) {
      print(seed, outcome);
      expect.soft(outcome.tally.wrong, outcome.fault.name).toBeGreaterThan(0);
    }
  });

  test('two adapters that come back under each other’s name are told apart', async () => {
    const seed = chooseSeed();
    const { wrongOnes, right } = await runSwappedAdapters(seed);
    printFigures('two adapters swapped their names', { seed, right, wrong: wrongOnes.length });
    expect(wrongOnes).toEqual([]);
    expect(Math.min(...right)).toBeGreaterThan(5);
  });
});

function print(seed: number, { fault, tally, caused, counted, recoveredAfterMs }: FaultOutcome): void {
  const { asked, right, wrong, failures, events } = tally;
  printFigures(fault.name, { seed, asked, right, wrong, ...failures, caused, counted, recoveredAfterMs, events });
}
