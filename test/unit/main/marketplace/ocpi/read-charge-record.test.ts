/** A CDR becomes a charge to price and the totals to compare with; nothing is made up. */
import { describe, expect, test } from 'vitest';
import { readChargeRecord } from '../../../../../src/main/marketplace/ocpi/read-charge-record.ts';
import { chargeDetailRecord } from '../../../../../src/main/marketplace-link/wire/v1/ocpi/charge-detail-record.ts';
import { isFixtureAbsent, readJsonFixture } from '../../../../support/shared-fixtures.ts';
import { sampleChargeRecord } from '../../../../support/wire-samples.ts';

const ZONE = { zone: 'Europe/Berlin', basis: 'location' } as const;
const read = (change: object = {}) =>
  readChargeRecord(chargeDetailRecord.parse(sampleChargeRecord('c-1', change)), ZONE);

test('the key is the same however ids are spelt', () => {
  expect(read().key).toBe('DE*TST*C-1');
  expect(read({ id: 'C-1' }).key).toBe('DE*TST*C-1');
});

test('a total that is missing is not nothing', () => {
  expect(read().totals).toEqual({
    cost: { net: '4.5', gross: '5.36' },
    fixedCost: undefined,
    energyCost: undefined,
    timeCost: undefined,
    parkingCost: undefined,
    reservationCost: undefined,
    energyKwh: '15',
    timeHours: '1',
    parkingHours: undefined,
  });
});

test('a credit record names what it takes back', () =>
  expect(read({ credit: true, credit_reference_id: 'c-0', total_cost: { excl_vat: -4.5 } })).toMatchObject({
    isCredit: true,
    creditReferenceId: 'c-0',
    totals: { cost: { net: '-4.5' } },
  }));

test('signed values are left exactly as they came', () => {
  const signed = 'OCMF|{"FV" : "1.0"}|{"SD":"3045 "}';
  const signed_data = {
    encoding_method: 'OCMF',
    public_key: 'AB',
    signed_values: [{ nature: 'Start', plain_data: '', signed_data: signed }],
  };
  expect(read({ signed_data }).signed).toEqual([
    { encodingMethod: 'OCMF', publicKey: 'AB', nature: 'Start', plainData: '', signedData: signed },
  ]);
});

describe('the specification’s example', () => {
  const FILE = 'ocpi/cdr_example.json';
  test.skipIf(isFixtureAbsent(FILE))('its charge', () => {
    const { charge, totals } = readChargeRecord(chargeDetailRecord.parse(readJsonFixture(FILE)), ZONE);
    expect(charge).toMatchObject({
      beginMs: Date.UTC(2015, 5, 29, 21, 39, 9),
      endMs: Date.UTC(2015, 5, 29, 23, 37, 32),
      zone: ZONE,
      periods: [{ tariffId: '12', dimensions: [{ type: 'TIME', volume: '1.973' }] }],
      tariffs: [{ id: '12', elements: [{ components: [{ price: '2', vatPercent: '10', stepSize: 300 }] }] }],
    });
    expect(totals).toMatchObject({ cost: { net: '4', gross: '4.4' }, energyKwh: '15.342', parkingHours: undefined });
  });
});
