import { expect, test } from 'vitest';
import type { ChargeAssessment } from '../../../../../src/shared/domain/marketplace/charge-record.ts';
import { comparePrices, isOff } from '../../../../../src/renderer/marketplace/record/compare-prices.ts';
import { chargeRecord } from '../../../../support/charge-record-row.ts';
import { pricedCharge } from '../../../../support/priced-charge.ts';

const assessed = (priced: ChargeAssessment['priced']): ChargeAssessment => ({
  priced,
  difference: '0',
  explainedBy: undefined,
  checks: [],
});
const shortly = (lines: ReturnType<typeof comparePrices>) =>
  lines.map(({ name, theirs, ours, difference }) => [name, theirs, ours, difference]);

test('a total that was not sent is not known, and not compared', () => {
  const lines = comparePrices(chargeRecord(), assessed(pricedCharge()));
  expect(shortly(lines)).toEqual([
    ['Energy', '20.0000', '20', '0.0000'],
    ['Time in all', '1.0000', undefined, undefined],
    ['Energy cost, net', undefined, '5.00', undefined],
    ['Net', '5.00', '5.00', '0.00'],
    ['Tax', '0.50', '0.50', '0.00'],
    ['Gross', '5.50', '5.50', '0.00'],
  ]);
  expect(lines.some(isOff)).toBe(false);
});

test('theirs less ours, and a cost that only they ask stands out', () => {
  const record = chargeRecord({
    cost: { net: '6.001', gross: undefined },
    energyCost: { net: '5.00', gross: undefined },
    parkingCost: { net: '1.001', gross: undefined },
  });
  const lines = comparePrices(record, assessed(pricedCharge()));
  expect(lines.filter(isOff).map(({ name, difference }) => [name, difference])).toEqual([
    ['Parking cost, net', '1.001'],
    ['Net', '1.001'],
  ]);
  expect(lines.find(({ name }) => name === 'Gross')?.difference).toBeUndefined();
});

test('what could not be priced shows theirs alone', () => {
  const lines = comparePrices(chargeRecord(), assessed(undefined));
  expect(lines.every(({ ours, difference }) => ours === undefined && difference === undefined)).toBe(true);
});

test('ours is exact and is compared at the decimals of theirs, at the least those of the currency', () => {
  const energy = { net: '25.2227', gross: undefined, taxes: [] };
  const priced = pricedCharge({ byDimension: { ...pricedCharge().byDimension, ENERGY: energy } });
  const differenceTo = (net: string) =>
    comparePrices(chargeRecord({ energyCost: { net, gross: undefined } }), assessed(priced)).find(
      ({ name }) => name === 'Energy cost, net',
    )?.difference;
  expect(differenceTo('25.22')).toBe('0.00');
  // JSON has no last zeros: 25.2 is 25.20.
  expect(differenceTo('25.2')).toBe('-0.02');
  expect(differenceTo('25.2226')).toBe('-0.0001');
});
