import { expect, test } from 'vitest';
import { judgeLoad, siteMeterOf } from '../../../../../src/renderer/metering/site-power/site-load.ts';
import { madeMeter } from '../../../../support/made-meter.ts';

test.for([
  [0, 'normal', undefined],
  [94.9, 'normal', undefined],
  [95, 'near', 3],
  [100, 'near', 3],
  [100.1, 'over', 2],
] as const)('%s %% of the limit is %s', ([percent, level, priority]) => {
  expect(judgeLoad(percent * 1000, 100_000)).toMatchObject({ level, priority });
});

test('a site that gives power away, or has no limit, is over nothing', () => {
  expect(judgeLoad(-5000, 1000)).toEqual({ share: 0, level: 'normal', priority: undefined });
  expect(judgeLoad(5000, 0).level).toBe('normal');
});

test('the site is measured by its one incomer, and by nothing else', () => {
  const incomer = madeMeter();
  const feeder = madeMeter({ id: 'MTR-2', role: 'feeder' });
  const elsewhere = madeMeter({ id: 'MTR-3', depotId: 'DEPOT-2' });
  expect(siteMeterOf('DEPOT-1', [feeder, incomer, elsewhere])).toEqual({ kind: 'one', meter: incomer });
  expect(siteMeterOf('DEPOT-1', [elsewhere])).toEqual({ kind: 'none' });
  expect(siteMeterOf('DEPOT-1', [feeder])).toEqual({ kind: 'no-incomer', meters: 1 });
  expect(siteMeterOf('DEPOT-1', [incomer, { ...incomer, id: 'MTR-4' }])).toEqual({ kind: 'several', incomers: 2 });
});
