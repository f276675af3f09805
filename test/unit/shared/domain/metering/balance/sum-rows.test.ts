import { describe, expect, it } from 'vitest';
import { layOut } from '../../../../../../src/shared/domain/metering/balance/meter-series.ts';
import { sumRows } from '../../../../../../src/shared/domain/metering/balance/sum-rows.ts';
import { BEGIN_MS, balanceMeter, madeIntervals } from '../../../../../support/made-balance.ts';

const SETTINGS = { lossShare: 0.01, lossUncertainty: 0.5, clockSlipMs: 0 };

function sum(inWh: readonly (number | undefined)[], outWh: readonly (number | undefined)[], changes = {}) {
  const lay = (id: string, wh: readonly (number | undefined)[], own = {}) =>
    layOut(balanceMeter(id, wh, own), BEGIN_MS, inWh.length, SETTINGS);
  return sumRows({ parent: lay('in', inWh), children: [lay('out', outWh, changes)] }, SETTINGS, BEGIN_MS);
}

describe('the sum of a node', () => {
  it('is of the quarter hours in which all of its meters are known, and says how many are not', () => {
    const { whole, outgoing } = sum([1000, 1000, undefined, 1000], [990, undefined, 990, 990]);
    expect(whole).toMatchObject({ inWh: 2000, outWh: 1980, expectedLossWh: 20, residualWh: 0, verdict: 'balanced' });
    expect(whole.reason).toBe('2 of 4 quarter hours are left out, because one of the meters is not known in them.');
    expect(outgoing).toEqual([{ meterId: 'out', importWh: 1980 }]);
  });

  it('is unknown when there is none, never zero', () => {
    const { whole, outgoing } = sum([1000], [undefined]);
    expect(whole).toMatchObject({ inWh: undefined, outWh: undefined, residualWh: undefined, verdict: 'unknown' });
    expect(outgoing).toEqual([{ meterId: 'out', importWh: undefined }]);
  });

  it('takes what a meter sends back off what it takes', () => {
    const { outgoing } = sum([1000], [0], { intervals: madeIntervals([1500], { exportWh: 600 }) });
    expect(outgoing).toEqual([{ meterId: 'out', importWh: 900 }]);
  });

  it('counts an interval with some energy missing as not known', () => {
    const { whole } = sum([1000], [0], { intervals: madeIntervals([900], { basis: 'partial' }) });
    expect(whole.verdict).toBe('unknown');
  });
});
