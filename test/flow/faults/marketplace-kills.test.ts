/**
 * The marketplace killed and restarted while events flow and commands are sent, the console killed in between: afterwards
 * the console holds what the marketplace says, and each command took effect exactly once. The same checker must fail for
 * each planted bug.
 *
 * Long form: SWITCHYARD_LONG=1. Repeat a run: SWITCHYARD_SEED=<seed>.
 */
import { describe, expect, test } from 'vitest';
import { runKills } from '../../support/kill-run.ts';
import { PLANTED_BUGS } from '../../support/planted-bugs.ts';
import { chooseSeed } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { printFigures } from '../../support/print-figures.ts';

const SHORT_SETTLE_MS = 3_000;
const long = process.env['SWITCHYARD_LONG'] === '1';

describe('a marketplace that is killed', () => {
  test('loses nothing and does nothing twice', { timeout: long ? 3_600_000 : 180_000 }, async () => {
    const seed = chooseSeed();
    const kills = { serverKills: long ? 500 : 50, consoleKills: long ? 100 : 8 };
    const { differences, ...figures } = await runKills({ folder: temporaryFolder(), seed, ...kills, settleMs: 30_000 });
    printFigures('kills', { seed, ...kills, ...figures });
    expect(differences, `seed ${seed}`).toEqual([]);
    expect(figures.commands['done'] ?? 0).toBeGreaterThan(10);
  });

  // What finds the planted bugs must find nothing where there is none, in the same short time.
  test('a console without a planted bug passes as short a run', { timeout: 60_000 }, async () => {
    const seed = chooseSeed();
    const kills = { serverKills: 6, consoleKills: 6 };
    const { differences } = await runKills({ folder: temporaryFolder(), seed, ...kills, settleMs: SHORT_SETTLE_MS });
    expect(differences, `seed ${seed}`).toEqual([]);
  });

  test.for(PLANTED_BUGS)('the planted bug “%s” is caught', { timeout: 180_000 }, async (bug) => {
    const seed = chooseSeed();
    // A bug that needs an unlucky moment gets a few runs to meet it.
    for (let run = 0; run < 12; run++) {
      const kills = { serverKills: 6, consoleKills: bug.includes('commit') || bug.includes('before') ? 6 : 1 };
      const { differences } = await runKills({
        folder: temporaryFolder(),
        seed: seed + run,
        ...kills,
        bug,
        settleMs: SHORT_SETTLE_MS,
      });
      if (differences.length === 0) continue;
      printFigures('planted', { bug, seed: seed + run, found: differences.length, first: differences[0] });
      return;
    }
    expect.fail(`nobody noticed “${bug}” (seed ${seed})`);
  });
});
