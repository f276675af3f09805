import { expect, test } from 'vitest';
import {
  budgetParts,
  kwh,
  sayNothingFound,
  saySize,
} from '../../../../../src/renderer/metering/balance/balance-words.ts';
import type { BalanceRow } from '../../../../../src/shared/domain/metering/balance/balance.ts';

const budget = {
  accuracyWh: 4000,
  resolutionWh: 20,
  lossWh: 1500,
  clockWh: 83,
  interpolationWh: 0,
  worstWh: 5603,
  likelyWh: 4273,
};

const row: BalanceRow = {
  beginMs: 0,
  endMs: 900_000,
  inWh: 100_000,
  outWh: 92_000,
  expectedLossWh: 1000,
  residualWh: 7000,
  budget,
  verdict: 'alarm',
  reason: undefined,
};

test('energies carry as many digits as say something', () => {
  expect([kwh(1_234_567), kwh(12_345), kwh(83), kwh(-1500), kwh(undefined)]).toEqual([
    '1,234.6',
    '12.35',
    '0.083',
    '\u22121.500',
    '–',
  ]);
});

test('a balance is said by its size, its side and what the error explains', () => {
  expect(saySize(row)).toBe(
    '7.000 kWh came in and were seen by no outgoing meter; the instruments’ error explains 4.273 kWh likely and 5.603 kWh at worst.',
  );
  expect(saySize({ ...row, residualWh: -1000, verdict: 'balanced' })).toMatch(
    /^Within the error: 1\.000 kWh more went out than came in;/u,
  );
  expect(saySize({ ...row, residualWh: undefined, verdict: 'unknown', reason: 'Bay 3 is missing.' })).toBe(
    'Bay 3 is missing.',
  );
});

test('an empty list of findings never calls fine what a node says does not add up', () => {
  const node = (verdict: BalanceRow['verdict']) => {
    const whole = { ...row, verdict };
    return { meterId: verdict, outgoing: [], whole, rows: [whole] };
  };
  expect(sayNothingFound([node('unknown')])).toMatch(/^Nothing can be found yet/u);
  expect(sayNothingFound([node('balanced'), node('unknown')])).toMatch(/^Nothing found: what came in went out again/u);
  expect(sayNothingFound([node('balanced'), node('alarm')])).toMatch(/^One node does not add up/u);
  expect(sayNothingFound([node('warning'), node('alarm')])).toMatch(/^2 nodes do not add up/u);
});

test('the parts of the error are told in plain words, the largest first, with this depot’s settings', () => {
  const parts = budgetParts(budget, { lossShare: 0.015, lossUncertainty: 0.5, clockSlipMs: 2000 });
  expect(parts.map(({ name }) => name)).toEqual(['Accuracy', 'Loss', 'Clocks', 'Resolution', 'Interpolation']);
  expect(parts[1]?.means).toContain('1.5 %');
  expect(parts[1]?.means).toContain('±50 %');
  expect(parts[2]?.means).toContain('2 s apart');
});
