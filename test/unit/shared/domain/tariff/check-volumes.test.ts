/** What a charge's periods and its stated totals have to say of each other. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Charge } from '../../../../../src/shared/domain/tariff/charge.ts';
import { checkVolumes, type StatedVolumes } from '../../../../../src/shared/domain/tariff/check-volumes.ts';
import { charge, component, element, instant, period, tariff } from '../../../../support/charge-bench.ts';

const perKwh = tariff([element(component('ENERGY', '0.3'))]);
/** 15 kWh in an hour and a half, and half an hour of parking. */
const used = charge(perKwh, '12:00', [
  period('10:00', { ENERGY: '10', TIME: '1' }),
  period('11:00', { ENERGY: '5', TIME: '0.5' }),
  period('11:30', { PARKING_TIME: '0.5' }),
]);
const bare = charge(perKwh, '12:00', [period('10:00', { ENERGY: '15' })]);
const codes = (of: Charge, stated: StatedVolumes) => checkVolumes(of, stated).map(({ code }) => code);

describe('totals', () => {
  it.for<[Charge, StatedVolumes, string[]]>([
    [used, { energyKwh: '15', timeHours: '2', parkingHours: '0.5' }, []],
    [used, { energyKwh: '15.0003', timeHours: '2.0003' }, []],
    [used, { energyKwh: '15.0004' }, ['energy-does-not-add-up']],
    [used, { energyKwh: '16', timeHours: '2.5' }, ['energy-does-not-add-up', 'time-does-not-add-up']],
    [used, { timeHours: '1.5', parkingHours: '0.5' }, ['total-time-without-parking']],
    [used, { parkingHours: '0.4' }, ['parking-does-not-add-up']],
    [used, {}, []],
    [bare, { energyKwh: '15', timeHours: '1.6', parkingHours: '0.3' }, ['duration-differs']],
    [bare, { energyKwh: '15', timeHours: '1.9951' }, []],
  ])('%#: are named where they contradict the periods', ([of, stated, expected]) => {
    expect(codes(of, stated)).toEqual(expected);
  });

  it('are not asked of periods that do not tell', () => {
    const silent = charge(perKwh, '12:00', [period('10:00', { STATE_OF_CHARGE: '80' })]);
    expect(codes(silent, { energyKwh: '15', timeHours: '2', parkingHours: '1' })).toEqual([]);
  });

  it('may count a reservation with the time or without it', () => {
    const reserved = charge(perKwh, '12:00', [
      period('10:00', { RESERVATION_TIME: '0.5' }),
      period('10:30', { ENERGY: '9', TIME: '1.5' }),
    ]);
    expect(codes(reserved, { timeHours: '1.5' })).toEqual([]);
    expect(codes(reserved, { timeHours: '2' })).toEqual([]);
    expect(codes(reserved, { timeHours: '1' })).toEqual(['time-does-not-add-up']);
  });
});

describe('a thousandfold', () => {
  it.for([
    ['15000', ['unit-scale']],
    ['0.015', ['unit-scale']],
    ['0', ['energy-does-not-add-up']],
    ['15300', ['energy-does-not-add-up']],
  ] as const)('%s kWh beside 15 in the periods', ([energyKwh, expected]) => {
    expect(codes(used, { energyKwh })).toEqual(expected);
  });

  it('on both sides is seen by the power it would take', () => {
    const inWh = charge(perKwh, '12:00', [period('10:00', { ENERGY: '15000' })]);
    expect(codes(inWh, { energyKwh: '15000' })).toEqual(['unit-scale']);
    expect(codes(charge(perKwh, '12:00', [period('10:00', { ENERGY: '7500' })]), { energyKwh: '7500' })).toEqual([]);
  });
});

test('a period outside the charge is named', () => {
  const late = { ...used, endMs: instant('11:15') };
  expect(codes(late, {})).toEqual(['period-outside']);
  expect(codes({ ...used, beginMs: instant('10:30') }, {})).toEqual(['period-outside']);
  expect(checkVolumes(late, {})[0]?.message).toContain('Period 3 begins');
});

test('time that runs backwards is named', () => {
  expect(codes({ ...used, endMs: used.beginMs - 1 }, {})).toEqual(['ends-before-begin']);
  const backwards = charge(perKwh, '12:00', [period('10:00', { TIME: '-1' })]);
  expect(codes(backwards, {})).toEqual(['negative-time']);
  expect(codes(bare, { parkingHours: '-0.5' })).toEqual(['negative-time']);
});

test('what is no number is left to the pricing', () => {
  expect(codes(charge(perKwh, '12:00', [period('10:00', { ENERGY: 'many' })]), { energyKwh: '15' })).toEqual([]);
});

test('a charge whose totals are the sums of its periods is never doubted, however it is cut', () => {
  const quarters = fc.array(
    fc.record({ kwh: fc.nat({ max: 500_000 }), quarters: fc.integer({ min: 1, max: 8 }), parked: fc.boolean() }),
    { minLength: 1, maxLength: 12 },
  );
  const write = (units: number) => (units / 10_000).toFixed(4);
  fc.assert(
    fc.property(quarters, (parts) => {
      let atMs = instant('00:00');
      let [energy, time, parking] = [0, 0, 0];
      const periods = parts.map(({ kwh, quarters: count, parked }) => {
        const beginMs = atMs;
        const [used10k, hours10k] = [parked ? 0 : kwh, count * 2500];
        atMs += count * 900_000;
        energy += used10k;
        time += hours10k;
        if (parked) parking += hours10k;
        const volumes: Record<string, string> = parked
          ? { PARKING_TIME: write(hours10k) }
          : { ENERGY: write(used10k), TIME: write(hours10k) };
        return { ...period('00:00', volumes), beginMs };
      });
      const whole = { ...charge(perKwh, '00:00', periods), endMs: atMs };
      const stated = { energyKwh: write(energy), timeHours: write(time), parkingHours: write(parking) };
      expect(codes(whole, stated)).toEqual([]);
    }),
  );
});
