import { expect, it } from 'vitest';
import { dualBound } from '../../../../../src/main/charging/linear/dual-bound.ts';
import { createModelBuilder } from '../../../../../src/main/charging/linear/linear-model.ts';
import { chooseSeed, seededRandom } from '../../../../support/seeded-random.ts';

/** Least of 3x + 2y with x + y = 5, x up to 9 and y up to 4; the row above does not bind. Best: x = 1, y = 4, which comes to 11. */
function small() {
  const builder = createModelBuilder();
  const sum = builder.rowOf(5);
  const slack = builder.rowUpTo(100);
  builder.column({ cost: 3, upper: 9 }, [
    [sum, 1],
    [slack, 1],
  ]);
  builder.column({ cost: 2, upper: 4 }, [[sum, 1]]);
  return builder.finish();
}

it('is the cost itself at the right prices', () => {
  expect(dualBound(small(), Float64Array.of(3, 0))).toBe(11);
});

it('is below it at any others', () => {
  const seed = chooseSeed();
  const random = seededRandom(seed);
  for (let turn = 0; turn < 200; turn++) {
    const prices = Float64Array.from({ length: 2 }, () => 20 * random() - 10);
    expect({ seed, isBelow: dualBound(small(), prices) <= 11 + 1e-9 }).toEqual({ seed, isBelow: true });
  }
});
