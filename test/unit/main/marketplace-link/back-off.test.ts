/** Pauses grow, are bounded and differ. */
import { expect, test } from 'vitest';
import { pauseBeforeTry } from '../../../../src/main/marketplace-link/back-off.ts';

const backOff = { firstMs: 1_000, maxMs: 30_000 };

test('between half of the step and the whole of it, doubling up to the bound', () => {
  const bounds = [1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => [
    pauseBeforeTry(failures, backOff, 0),
    pauseBeforeTry(failures, backOff, 0.999999),
  ]);
  expect(bounds).toEqual([
    [500, 1000],
    [1000, 2000],
    [2000, 4000],
    [4000, 8000],
    [8000, 16000],
    [15000, 30000],
    [15000, 30000],
    [15000, 30000],
  ]);
});
