import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf, fitColumns } from '../../../../../../../src/shared/domain/metering/balance/node/least-squares.ts';
import { seededRandom } from '../../../../../../support/seeded-random.ts';

function column(random: () => number, rows = 200): Float64Array {
  return Float64Array.from({ length: rows }, () => 10_000 * random());
}

describe('least squares', () => {
  it('finds the factors that a sum was made with', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (seed, factors) => {
          const random = seededRandom(seed);
          const columns = factors.map(() => column(random));
          const target = Float64Array.from({ length: 200 }, (_, row) =>
            factors.reduce((sum, factor, index) => sum + factor * (columns[index]?.[row] ?? 0), 0),
          );
          for (const [index, factor] of factors.entries())
            expect(fitColumns(columns, target).coefficients[index]).toBeCloseTo(factor, 4);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('knows how well it knows them: the true factor lies within four errors', () => {
    const random = seededRandom(7);
    for (let run = 0; run < 100; run++) {
      const [one, other] = [column(random), column(random)];
      const target = one.map((value, row) => 1.02 * value + 0.97 * (other[row] ?? 0) + 400 * (random() - 0.5));
      const fit = fitColumns([one, other], target);
      expect(Math.abs((fit.coefficients[0] ?? 0) - 1.02)).toBeLessThan(4 * errorOf(fit, 0));
    }
  });

  it('gives wide errors, not wild values, to columns that cannot be told apart', () => {
    const random = seededRandom(3);
    const one = column(random);
    const target = one.map((value) => 2 * value + 100 * (random() - 0.5));
    const fit = fitColumns([one, one.slice(), new Float64Array(200)], target);
    expect(fit.coefficients[0]).toBeCloseTo(1, 2);
    expect(errorOf(fit, 0)).toBeGreaterThan(0.1);
    expect(fit.coefficients[2]).toBe(0);
  });
});
