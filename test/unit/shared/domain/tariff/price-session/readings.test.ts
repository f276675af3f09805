/** Each other reading of the standard, by a charge whose price it changes and nothing else does. */
import { describe, expect, it } from 'vitest';
import { charge, component, element, period, sides, tariff } from '../../../../../support/charge-bench.ts';

describe('steps', () => {
  const of = tariff([
    element([component('TIME', '3', undefined, 1800), component('PARKING_TIME', '6', undefined, 900)]),
  ]);
  /** 20 and 25 minutes of charging, then 10 of parking. */
  const used = charge(of, '10:55', [
    period('10:00', { TIME: '0.3333' }),
    period('10:20', { TIME: '0.4167' }),
    period('10:45', { PARKING_TIME: '0.1667' }),
  ]);

  it.each([
    // 45 min at 3, and 15 at 6 for 10.
    ['session', '3.75'],
    // 60 min at 3, and 15 at 6.
    ['each-kind', '4.50'],
    // 30 and 30 min at 3, and 15 at 6.
    ['each-period', '4.50'],
    // 45 min at 3, and 10 at 6.
    ['never', '3.25'],
  ] as const)('%s', (step, net) => {
    expect(sides(used, { readings: { step } })[0]).toBe(net);
  });

  it('tell each kind from each period', () => {
    const three = charge(of, '10:50', [
      period('10:00', { TIME: '0.3333' }),
      period('10:20', { TIME: '0.3333' }),
      period('10:40', { TIME: '0.1667' }),
    ]);
    // 50 min are 60 in all, and 30 each three times.
    expect(sides(three, { readings: { step: 'each-kind' } })[0]).toBe('3.00');
    expect(sides(three, { readings: { step: 'each-period' } })[0]).toBe('4.50');
  });

  it('count what was used, or only what has a price', () => {
    const late = tariff([element(component('TIME', '6', undefined, 3600), { minDurationS: 2400 })]);
    const partly = charge(late, '11:40', [period('10:00', { TIME: '0.6667' }), period('10:40', { TIME: '1' })]);
    // 100 min are 120, of which the first 40 are free; alone the last 60 are a whole step.
    expect(sides(partly)[0]).toBe('8.00');
    expect(sides(partly, { readings: { stepBase: 'priced' } })[0]).toBe('6.00');
  });
});

describe('clocks', () => {
  it('are those of the place, or UTC', () => {
    const of = tariff([
      element(component('ENERGY', '0.20'), { startTime: '22:00', endTime: '06:00' }),
      element(component('ENERGY', '0.50')),
    ]);
    const evening = charge(of, '22:00', [period('21:30', { ENERGY: '10' })], 'Europe/Berlin');
    expect(sides(evening)[0]).toBe('2.00');
    expect(sides(evening, { readings: { clock: 'utc' } })[0]).toBe('5.00');
  });
});
