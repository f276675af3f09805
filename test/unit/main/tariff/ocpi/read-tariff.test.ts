/** Tariffs of both releases become one form, with every digit that was sent. */
import { describe, expect, test } from 'vitest';
import { tariff } from '../../../../../src/main/marketplace-link/wire/v1/ocpi/tariff.ts';
import { readTariff } from '../../../../../src/main/tariff/ocpi/read-tariff.ts';
import { sampleTariff } from '../../../../support/wire-samples.ts';

const read = (change: object) => readTariff(tariff.parse(sampleTariff('T1', change)));

describe('taxes', () => {
  test.for([
    [undefined, 'net'],
    ['NO', 'net'],
    ['YES', 'gross'],
    ['N/A', 'not-applicable'],
  ] as const)('tax_included %s is %s', ([sent, basis]) =>
    expect(read(sent === undefined ? {} : { tax_included: sent }).taxBasis).toBe(basis),
  );
  test('no rate is not a rate of nothing', () => {
    const price_components = [
      { type: 'ENERGY', price: 0.3, step_size: 1 },
      { type: 'TIME', price: 1, vat: 0, step_size: 60 },
    ];
    const [element] = read({ elements: [{ price_components }] }).elements;
    expect(element?.components.map(({ vatPercent }) => vatPercent)).toEqual([undefined, '0']);
  });
});

test.for([
  [
    { excl_vat: 0.5, incl_vat: 0.55 },
    { net: '0.5', gross: '0.55' },
  ],
  [{ excl_vat: 0.5 }, { net: '0.5', gross: undefined }],
  [
    { before_taxes: 0.5, after_taxes: 0.595 },
    { net: '0.5', gross: '0.595' },
  ],
] as const)('a limit %j', ([sent, limit]) => {
  expect(read({ min_price: sent }).minPrice).toEqual(limit);
  expect(read({ max_price: sent }).maxPrice).toEqual(limit);
});

test('every restriction', () => {
  const restrictions = {
    start_time: '22:00',
    end_time: '06:00',
    start_date: '2026-01-01',
    end_date: '2026-02-01',
    min_kwh: 0.5,
    max_kwh: 20,
    min_current: 6,
    max_current: 32,
    min_power: 3.7,
    max_power: 22,
    min_duration: 60,
    max_duration: 3600,
    day_of_week: ['MONDAY'],
    reservation: 'RESERVATION_EXPIRES',
  };
  const price_components = [{ type: 'FLAT', price: 1e-7, step_size: 0 }];
  const [element] = read({ elements: [{ price_components, restrictions }] }).elements;
  expect(element).toEqual({
    components: [{ type: 'FLAT', price: '0.0000001', vatPercent: undefined, stepSize: 0 }],
    restrictions: {
      startTime: '22:00',
      endTime: '06:00',
      startDate: '2026-01-01',
      endDate: '2026-02-01',
      minKwh: '0.5',
      maxKwh: '20',
      minCurrent: '6',
      maxCurrent: '32',
      minPower: '3.7',
      maxPower: '22',
      minDurationS: 60,
      maxDurationS: 3600,
      daysOfWeek: ['MONDAY'],
      reservation: 'RESERVATION_EXPIRES',
    },
  });
});

test('when it is in force, and what the driver is told', () => {
  const version = read({
    start_date_time: '2026-06-09T00:00:00',
    end_date_time: '2026-06-10T00:00:00+02:00',
    tariff_alt_text: [{ language: 'de', text: 'Strom 0,30' }],
  });
  expect(version).toMatchObject({
    validFromMs: Date.UTC(2026, 5, 9),
    validToMs: Date.UTC(2026, 5, 9, 22),
    altText: 'Strom 0,30',
  });
});
