/** The search for the way in which a sender came to its total. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Charge } from '../../../../../src/shared/domain/tariff/charge.ts';
import { agreesInTotal, type StatedFigures } from '../../../../../src/shared/domain/tariff/compare-figures.ts';
import { findConvention } from '../../../../../src/shared/domain/tariff/find-convention.ts';
import type { RoundingConvention } from '../../../../../src/shared/domain/tariff/price.ts';
import { charge, component, element, period, price, tariff } from '../../../../support/charge-bench.ts';

const ANY = { likely: [], othersToo: true };
const USUAL: RoundingConvention = { mode: 'half-up', scale: 2, stage: 'total', first: 'gross' };

/** Three lines of 0.335 with a tax that does not come out even, and a step of 100 Wh that is not met. */
const threeLines = charge(
  tariff([element([component('ENERGY', '0.335', '7', 100), component('PARKING_TIME', '3.3333', '7', 300)])]),
  '13:10',
  [
    period('10:00', { ENERGY: '1' }),
    period('11:00', { ENERGY: '1' }),
    period('12:00', { ENERGY: '1.03' }),
    period('13:00', { PARKING_TIME: '0.1667' }),
  ],
);

const cost = (net: string, gross?: string): StatedFigures => ({ cost: { net, gross } });
const rounded = (of: Charge, rounding: RoundingConvention): StatedFigures => ({ cost: price(of, { rounding }).total });

describe('a convention', () => {
  it('is the usual one where that fits', () => {
    expect(findConvention(threeLines, rounded(threeLines, USUAL), ANY)).toEqual({ rounding: USUAL, reading: {} });
  });

  it('is the likely one where that fits too', () => {
    const likely = { ...USUAL, mode: 'half-even' } as const;
    const found = findConvention(threeLines, rounded(threeLines, USUAL), { likely: [likely], othersToo: true });
    expect(found?.rounding).toEqual(likely);
  });

  it('is only among the likely ones where no others are to be tried', () => {
    const byLine = { ...USUAL, stage: 'line', mode: 'up' } as const;
    const only = (rounding: RoundingConvention) => ({ likely: [rounding], othersToo: false });
    expect(findConvention(threeLines, rounded(threeLines, byLine), only(USUAL))).toBeUndefined();
    expect(findConvention(threeLines, rounded(threeLines, byLine), only(byLine))?.rounding).toEqual(byLine);
  });

  it('takes the parts to decide between those that make the total', () => {
    const apart = charge(tariff([element([component('ENERGY', '0.335'), component('FLAT', '1')])]), '12:00', [
      period('10:00', { ENERGY: '1' }),
      period('11:00', { ENERGY: '1' }),
    ]);
    const byLine = { ...cost('1.68'), energyCost: { net: '0.68', gross: undefined } };
    expect(findConvention(apart, byLine, ANY)?.rounding).toMatchObject({ stage: 'line' });
    // A part that nothing makes keeps nobody from explaining the total.
    const odd = { ...cost('1.68'), energyCost: { net: '0.5', gross: undefined } };
    expect(findConvention(apart, odd, ANY)?.rounding).toMatchObject({ stage: 'line', mode: 'half-up' });
  });

  it('is another reading of the standard where no rounding suffices', () => {
    const stepped = charge(tariff([element(component('ENERGY', '0.5', '10', 1000))]), '12:00', [
      period('10:00', { ENERGY: '1.2' }),
      period('11:00', { ENERGY: '1.3' }),
    ]);
    expect(price(stepped).total.net).toBe('1.50');
    expect(findConvention(stepped, cost('2.00', '2.20'), ANY)?.reading).toEqual({ step: 'each-period' });
    expect(findConvention(stepped, cost('1.25', '1.38'), ANY)?.reading).toEqual({ step: 'never' });
  });

  it('does not join an odd rounding to another reading, nor round below the coin', () => {
    const stepped = charge(tariff([element(component('ENERGY', '0.4999', undefined, 1000))]), '11:00', [
      period('10:00', { ENERGY: '2.5' }),
    ]);
    // 2.5 x 0.4999 = 1.24975: 1.25 to the half, 1.24 only cut off.
    expect(findConvention(stepped, cost('1.25'), ANY)?.reading).toEqual({ step: 'never' });
    expect(findConvention(stepped, cost('1.24'), ANY)).toBeUndefined();
    expect(findConvention(stepped, cost('1'), ANY)).toBeUndefined();
    const tariffs = stepped.tariffs.map((each) => ({ ...each, currency: 'JPY' }));
    const inYen = { ...stepped, currency: 'JPY', tariffs };
    expect(findConvention(inYen, cost('1'), ANY)?.rounding.scale).toBe(0);
  });

  it('is nothing for a total that is elsewhere, and for a charge that has no price', () => {
    expect(findConvention(threeLines, cost('9.99', '10.69'), ANY)).toBeUndefined();
    expect(findConvention({ ...threeLines, periods: [] }, cost('1'), ANY)).toBeUndefined();
  });
});

describe('whatever convention a sender has', () => {
  const convention = fc.record({
    mode: fc.constantFrom('half-up', 'half-even', 'half-down', 'up', 'down'),
    scale: fc.constantFrom(2, 3, 4),
    stage: fc.constantFrom('line', 'dimension', 'total'),
    first: fc.constantFrom('net', 'gross'),
  } as const);
  const ten = (most: number) => fc.nat({ max: most }).map((units) => (units / 10_000).toFixed(4));
  const made = fc
    .record({
      prices: fc.tuple(ten(9000), ten(40_000), ten(9000)),
      volumes: fc.array(ten(90_000), { minLength: 1, maxLength: 6 }),
    })
    .map(({ prices: [energy, fee, night], volumes }) =>
      charge(
        tariff([
          element(component('ENERGY', night, '7'), { startTime: '12:00', endTime: '15:00' }),
          element([component('ENERGY', energy, '19', 100), component('FLAT', fee, '19')]),
        ]),
        '20:00',
        volumes.map((volume, at) => period(`${10 + at}:00`, { ENERGY: volume })),
      ),
    );

  it('one is found, and what is found reproduces the total', () => {
    fc.assert(
      fc.property(made, convention, (of, rounding) => {
        const stated = rounded(of, rounding);
        const found = findConvention(of, stated, ANY);
        expect(found).toBeDefined();
        const again = found && price(of, { rounding: found.rounding, readings: found.reading });
        expect(again && agreesInTotal(again.total, stated.cost)).toBe(true);
      }),
    );
  });
});
