import { describe, expect, it } from 'vitest';
import { judgeIntervals } from '../../../../../../src/shared/domain/metering/balance/judge-interval.ts';
import { layOut } from '../../../../../../src/shared/domain/metering/balance/meter-series.ts';
import { BEGIN_MS, balanceMeter } from '../../../../../support/made-balance.ts';

const SETTINGS = { lossShare: 0, lossUncertainty: 0, clockSlipMs: 0 };

function verdicts(inWh: readonly (number | undefined)[], outWh: readonly (number | undefined)[]) {
  const lay = (id: string, wh: readonly (number | undefined)[]) =>
    layOut(balanceMeter(id, wh), BEGIN_MS, inWh.length, SETTINGS);
  const rows = judgeIntervals({ parent: lay('in', inWh), children: [lay('out', outWh)] }, SETTINGS, BEGIN_MS);
  return rows.map(({ verdict, residualWh, reason }) => [verdict, residualWh, reason] as const);
}

describe('a quarter hour', () => {
  // Worst: 2 x 2 % of 10 kWh and 40 Wh of steps, 440 Wh; likely: 284 Wh.
  it('balances within the likely error, warns beyond it and alarms beyond the worst', () => {
    expect(verdicts([10_000, 10_000, 10_000], [9_900, 9_650, 9_500])).toEqual([
      ['balanced', 100, undefined],
      ['warning', 350, undefined],
      ['alarm', 500, undefined],
    ]);
  });

  it('is unknown where a meter is, and says which', () => {
    const [, row] = verdicts([10_000, 10_000], [10_000, undefined]);
    expect(row).toEqual(['unknown', undefined, 'The energy of out is not known in this quarter hour.']);
  });

  it('warns at most where its neighbour lacks what it has too much, as of shifted clocks', () => {
    expect(verdicts([10_000, 10_000], [9_000, 11_000]).map(([verdict]) => verdict)).toEqual(['warning', 'warning']);
    expect(verdicts([10_000, 10_000], [9_000, 9_000]).map(([verdict]) => verdict)).toEqual(['alarm', 'alarm']);
    expect(verdicts([10_000, 10_000], [9_000, 10_100]).map(([verdict]) => verdict)).toEqual(['alarm', 'balanced']);
  });
});
