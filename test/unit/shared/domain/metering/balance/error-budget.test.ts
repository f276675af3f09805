import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  budgetOf,
  expectedLossOf,
  type NodeSeries,
} from '../../../../../../src/shared/domain/metering/balance/error-budget.ts';
import { layOut } from '../../../../../../src/shared/domain/metering/balance/meter-series.ts';
import { BEGIN_MS, balanceMeter, madeIntervals } from '../../../../../support/made-balance.ts';

const SETTINGS = { lossShare: 0.01, lossUncertainty: 0.5, clockSlipMs: 2_000 };

function node(energies: Readonly<Record<string, readonly number[]>>, changes = {}): NodeSeries {
  const [parent, ...children] = Object.entries(energies).map(([id, wh]) =>
    layOut(balanceMeter(id, wh, changes), BEGIN_MS, wh.length, SETTINGS),
  );
  if (parent === undefined) throw new Error('A node has a meter.');
  return { parent, children };
}

describe('the error budget of a quarter hour', () => {
  // 150 kW for two quarter hours of both meters: the rated power bounds what a slip is worth.
  const steady = node({ in: [37_500, 37_500], out: [37_500, 37_500] });
  const first = [{ first: 0, end: 1 }];

  it('is that of the classes, the steps, the loss and the clocks', () => {
    const budget = budgetOf(steady, SETTINGS, first);
    expect(budget.accuracyWh).toBeCloseTo(2 * 0.02 * 37_500, 6);
    expect(budget.resolutionWh).toBe(4 * 10);
    expect(expectedLossOf(steady, SETTINGS, first)).toBeCloseTo(375, 6);
    expect(budget.lossWh).toBeCloseTo(187.5, 6);
    // 150 kW x 2 s = 83 Wh, at both ends of both meters.
    expect(budget.clockWh).toBeCloseTo((4 * 150_000 * 2) / 3600, 6);
    expect(budget.interpolationWh).toBe(0);
    expect(budget.worstWh).toBeCloseTo(1500 + 40 + 187.5 + 333.333, 2);
  });

  it('is likely far less than at worst', () => {
    const { likelyWh } = budgetOf(steady, SETTINGS, first);
    const squares = 2 * 750 ** 2 + 4 * 10 ** 2 + 187.5 ** 2 + 4 * (250 / 3) ** 2;
    expect(likelyWh).toBeCloseTo(Math.sqrt(squares), 6);
  });

  it('takes twice the mean power beside an end where that is less than the rated one', () => {
    const small = node({ in: [1000, 1000], out: [1000, 1000] });
    // 1 kWh in a quarter hour is 4 kW, twice that for two seconds 4.4 Wh.
    expect(budgetOf(small, SETTINGS, first).clockWh).toBeCloseTo((4 * 8_000 * 2) / 3600, 6);
  });

  it('grows with the bracket that an end was interpolated in', () => {
    const intervals = madeIntervals([37_500, 37_500], { bracketMs: 60_000 });
    const bracketed = node({ in: [37_500, 37_500], out: [37_500, 37_500] }, { intervals });
    expect(budgetOf(bracketed, SETTINGS, first).interpolationWh).toBeCloseTo((4 * 150_000 * 15) / 3600, 6);
  });

  it('grants class A to a meter of no known class, and nine seconds to one that is read elsewhere', () => {
    const intervals = madeIntervals([37_500, 37_500], { basis: 'imported' });
    const foreign = node({ in: [37_500, 37_500], out: [37_500, 37_500] }, { intervals, accuracyClass: undefined });
    const budget = budgetOf(foreign, SETTINGS, first);
    expect(budget.accuracyWh).toBeCloseTo(2 * 0.035 * 37_500, 6);
    expect(budget.clockWh).toBeCloseTo((4 * 150_000 * 9) / 3600, 6);
  });

  it('adds up classes over time, and of steps and clocks only those of the ends', () => {
    const month = node({ in: Array<number>(96).fill(37_500), out: Array<number>(96).fill(37_500) });
    const one = budgetOf(month, SETTINGS, [{ first: 5, end: 6 }]);
    const all = budgetOf(month, SETTINGS, [{ first: 0, end: 96 }]);
    expect(all.accuracyWh).toBeCloseTo(96 * one.accuracyWh, 4);
    expect(all.lossWh).toBeCloseTo(96 * one.lossWh, 4);
    expect(all.resolutionWh).toBe(one.resolutionWh);
    expect(all.clockWh).toBeCloseTo(one.clockWh, 6);
    const inTwo = budgetOf(month, SETTINGS, [
      { first: 0, end: 40 },
      { first: 50, end: 96 },
    ]);
    expect(inTwo.resolutionWh).toBe(2 * one.resolutionWh);
  });

  it('is never less at worst than likely, nor for a longer stretch than for a part of it', () => {
    const energies = fc.array(fc.nat({ max: 40_000 }), { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(energies, (wh) => {
        const any = node({ in: wh, out: wh.map((value) => value / 2), side: wh.map((value) => value / 3) });
        const part = budgetOf(any, SETTINGS, [{ first: 1, end: 3 }]);
        const whole = budgetOf(any, SETTINGS, [{ first: 0, end: wh.length }]);
        expect(part.likelyWh).toBeLessThanOrEqual(part.worstWh + 1e-9);
        expect(part.accuracyWh + part.lossWh).toBeLessThanOrEqual(whole.accuracyWh + whole.lossWh + 1e-9);
      }),
    );
  });
});
