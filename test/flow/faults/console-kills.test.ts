/**
 * The running console killed with `kill -9` at random moments of its start, of its opening of the database and of its life:
 * each time the database opens and is whole, and all that its window had been promised is there. The same with a store that
 * acknowledges before it commits must be noticed.
 *
 * Long form: SWITCHYARD_LONG=1. Repeat a run: SWITCHYARD_SEED=<seed>.
 */
import { describe, expect, test } from 'vitest';
import { killLivingConsole } from '../../support/console-kills/kill-living-console.ts';
import { printFigures } from '../../support/print-figures.ts';
import { chooseSeed } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const long = process.env['SWITCHYARD_LONG'] === '1';
/** Half a second on a calm machine; a loaded one starts slowly, its unluckiest start most of all. */
const UP_AGAIN_MS = 5_000;

describe('a console that is killed', () => {
  test('has all it promised, and is up again in seconds', { timeout: long ? 7_200_000 : 600_000 }, async () => {
    const seed = chooseSeed();
    const report = await killLivingConsole({ folder: temporaryFolder(), seed, kills: long ? 1000 : 100 });
    const { kills, schemas, promised, p50Ms, p95Ms, breaches } = report;
    printFigures('console kills', { seed, kills, schemas, promised, startMs: { p50: p50Ms, p95: p95Ms } });
    expect(breaches, `seed ${seed}`).toEqual([]);
    expect(Object.values(kills).reduce((sum, count) => sum + count)).toBe(long ? 1000 : 100);
    expect(Math.min(promised.commands, promised.offsets, promised.positions)).toBeGreaterThan(20);
    expect(promised.readings).toBeGreaterThanOrEqual(kills.reading);
    expect(p50Ms).toBeLessThan(UP_AGAIN_MS);
  });

  test('before what it acknowledged is committed, is caught', { timeout: 180_000 }, async () => {
    const seed = chooseSeed();
    const planted = { kills: 20, moment: 'living', commitLateMs: 400 } as const;
    const { breaches } = await killLivingConsole({ folder: temporaryFolder(), seed, ...planted });
    printFigures('planted', { bug: 'commit late', seed, first: breaches[0] });
    expect(breaches.join('\n'), `seed ${seed}`).toContain('lost:');
  });
});
