/**
 * The same disturbed line under the whole of metering: what is stored and told is what the meters said, and each fault
 * shows where an operator looks for it, in the counters and in the log, and is over by itself.
 */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { MeterHealth } from '../../../src/shared/ipc/metering/metering-contract.ts';
import { printFigures } from '../../support/print-figures.ts';
import { chooseSeed } from '../../support/seeded-random.ts';
import { pause } from '../../support/serial-line/poll-meters.ts';
import { startMeteredLine, type MeteredLine } from '../../support/serial-line/metered-line.ts';
import { isSlaveAbsent, type AnswerFault } from '../../support/serial-line/serial-line.ts';
import { waitUntil } from '../../support/wait-until.ts';

const UNITS = [1, 2, 3];
const SHOWN_WITHIN_MS = 20_000;
const ALL_AT_ONCE_MS = 10_000;

/** The lengths our profile reads with, of other registers. */
const FOREIGN_QUESTIONS = [1, 2, 3].flatMap((unit) => [[unit, 4, 0x10, 76] as const, [unit, 4, 0x10, 78] as const]);

type Count = keyof MeterHealth & ('lateAnswers' | 'crcErrors' | 'shortFrames' | 'spoiled');

const ANSWER_FAULTS: readonly (readonly [name: string, fault: AnswerFault, shows: Count])[] = [
  ['late answers', { kind: 'late', ms: 1250 }, 'lateAnswers'],
  ['wrong bits', { kind: 'corrupt' }, 'crcErrors'],
  ['answers cut short', { kind: 'cut' }, 'shortFrames'],
  ['noise inside answers', { kind: 'noise-inside' }, 'spoiled'],
];

const sum = ({ meter }: MeteredLine, count: Count): number =>
  UNITS.reduce((total, unit) => total + (meter(unit)?.health[count] ?? 0), 0);

describe.skipIf(isSlaveAbsent())('metering on a disturbed line', () => {
  test('stores and tells only what the meters said, and shows every fault', async () => {
    const seed = chooseSeed();
    const metered = await startMeteredLine({ seed, units: UNITS });
    onTestFinished(metered.stop);
    const { line, meter, lineRecord, eventKinds } = metered;
    const readAgain = async (after: string): Promise<void> => {
      const before = UNITS.map((unit) => meter(unit)?.latest?.atMs ?? 0);
      const isRead = (unit: number): boolean => (meter(unit)?.latest?.atMs ?? 0) > (before[UNITS.indexOf(unit)] ?? 0);
      await waitUntil(`new readings after ${after}`, () => UNITS.every(isRead), 30_000);
    };
    await readAgain('the start');

    for (const [name, fault, shows] of ANSWER_FAULTS) {
      const before = sum(metered, shows);
      line.command({ do: 'faults', faults: [fault], share: 0.5 });
      await waitUntil(`${name} to show as ${shows}`, () => sum(metered, shows) > before, SHOWN_WITHIN_MS);
    }
    line.command({ do: 'faults', faults: [{ kind: 'silent' }], share: 1, units: [2] });
    await waitUntil('a silent meter to be told', () => eventKinds().includes('meter-silent'), 40_000);
    line.command({ do: 'calm' });
    await readAgain('a silent meter');
    expect(eventKinds()).toContain('meter-answers');

    line.command({ do: 'second-master', questions: FOREIGN_QUESTIONS, everyMs: 300, polite: true });
    await waitUntil('another master to be told', () => eventKinds().includes('other-master'), SHOWN_WITHIN_MS);
    line.command({ do: 'calm' });

    const discardedBefore = lineRecord()?.bytesDiscarded ?? 0;
    line.command({ do: 'noise', everyMs: 300 });
    const isNoiseShown = (): boolean => (lineRecord()?.bytesDiscarded ?? 0) > discardedBefore + 20;
    await waitUntil('noise to show as discarded bytes', isNoiseShown, SHOWN_WITHIN_MS);
    line.command({ do: 'calm' });

    const all = ANSWER_FAULTS.map(([, fault]) => fault);
    line.command({ do: 'faults', faults: [...all, { kind: 'silent' }, { kind: 'split', ms: 200 }], share: 0.3 });
    line.command({ do: 'second-master', questions: FOREIGN_QUESTIONS, everyMs: 1500, polite: true });
    await pause(ALL_AT_ONCE_MS);
    line.command({ do: 'calm' });
    await readAgain('all of it together');

    line.unplug();
    await waitUntil('the lost line to be told', () => eventKinds().includes('line-lost'), SHOWN_WITHIN_MS);
    expect(lineRecord()?.state).toBe('lost');
    await line.plug('ttyUSB7');
    await readAgain('the adapter was plugged in under another name');
    expect(lineRecord()).toMatchObject({ state: 'open', reopened: 1 });
    expect(lineRecord()?.address).toContain('ttyUSB7');

    const { stored, told, wrong } = metered.compare();
    const health = UNITS.map((unit) => meter(unit)?.health);
    printFigures('metering on a disturbed line', {
      seed,
      stored,
      told,
      wrong: wrong.length,
      lateAnswers: sum(metered, 'lateAnswers'),
      crcErrors: sum(metered, 'crcErrors'),
      shortFrames: sum(metered, 'shortFrames'),
    });
    expect(wrong).toEqual([]);
    expect(told).toBeGreaterThan(15);
    for (const counts of health) {
      const { asked = 0, answered = 0, timedOut = 0, spoiled = 0, excepted = 0, lineLost = 0 } = counts ?? {};
      expect(answered + timedOut + spoiled + excepted + lineLost).toBe(asked);
    }
    expect(metered.complaints).toEqual([]);
  });
});
