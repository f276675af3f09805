import { expect, test } from 'vitest';
import type { Tariff } from '../../../../src/shared/domain/tariff/tariff.ts';
import { tariffChanges } from '../../../../src/renderer/tariff/tariff-changes.ts';
import { NO_RESTRICTIONS } from '../../../support/made-tariff.ts';

const before: Tariff = {
  countryCode: 'DE',
  partyId: 'ALL',
  id: '8',
  currency: 'EUR',
  type: undefined,
  taxBasis: 'net',
  minPrice: undefined,
  maxPrice: undefined,
  elements: [
    {
      components: [{ type: 'ENERGY', price: '0.25', vatPercent: '10.0', stepSize: 1 }],
      restrictions: undefined,
    },
  ],
  validFromMs: undefined,
  validToMs: undefined,
  altText: undefined,
  updatedAtMs: 0,
};
const words = (atMs: number) => new Date(atMs).toISOString();

test('what did not change is not told', () => {
  expect(tariffChanges(before, { ...before, updatedAtMs: 9 }, words)).toEqual([]);
});

test('a price, a condition, a limit and a new element are told field by field', () => {
  const after: Tariff = {
    ...before,
    maxPrice: { net: '20', gross: undefined },
    elements: [
      {
        components: [{ type: 'ENERGY', price: '0.3', vatPercent: '10.0', stepSize: 1 }],
        restrictions: { ...NO_RESTRICTIONS, startTime: '08:00', endTime: '20:00' },
      },
      { components: [{ type: 'FLAT', price: '1', vatPercent: undefined, stepSize: 0 }], restrictions: undefined },
    ],
  };
  expect(tariffChanges(before, after, words)).toEqual([
    { what: 'Element 1, when', before: 'always', after: '08:00 to 20:00' },
    { what: 'Element 1, energy', before: '0.25 EUR a kWh, 10 % tax', after: '0.30 EUR a kWh, 10 % tax' },
    { what: 'Greatest price', before: undefined, after: '20.00 EUR net' },
    { what: 'Element 2, when', before: undefined, after: 'always' },
    { what: 'Element 2, flat fee', before: undefined, after: '1.00 EUR a session, no tax stated' },
  ]);
});
