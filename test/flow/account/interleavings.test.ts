/** Issue 5, point 5: books that balance to the cent, and no double debit, whatever the order of events and however often told. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { interleaveBooks } from '../../support/account/interleave-books.ts';
import { chooseSeed } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('10 000 random interleavings of holds, captures, credits, payments, duplicates and restarts balance', () => {
  const seed = chooseSeed();
  const report = interleaveBooks({
    path: path.join(temporaryFolder(), 'books.sqlite'),
    interleavings: 10_000,
    seed,
    restartEvery: 10,
  });
  expect(report, `seed ${seed}`).toMatchObject({
    disagreements: [],
    unbalanced: 0,
    misstated: 0,
    holdsApart: 0,
    capturedTwice: 0,
  });
  expect(report.restarts).toBeGreaterThan(200);
  expect(report.records).toBeGreaterThan(10_000);
}, 240_000);
