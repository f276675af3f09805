/** The worked examples of OCPI 2.2.1, 10.3.1 and 11.3.2 to 11.4.6, and the cases in which operators depart from it. */
import { describe, expect, it } from 'vitest';
import { priceCharge } from '../../../../../src/shared/domain/tariff/price-session.ts';
import {
  charge,
  component,
  element,
  instant,
  period,
  price,
  sides,
  tariff,
  warningsOf,
} from '../../../../support/charge-bench.ts';

const ENERGY = component('ENERGY', '0.25', '10', 1);
const START = component('FLAT', '0.50', '20');

describe('the worked examples of tariffs', () => {
  const energyOnly = tariff([element(ENERGY)]);
  const used = (kwh: string) => [period('10:00', { ENERGY: kwh, TIME: '1' })];

  it.each([
    ['0.25 a kWh', energyOnly, '20', '5.00', '5.50'],
    ['with a start fee', tariff([element([START, ENERGY])]), '20', '5.50', '6.10'],
    [
      'above its minimum',
      tariff([element(ENERGY)], { minPrice: { net: '0.50', gross: '0.55' } }),
      '20',
      '5.00',
      '5.50',
    ],
    [
      'below its minimum',
      tariff([element(ENERGY)], { minPrice: { net: '0.50', gross: '0.55' } }),
      '1.2',
      '0.50',
      '0.55',
    ],
    [
      'above its maximum',
      tariff([element([START, ENERGY])], { maxPrice: { net: '10', gross: '11' } }),
      '50',
      '10.00',
      '11.00',
    ],
    [
      'below its maximum',
      tariff([element([START, ENERGY])], { maxPrice: { net: '10', gross: '11' } }),
      '30',
      '8.00',
      '8.85',
    ],
    ['in steps of 100 Wh', tariff([element(component('ENERGY', '0.22', '10', 100))]), '20.45', '4.51', '4.96'],
    ['free of charge', tariff([element(component('FLAT', '0.00'))]), '20', '0.00', '0.00'],
  ])('%s', (_name, of, kwh, net, gross) => {
    expect(sides(charge(of, '11:00', used(kwh)))).toEqual([net, gross]);
  });

  it('bills 40 minutes of parking as 45', () => {
    const of = tariff([element([START, ENERGY, component('PARKING_TIME', '2.00', '20', 900)])]);
    const periods = [period('10:00', { ENERGY: '20', TIME: '1' }), period('11:00', { PARKING_TIME: '0.6667' })];
    expect(sides(charge(of, '11:40', periods))).toEqual(['7.00', '7.90']);
  });

  it('bills 42 minutes of parking as 45 and the charging before it as it was', () => {
    const of = tariff([element([component('TIME', '3.00', '10', 60), component('PARKING_TIME', '5.00', '20', 300)])]);
    const periods = [period('10:00', { TIME: '2.5' }), period('12:30', { PARKING_TIME: '0.7' })];
    const priced = price(charge(of, '13:12', periods));
    expect([priced.total.net, priced.total.gross]).toEqual(['11.25', '12.75']);
    expect(priced.billedParkingHours).toBe('0.75');
    expect(priced.lines.find(({ kind }) => kind === 'step')?.reasons[0]).toBe(
      '0.7 h were used and are billed in steps of 300 s: 0.75 h.',
    );
  });

  it('frees the first kWh and the first hour, and knows no gross where no tax is stated', () => {
    const of = tariff([
      element(component('ENERGY', '0'), { maxKwh: '1' }),
      element(component('ENERGY', '0.20', undefined, 1), { minKwh: '1' }),
    ]);
    const periods = [period('10:00', { ENERGY: '1' }), period('10:03', { ENERGY: '19' })];
    expect(sides(charge(of, '11:00', periods))).toEqual(['3.80', undefined]);
    const uncut = charge(of, '11:00', [period('10:00', { ENERGY: '20' })]);
    expect(warningsOf(uncut)).toContain('boundary-inside-period');
    expect(sides(uncut, { readings: { boundary: 'cut' } })).toEqual(['3.80', undefined]);
  });

  it('prices energy by the power at which it flowed', () => {
    const of = tariff([
      element(component('ENERGY', '0.20'), { maxPower: '16' }),
      element(component('ENERGY', '0.35'), { maxPower: '32' }),
      element(component('ENERGY', '0.50')),
    ]);
    const periods = [
      period('10:00', { ENERGY: '1', MAX_POWER: '6' }),
      period('10:10', { ENERGY: '40', MAX_POWER: '48' }),
      period('11:00', { ENERGY: '0.5', MAX_POWER: '4' }),
    ];
    expect(sides(charge(of, '11:08', periods))[0]).toBe('20.30');
  });

  it('prices energy by how long the session has lasted', () => {
    const of = tariff([
      element(component('ENERGY', '0'), { maxDurationS: 1800 }),
      element(component('ENERGY', '0.25'), { maxDurationS: 3600 }),
      element(component('ENERGY', '0.40')),
    ]);
    expect(sides(charge(of, '10:40', [period('10:00', { ENERGY: '5' }), period('10:30', { ENERGY: '1.2' })]))[0]).toBe(
      '0.30',
    );
  });
});

describe('step sizes', () => {
  const of = tariff([
    element(component('TIME', '1.20', undefined, 1800), { startTime: '00:00', endTime: '17:00' }),
    element(component('TIME', '2.40', undefined, 900), { startTime: '17:00', endTime: '20:00' }),
    element(component('TIME', '2.40', undefined, 900), { startTime: '20:00', endTime: '00:00' }),
    element(component('PARKING_TIME', '1.00', undefined, 900), { startTime: '00:00', endTime: '20:00' }),
  ]);

  it('round parking where it came last', () => {
    const periods = [
      period('16:55', { TIME: '0.0833' }),
      period('17:00', { TIME: '0.0833' }),
      period('17:05', { PARKING_TIME: '0.0333' }),
    ];
    expect(sides(charge(of, '17:07', periods))[0]).toBe('0.55');
  });

  it('round the total of charging at the last price', () => {
    const periods = [period('16:35', { TIME: '0.4167' }), period('17:00', { TIME: '0.1667' })];
    expect(sides(charge(of, '17:10', periods))[0]).toBe('1.30');
  });

  it('round charging where the parking after it is free', () => {
    const periods = [
      period('19:55', { TIME: '0.0833' }),
      period('20:00', { TIME: '0.0833' }),
      period('20:05', { PARKING_TIME: '0.0333' }),
    ];
    expect(sides(charge(of, '20:07', periods))[0]).toBe('0.60');
  });

  it('count energy over the session and add at the last price', () => {
    const energy = tariff([
      element(component('ENERGY', '0.20', undefined, 500), { endTime: '17:00' }),
      element(component('ENERGY', '0.27', undefined, 500), { startTime: '17:00' }),
    ]);
    const periods = [period('16:00', { ENERGY: '4.3' }), period('17:00', { ENERGY: '1.1' })];
    const priced = price(charge(energy, '18:00', periods));
    expect([priced.billedKwh, priced.total.net]).toEqual(['5.5', '1.18']);
  });

  it.each([
    [1, '0.0290'],
    [25, '0.0313'],
    [500, '0.1250'],
  ])('of %i Wh bill 115.2 Wh', (stepSize, net) => {
    const energy = tariff([element(component('ENERGY', '0.25', undefined, stepSize))]);
    const rounding = { mode: 'half-up', scale: 4, stage: 'total', first: 'net' } as const;
    expect(sides(charge(energy, '10:10', [period('10:00', { ENERGY: '0.1152' })]), { rounding })[0]).toBe(net);
  });

  it('take no step from four decimals of an hour', () => {
    const time = tariff([element(component('TIME', '6', undefined, 300))]);
    expect(sides(charge(time, '10:25', [period('10:00', { TIME: '0.4167' })]))[0]).toBe('2.50');
  });
});

describe('reservations', () => {
  const session = element([START, ENERGY]);
  const held = (...elements: Parameters<typeof tariff>[0]) => tariff([...elements, session]);
  const came = (endOfHold: string, of: ReturnType<typeof tariff>, hours: string) =>
    charge(of, '12:00', [period('10:00', { RESERVATION_TIME: hours }), period(endOfHold, { ENERGY: '20' })]);
  const lapsed = (at: string, of: ReturnType<typeof tariff>, hours: string) =>
    charge(of, at, [period('10:00', { RESERVATION_TIME: hours })]);
  const time = (rate: string, step: number) => component('TIME', rate, '20', step);

  it('are billed by their own steps', () => {
    const simple = held(element(time('5.00', 60), { reservation: 'RESERVATION' }));
    expect(sides(came('10:15', simple, '0.25'))).toEqual(['6.75', '7.60']);
    const withFee = held(element([component('FLAT', '2.00', '20'), time('5.00', 300)], { reservation: 'RESERVATION' }));
    expect(sides(came('10:13', withFee, '0.2167'))).toEqual(['8.75', '10.00']);
  });

  it('that run out owe the fee for it and no start fee', () => {
    const fee = held(
      element(component('FLAT', '4.00', '20'), { reservation: 'RESERVATION_EXPIRES' }),
      element(time('2.00', 600), { reservation: 'RESERVATION' }),
    );
    expect(sides(came('10:22', fee, '0.3667'))).toEqual(['6.50', '7.30']);
    expect(sides(lapsed('11:00', fee, '1'))).toEqual(['6.00', '7.20']);
    expect(sides(lapsed('11:00', fee, '1'), { readings: { unusedReservation: 'cancelled' } })).toEqual([
      '2.00',
      '2.40',
    ]);
  });

  it('that run out are priced by the time of the expiry where there is one', () => {
    const rate = held(
      element(time('6.00', 600), { reservation: 'RESERVATION_EXPIRES' }),
      element(time('3.00', 600), { reservation: 'RESERVATION' }),
    );
    expect(sides(came('10:22', rate, '0.3667'))).toEqual(['7.00', '7.90']);
    expect(sides(lapsed('11:30', rate, '1.5'))).toEqual(['9.00', '10.80']);
    expect(warningsOf(lapsed('11:30', rate, '1.5'))).toContain('reservation-unused');
  });
});

describe('local clocks', () => {
  const night = tariff([
    element(component('ENERGY', '0.10'), { startTime: '22:00', endTime: '06:00' }),
    element(component('ENERGY', '0.50')),
  ]);

  it('wrap over midnight, and end where they end', () => {
    const at = (begin: string) => sides(charge(night, '23:59', [period(begin, { ENERGY: '10' })]))[0];
    expect(['05:59:59', '06:00', '21:59:59', '22:00'].map(at)).toEqual(['1.00', '5.00', '5.00', '1.00']);
  });

  it('are the location’s, in summer and in winter', () => {
    const at = (begin: string, end: string) =>
      sides(charge(night, end, [period(begin, { ENERGY: '10' })], 'Europe/Berlin'))[0];
    expect(at('2026-07-01T20:00:00', '2026-07-01T20:30:00')).toBe('1.00');
    expect(at('2026-01-12T20:00:00', '2026-01-12T20:30:00')).toBe('5.00');
  });

  it('show the hour after summer time twice, which is said where it changes a price', () => {
    const twice = tariff([
      element(component('ENERGY', '0.10'), { startTime: '02:00', endTime: '03:00' }),
      element(component('ENERGY', '0.50')),
    ]);
    const of = charge(
      twice,
      '2026-10-25T02:00:00',
      [period('2026-10-25T00:00:00', { ENERGY: '10' }), period('2026-10-25T01:00:00', { ENERGY: '10' })],
      'Europe/Berlin',
    );
    expect(sides(of)[0]).toBe('2.00');
    expect(warningsOf(of)).toContain('ambiguous-hour');
    expect(sides(of, { readings: { clock: 'before-change' } })[0]).toBe('6.00');
    expect(sides(of, { readings: { clock: 'after-change' } })[0]).toBe('6.00');
  });

  it('cut a day of 23 hours where they do', () => {
    const time = tariff([
      element(component('TIME', '1'), { startTime: '00:00', endTime: '04:00' }),
      element(component('TIME', '10')),
    ]);
    const of = charge(time, '2026-03-29T04:00:00', [period('2026-03-28T23:00:00', { TIME: '5' })], 'Europe/Berlin');
    // Midnight to four lasts three hours that night, then two hours of the other.
    expect(sides(of, { readings: { boundary: 'cut' } })[0]).toBe('23.00');
  });

  it('know days of the week and dates', () => {
    const of = tariff([
      element(component('ENERGY', '1'), { daysOfWeek: ['MONDAY'], startDate: '2026-01-12', endDate: '2026-01-13' }),
      element(component('ENERGY', '2')),
    ]);
    const at = (begin: string) =>
      sides(charge(of, `${begin.slice(0, 10)}T23:30:00`, [period(begin, { ENERGY: '1' })]))[0];
    expect(['2026-01-11T22:00', '2026-01-12T00:00', '2026-01-13T00:00'].map((day) => at(`${day}:00`))).toEqual([
      '2.00',
      '1.00',
      '2.00',
    ]);
  });
});

describe('taxes', () => {
  it('are summed by rate', () => {
    const { total } = price(charge(tariff([element([START, ENERGY])]), '11:00', [period('10:00', { ENERGY: '20' })]));
    expect(total.taxes).toEqual([
      { name: 'VAT', percent: '10', base: '5.00', amount: '0.50' },
      { name: 'VAT', percent: '20', base: '0.50', amount: '0.10' },
    ]);
  });

  it('are taken out of prices that hold them', () => {
    const of = tariff([element(component('ENERGY', '0.59', '19'))], { taxBasis: 'gross' });
    expect(sides(charge(of, '11:00', [period('10:00', { ENERGY: '20' })]))).toEqual(['9.92', '11.80']);
  });

  it('are none where none apply', () => {
    const of = tariff([element(component('ENERGY', '0.59'))], { taxBasis: 'not-applicable' });
    expect(sides(charge(of, '11:00', [period('10:00', { ENERGY: '20' })]))).toEqual(['11.80', '11.80']);
  });

  it('leave the gross of a price that holds an unknown tax known', () => {
    const of = charge(tariff([element(component('ENERGY', '0.5'))], { taxBasis: 'gross' }), '11:00', [
      period('10:00', { ENERGY: '20' }),
    ]);
    expect(sides(of)).toEqual(['10.00', '10.00']);
    expect(warningsOf(of)).toEqual(['tax-rate-missing']);
  });
});

describe('what cannot be priced is refused by name', () => {
  const of = tariff([element(ENERGY)]);
  const good = charge(of, '11:00', [period('10:00', { ENERGY: '20' })]);

  it.each([
    ['ends-before-begin', { ...good, endMs: good.beginMs - 1 }],
    ['no-periods', { ...good, periods: [] }],
    ['no-tariff', { ...good, tariffs: [] }],
    ['zone-unknown', { ...good, zone: { zone: 'Atlantis/Harbour', basis: 'stated' as const } }],
    ['currency-differs', { ...good, currency: 'CHF' }],
    ['tariff-unknown', { ...good, periods: [period('10:00', { ENERGY: '1' }, 'T9')] }],
    ['negative-energy', { ...good, periods: [period('10:00', { ENERGY: '-1' })] }],
    ['negative-time', { ...good, periods: [period('10:00', { TIME: '-1' })] }],
    ['unreadable-number', { ...good, periods: [period('10:00', { ENERGY: '1e3' })] }],
    ['periods-overlap', { ...good, periods: [period('10:00', { ENERGY: '1' }), period('10:00', { ENERGY: '2' })] }],
    ['tariff-unreadable', charge(tariff([element(component('ENERGY', 'much'))]), '11:00', good.periods)],
  ])('%s', (code, bad) => {
    expect(priceCharge(bad)).toMatchObject({ ok: false, code });
  });

  it('tells a tariff that cannot be told', () => {
    const two = [tariff([element(ENERGY)]), tariff([element(ENERGY)], { id: 'T2' })];
    const nameless = { ...period('10:00', { ENERGY: '1' }), tariffId: undefined };
    expect(priceCharge(charge(two, '11:00', [nameless]))).toMatchObject({ ok: false, code: 'tariff-ambiguous' });
  });
});

describe('what is doubtful is said', () => {
  const of = tariff([element(ENERGY)]);
  const nameless = { ...period('10:00', { ENERGY: '20' }), tariffId: undefined };

  it('takes the only tariff where no period names one', () => {
    expect(sides(charge(of, '11:00', [nameless]))).toEqual(['5.00', '5.50']);
    expect(warningsOf(charge(of, '11:00', [nameless]))).toEqual(['tariff-id-missing']);
  });

  it('bills nothing in a period without tariff beside one that has one', () => {
    const mixed = charge(of, '11:00', [nameless, period('10:30', { ENERGY: '4' })]);
    expect(sides(mixed)[0]).toBe('1.00');
    expect(warningsOf(mixed)).toEqual(['period-without-tariff']);
  });

  it('bills time by the instants where a tariff of time meets a record without', () => {
    const time = tariff([element(component('TIME', '2', '10'))]);
    const silent = charge(time, '11:30', [period('10:00', { ENERGY: '20' })]);
    expect(sides(silent)[0]).toBe('3.00');
    expect(warningsOf(silent)).toContain('time-not-stated');
    expect(sides(silent, { readings: { missingTime: 'free' } })[0]).toBe('0.00');
  });

  it('prices stated hours that disagree with the instants as stated', () => {
    const time = tariff([element(component('TIME', '2', '10'))]);
    const off = charge(time, '11:00', [period('10:00', { TIME: '2' })]);
    expect(sides(off)[0]).toBe('4.00');
    expect(warningsOf(off)).toContain('time-differs');
    expect(sides(off, { readings: { time: 'instants' } })[0]).toBe('2.00');
  });

  it('chooses by validity among tariffs of one id', () => {
    const hourly = [10, 11].map((hour) =>
      tariff([element(component('ENERGY', `0.${hour}`, '10'))], {
        validFromMs: instant(`${hour}:00`),
        validToMs: instant(`${hour + 1}:00`),
      }),
    );
    const periods = [period('10:00', { ENERGY: '10' }), period('11:00', { ENERGY: '10' })];
    expect(sides(charge(hourly, '12:00', periods))[0]).toBe('2.10');
  });

  it('says a reason for every line', () => {
    const { lines } = price(
      charge(
        tariff([element(component('ENERGY', '0.10', '10'), { startTime: '22:00', endTime: '06:00' }), element(ENERGY)]),
        '11:00',
        [period('10:00', { ENERGY: '20' })],
      ),
    );
    expect(structuredClone(lines)[0]?.reasons).toEqual([
      'Element 1 is passed over: local time 10:00:00 is not within 22:00 to 06:00.',
      'Element 2 applies: it has no restriction.',
    ]);
  });
});

it('says in one sentence why a row of elements was passed over alike', () => {
  const hours = ['10:00', '11:00', '12:00', '13:00', '14:00'].map((startTime, index) =>
    element(component('ENERGY', `0.${index + 1}`), { startTime, endTime: `${11 + index}:00` }),
  );
  const [line] = price(charge(tariff(hours), '13:40', [period('13:05', { ENERGY: '10' })])).lines;
  expect(line?.reasons).toEqual([
    'Elements 1 to 3 are passed over, the last of them since local time 13:05:00 is not within 12:00 to 13:00.',
    'Element 4 applies: local time 13:05:00 is within 13:00 to 14:00.',
  ]);
});
