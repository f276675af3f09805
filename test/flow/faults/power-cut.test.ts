/**
 * The power goes at any moment: every write the store makes is recorded, and the disk is put together as a cut could have
 * left it, with writes dropped, torn and reordered. Nothing that was acknowledged is lost, nothing is half there. The same
 * run without FULL must lose something, or the replay shows nothing.
 *
 * Long form: SWITCHYARD_LONG=1. Repeat a run: SWITCHYARD_SEED=<seed>.
 */
import { describe, expect, test } from 'vitest';
import { runMigrationCuts, runPowerCuts } from '../../support/power-cut/power-cut-run.ts';
import { whyNotRecordable } from '../../support/power-cut/record-writes.ts';
import { printFigures } from '../../support/print-figures.ts';
import { chooseSeed } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const long = process.env['SWITCHYARD_LONG'] === '1';
const cuts = long ? 5000 : 500;
const limits = { timeout: long ? 1_200_000 : 180_000 };
const notRecordable = whyNotRecordable();

describe.skipIf(notRecordable !== undefined)('a power cut', () => {
  test('loses nothing that was acknowledged and leaves nothing half done', limits, async () => {
    const seed = chooseSeed();
    const { breaches, examples, ...figures } = await runPowerCuts({ folder: temporaryFolder(), seed, cuts });
    printFigures('power cuts', { seed, ...figures, breaches });
    expect(examples, `seed ${seed}`).toEqual([]);
    expect(figures.promised['commands']).toBeGreaterThan(50);
    expect(figures.promised['readings']).toBeGreaterThan(50);
  });

  test('would lose what was acknowledged under synchronous=NORMAL', limits, async () => {
    const seed = chooseSeed();
    const trial = { folder: temporaryFolder(), seed, cuts, synchronous: 'NORMAL' } as const;
    const { breaches, examples } = await runPowerCuts(trial);
    printFigures('power cuts with NORMAL', { seed, cuts, breaches, first: examples[0]?.slice(0, 120) });
    expect(breaches['lost'] ?? 0, `seed ${seed}`).toBeGreaterThan(cuts / 4);
    // NORMAL forgets, but it neither corrupts nor halves: anything else would be a mistake of the replay.
    expect(Object.keys(breaches)).toEqual(['lost']);
  });

  test('in a migration leaves what was there, and the copy wherever the schema is new', limits, async () => {
    const seed = chooseSeed();
    const { whole, unsyncedCopy } = await runMigrationCuts({
      folder: temporaryFolder(),
      seed,
      cutsEach: long ? 20 : 1,
    });
    printFigures('power cuts in a migration', {
      seed,
      ...whole,
      foundWithAnUnsyncedCopy: unsyncedCopy.breaches.length,
    });
    expect(whole.breaches, `seed ${seed}`).toEqual([]);
    expect(whole.foundHalfCopies, `seed ${seed}: what is called a backup must be one`).toBe(0);
    expect(whole.foundBefore).toBeGreaterThan(0);
    expect(whole.foundAfter).toBeGreaterThan(0);
    expect(unsyncedCopy.breaches.length, `seed ${seed}: nobody noticed that the copy was not synced`).toBeGreaterThan(
      0,
    );
  });
});
