/** Restrictions by current and power (OCPI 2.2.1, 11.4.6): an average decides, else the extremes, and extremes on both sides decide nothing. */
import { describe, expect, it } from 'vitest';
import {
  charge,
  component,
  element,
  period,
  sides,
  tariff,
  warningsOf,
} from '../../../../../../support/charge-bench.ts';

const byCurrent = tariff([
  element(component('ENERGY', '0.40'), { maxCurrent: '48' }),
  element(component('ENERGY', '0.70'), { minCurrent: '48' }),
]);
const byPower = tariff([
  element(component('ENERGY', '0.40'), { maxPower: '50' }),
  element(component('ENERGY', '0.70'), { minPower: '50' }),
]);
const net = (of: typeof byPower, volumes: Readonly<Record<string, string>>, endAt = '10:15') =>
  sides(charge(of, endAt, [period('10:00', { ENERGY: '10', ...volumes })]))[0];

describe('current', () => {
  it.each([
    ['below the limit', { CURRENT: '47.9' }, '4.00'],
    ['at the limit', { CURRENT: '48' }, '7.00'],
    ['by its average, whatever its extremes', { CURRENT: '30', MIN_CURRENT: '3', MAX_CURRENT: '49' }, '4.00'],
    ['by its greatest where only that is told', { MAX_CURRENT: '63' }, '7.00'],
    ['by extremes of one side', { MIN_CURRENT: '49', MAX_CURRENT: '63' }, '7.00'],
    ['by nothing where extremes lie on both sides', { MIN_CURRENT: '3', MAX_CURRENT: '63' }, '0.00'],
  ])('%s', (_name, volumes, expected) => {
    expect(net(byCurrent, volumes)).toBe(expected);
  });

  it('that is not told is said, and may be taken to hold', () => {
    const untold = charge(byCurrent, '10:15', [period('10:00', { ENERGY: '10' })]);
    expect(warningsOf(untold)).toEqual(expect.arrayContaining(['current-unknown', 'energy-unpriced']));
    expect(sides(untold, { readings: { unknownFact: 'holds' } })[0]).toBe('4.00');
  });
});

describe('power', () => {
  it.each([
    ['below the limit', { POWER: '49.9' }, '4.00'],
    ['at the limit', { POWER: '50' }, '7.00'],
    ['by its average, whatever its greatest', { POWER: '40', MAX_POWER: '52' }, '4.00'],
    ['by its greatest where only that is told', { MAX_POWER: '52' }, '7.00'],
    // 10 kWh in a quarter of an hour are 40 kW.
    ['by energy over time between extremes on both sides', { MIN_POWER: '5', MAX_POWER: '52' }, '4.00'],
    ['by energy over time where none is told', {}, '4.00'],
  ])('%s', (_name, volumes, expected) => {
    expect(net(byPower, volumes)).toBe(expected);
  });

  it('by energy over time may reach the limit', () => {
    expect(net(byPower, {}, '10:12')).toBe('7.00');
  });
});
