/** No way to read a charge that changes its price is left out. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listDepartures } from '../../../../../src/shared/domain/tariff/list-departures.ts';
import { reckonCharge } from '../../../../../src/shared/domain/tariff/price-session.ts';
import type { Readings } from '../../../../../src/shared/domain/tariff/price-session/readings.ts';
import type { Charge, UsagePeriod } from '../../../../../src/shared/domain/tariff/charge.ts';
import { charge, component, element, period, price, tariff } from '../../../../support/charge-bench.ts';

const READINGS: readonly Partial<Readings>[] = [
  { boundary: 'cut' },
  { time: 'volumes' },
  { time: 'instants' },
  { step: 'each-period' },
  { step: 'each-kind' },
  { step: 'never' },
  { stepBase: 'priced' },
  { clock: 'before-change' },
  { clock: 'after-change' },
  { clock: 'utc' },
  { missingTime: 'free' },
  { unknownFact: 'holds' },
  { unusedReservation: 'cancelled' },
];

function departuresOf(of: Charge): readonly Partial<Readings>[] {
  const standard = reckonCharge(of);
  if (!standard.ok) throw new Error(standard.message);
  return listDepartures(of, standard.value);
}

/** The night in which summer time ends. */
const BEGIN_MS = Date.parse('2026-10-24T21:00:00Z');
const rate = fc.constantFrom('0', '0.3137', '2.5');
const restricted = fc.constantFrom(
  {},
  { startTime: '02:30', endTime: '03:30' },
  { daysOfWeek: ['SUNDAY'] as const },
  { maxKwh: '5' },
  { minDurationS: 5400 },
  { minPower: '11' },
  { maxCurrent: '16' },
  { reservation: 'RESERVATION_EXPIRES' as const },
  { reservation: 'RESERVATION' as const },
);
const anyComponent = fc.record({
  type: fc.constantFrom('ENERGY' as const, 'TIME' as const, 'PARKING_TIME' as const),
  rate,
  step: fc.constantFrom(0, 1, 300, 1000),
});
const elements = fc.array(
  fc.record({ restricted, components: fc.array(anyComponent, { minLength: 1, maxLength: 3 }) }),
  {
    minLength: 1,
    maxLength: 4,
  },
);
const usage = fc.array(
  fc.record({
    minutes: fc.integer({ min: 1, max: 130 }),
    kind: fc.constantFrom('energy', 'both', 'parking', 'reserved', 'odd'),
    kwh: fc.constantFrom('0.35', '4', '9.999'),
  }),
  { minLength: 1, maxLength: 6 },
);

test('what changes a price is listed', () => {
  fc.assert(
    fc.property(elements, usage, (rates, used) => {
      let atMs = BEGIN_MS;
      const periods = used.map(({ minutes, kind, kwh }): UsagePeriod => {
        const beginMs = atMs;
        atMs += minutes * 60_000;
        const hours = (minutes / 60).toFixed(4);
        const volumes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
          energy: { ENERGY: kwh },
          both: { ENERGY: kwh, TIME: hours },
          parking: { PARKING_TIME: hours },
          reserved: { RESERVATION_TIME: hours },
          odd: { ENERGY: kwh, TIME: '0.9' },
        };
        return { ...period('00:00', volumes[kind] ?? {}), beginMs };
      });
      const made = tariff(
        rates.map((each) =>
          element(
            each.components.map(({ type, rate: perUnit, step }) => component(type, perUnit, '20', step)),
            each.restricted,
          ),
        ),
      );
      const of = { ...charge(made, '00:00', periods, 'Europe/Berlin'), endMs: atMs };
      const usual = price(of).total;
      const changing = READINGS.filter((readings) => price(of, { readings }).total.net !== usual.net);
      expect(departuresOf(of)).toEqual(expect.arrayContaining([...changing]));
    }),
    { numRuns: 500 },
  );
});

test('a plain charge leaves nothing to read otherwise', () => {
  const plain = charge(tariff([element([component('ENERGY', '0.3'), component('FLAT', '1')])]), '11:00', [
    period('10:00', { ENERGY: '15', TIME: '1' }),
  ]);
  expect(departuresOf(plain)).toEqual([]);
});
