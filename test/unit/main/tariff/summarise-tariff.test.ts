/** A tariff in one line. */
import { expect, test } from 'vitest';
import type { Tariff, TariffDimension, TariffRestrictions } from '../../../../src/shared/domain/tariff/tariff.ts';
import { summariseTariff } from '../../../../src/main/tariff/summarise-tariff.ts';
import { madeComponent, madeTariff, NO_RESTRICTIONS } from '../../../support/made-tariff.ts';

const element = (type: TariffDimension, price: string, at?: Partial<TariffRestrictions>) => ({
  components: [madeComponent(type, price)],
  restrictions: at && { ...NO_RESTRICTIONS, ...at },
});
const hourly = Array.from({ length: 24 }, (_, hour) =>
  element('ENERGY', `0.${30 + hour}`, { startTime: `${hour}:00` }),
);

const cases: readonly (readonly [sentence: string, tariff: Partial<Tariff>])[] = [
  [
    '0.46 a kWh; 6.00 an hour parked after 4 h',
    { elements: [element('ENERGY', '0.46'), element('PARKING_TIME', '6', { minDurationS: 14_400 })] },
  ],
  ['free', { elements: [element('FLAT', '0')] }],
  [
    '0.25 a kWh 22:00 to 06:00 on Mon, Fri, 0.305 a kWh; 1.00 a session',
    {
      elements: [
        element('ENERGY', '0.25', { startTime: '22:00', endTime: '06:00', daysOfWeek: ['MONDAY', 'FRIDAY'] }),
        { components: [madeComponent('ENERGY', '0.305'), madeComponent('FLAT', '1')], restrictions: undefined },
      ],
    },
  ],
  ['0.30 to 0.53 a kWh, by 24 conditions; tax included', { elements: hourly, taxBasis: 'gross' }],
  [
    '0.25 a kWh; 5.00 an hour reserved, 4.00 an hour reserved if it expires; at least 0.50; at most 30.00',
    {
      elements: [
        element('TIME', '5', { reservation: 'RESERVATION' }),
        element('TIME', '4', { reservation: 'RESERVATION_EXPIRES' }),
        element('ENERGY', '0.25'),
      ],
      minPrice: { net: '0.5', gross: undefined },
      maxPrice: { net: '30', gross: undefined },
    },
  ],
  [
    'free a kWh up to 20 kWh, 0.40 a kWh from 20 kWh',
    { elements: [element('ENERGY', '0', { maxKwh: '20' }), element('ENERGY', '0.4', { minKwh: '20' })] },
  ],
];

test.for(cases)('%s', ([sentence, tariff]) => {
  expect(summariseTariff(madeTariff(tariff))).toBe(sentence);
});
