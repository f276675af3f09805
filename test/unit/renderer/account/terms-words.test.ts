import { expect, test } from 'vitest';
import type { ContractTerms } from '../../../../src/shared/domain/account/contract.ts';
import {
  capWords,
  discountWords,
  partnerWords,
  roundingSentence,
  stepProgress,
  stepWords,
  taxWords,
  toleranceWords,
} from '../../../../src/renderer/account/terms-words.ts';

const terms: ContractTerms = {
  partner: 'IN*VWY',
  countries: ['IN'],
  tariffId: undefined,
  discountPercent: '7.5',
  caps: [],
  volumeSteps: [],
  tax: {
    name: 'GST',
    percent: '18',
    parts: [
      { name: 'CGST', percent: '9' },
      { name: 'SGST', percent: '9' },
    ],
  },
  rounding: { mode: 'half-even', scale: 2, stage: 'total', first: 'gross' },
  tolerance: { amount: '1', percent: '2', energyWh: 100 },
};

test('terms are told in words', () => {
  expect(partnerWords(terms, () => 'VoltWay')).toBe('VoltWay, in IN');
  expect(partnerWords({ ...terms, partner: undefined, countries: [] }, String)).toBe('Every other partner');
  expect(discountWords(terms)).toBe('7.5 % off the tariff of the connector');
  expect(discountWords({ ...terms, discountPercent: '0.00', tariffId: 'B2B' })).toBe(
    'No discount on the agreed tariff B2B',
  );
  expect(taxWords(terms)).toBe('GST 18 % (CGST 9 % + SGST 9 %)');
  expect(roundingSentence(terms)).toBe('Rounds only the total, half to even to 2 decimals, the gross first');
  expect(toleranceWords(terms.tolerance, 'INR')).toBe('Up to 1.00 INR or 2 %, whichever is more; energy up to 0.1 kWh');
  expect(capWords({ dimension: 'ENERGY', current: 'DC', maxPrice: '19.5' }, 'INR')).toBe(
    'At most 19.50 INR a kWh net, DC',
  );
});

test('a volume step says how far this month has come, and a step from nothing is reached', () => {
  const steps = [
    { fromKwh: '0', discountPercent: '1' },
    { fromKwh: '1000', discountPercent: '2' },
    { fromKwh: '4000', discountPercent: '3.5' },
  ];
  expect(stepProgress(steps, '1000.0').map(({ share, isReached }) => [share, isReached])).toEqual([
    [1, true],
    [1, true],
    [0.25, false],
  ]);
  expect(stepWords({ fromKwh: '4000', discountPercent: '3.5' })).toBe('3.5 % off what lies above 4,000 kWh a month');
});
