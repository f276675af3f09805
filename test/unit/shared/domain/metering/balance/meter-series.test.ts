/** What of a meter's intervals counts as known. */
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../../../src/shared/domain/metering/balance/balance-depot.ts';
import { layOut } from '../../../../../../src/shared/domain/metering/balance/meter-series.ts';
import { balanceMeter, BEGIN_MS, madeIntervals } from '../../../../../support/made-balance.ts';

it('an import from a file is not all of a meter that exports as well', () => {
  const intervals = [
    ...madeIntervals([1_000, 1_000], { exportWh: 400 }),
    ...madeIntervals([undefined, undefined, 1_000], { basis: 'imported' }),
  ];
  const { netWh, missing } = layOut(balanceMeter('in', [], { intervals }), BEGIN_MS, 3, DEFAULT_SETTINGS);
  expect([...netWh]).toEqual([600, 600, Number.NaN]);
  expect(missing).toBe(1);
});

it('an import is all of a meter that never exports', () => {
  const intervals = madeIntervals([1_000, 2_000], { basis: 'imported' });
  const { netWh } = layOut(balanceMeter('in', [], { intervals }), BEGIN_MS, 2, DEFAULT_SETTINGS);
  expect([...netWh]).toEqual([1_000, 2_000]);
});
