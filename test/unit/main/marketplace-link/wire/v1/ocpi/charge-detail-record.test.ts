/** CDRs and tariffs of both releases pass; what would decide a price wrongly does not. */
import { describe, expect, test } from 'vitest';
import { chargeDetailRecord } from '../../../../../../../src/main/marketplace-link/wire/v1/ocpi/charge-detail-record.ts';
import { tariff } from '../../../../../../../src/main/marketplace-link/wire/v1/ocpi/tariff.ts';
import { token } from '../../../../../../../src/main/marketplace-link/wire/v1/ocpi/token.ts';
import { isFixtureAbsent, readJsonFixture } from '../../../../../../support/shared-fixtures.ts';
import { sampleChargeRecord, sampleTariff } from '../../../../../../support/wire-samples.ts';

const EXAMPLES = [
  ['ocpi/cdr_example.json', chargeDetailRecord],
  ['ocpi/token_example_2_full_rfid.json', token],
  ...[
    'tariff_1_simple_2hour',
    'tariff_5_free_of_charge',
    'tariff_8_simple_025kwh',
    'tariff_9_025kwh_start',
    'tariff_12_025kwh_min_price',
    'tariff_13_simple_3hour_5parking',
  ].map((name) => [`ocpi/${name}.json`, tariff] as const),
] as const;

for (const [file, schema] of EXAMPLES)
  test.skipIf(isFixtureAbsent(file))(`the specification’s ${file}`, () =>
    expect(schema.safeParse(readJsonFixture(file)).error).toBeUndefined(),
  );

test('prices of 2.3.0, limits of 2.3.0, and words that releases to come may add', () => {
  const record = sampleChargeRecord('C1', {
    total_cost: { before_taxes: 4.5, taxes: [{ name: 'CGST', amount: 0.405 }] },
    charging_periods: [{ start_date_time: '2026-06-09T03:10:00Z', dimensions: [{ type: 'SOMETHING_NEW', volume: 1 }] }],
    tariffs: [sampleTariff('T1', { tax_included: 'YES', type: 'NEW_TYPE', max_price: { before_taxes: 9 } })],
  });
  expect(chargeDetailRecord.parse(record)).toMatchObject(record);
});

describe('refused', () => {
  const component = (change: object) => ({
    elements: [{ price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1, ...change }] }],
  });
  test.for([
    ['a price in text', component({ price: '0.3' })],
    ['a tax of null', component({ vat: null })],
    ['a step of half a Wh', component({ step_size: 0.5 })],
    ['a dimension that no rule prices', component({ type: 'STATE_OF_CHARGE' })],
    ['no element', { elements: [] }],
    ['a time of day of 24:00', { elements: [{ ...component({}).elements[0], restrictions: { start_time: '24:00' } }] }],
    [
      'a date of 30 February',
      { elements: [{ ...component({}).elements[0], restrictions: { start_date: '2026-02-30' } }] },
    ],
    ['a limit without an amount', { min_price: {} }],
  ] as const)('%s', ([, change]) => expect(tariff.safeParse(sampleTariff('T1', change)).success).toBe(false));

  test.for([
    ['no total', { total_cost: undefined }],
    ['energy in text', { total_energy: '12.5' }],
    ['no period', { charging_periods: [] }],
    ['a currency in small letters', { currency: 'eur' }],
  ] as const)('a CDR with %s', ([, change]) =>
    expect(chargeDetailRecord.safeParse(sampleChargeRecord('C1', change)).success).toBe(false),
  );
});
