import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  divide,
  exactOf,
  fraction,
  isZero,
  multiply,
  negate,
  readExact,
  roundUpTo,
  subtract,
  toDecimalText,
  toShortText,
} from '../../../../src/shared/kernel/exact.ts';

const number = fc
  .tuple(fc.integer(), fc.integer({ min: 1, max: 1_000_000 }))
  .map(([top, below]) => fraction(top, below));

describe('exact numbers', () => {
  it('read decimals and nothing else', () => {
    expect(toShortText(exactOf('-0012.3400'))).toBe('-12.34');
    expect(['1e3', '', '.5', '5.', '+1', 'NaN', '1,5', ' 1'].map(readExact)).toEqual(Array(8).fill(undefined));
  });

  it('keep the laws of arithmetic without loss', () => {
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(compare(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(0);
        expect(isZero(subtract(add(a, b), add(b, a)))).toBe(true);
        expect(isZero(b) || compare(multiply(divide(a, b), b), a) === 0).toBe(true);
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
      }),
    );
  });

  it('stay exact when sums grow long', () => {
    let total = exactOf('0');
    for (let n = 1; n <= 60; n += 1) total = add(total, fraction(1, n));
    for (let n = 60; n >= 1; n -= 1) total = subtract(total, fraction(1, n));
    expect(isZero(total)).toBe(true);
  });

  it.each([
    ['half-up', ['0.13', '-0.13', '0.12']],
    ['half-even', ['0.12', '-0.12', '0.12']],
    ['half-down', ['0.12', '-0.12', '0.12']],
    ['up', ['0.13', '-0.13', '0.13']],
    ['down', ['0.12', '-0.12', '0.12']],
  ] as const)('round %s', (mode, rounded) => {
    expect(['0.125', '-0.125', '0.124'].map((text) => toDecimalText(exactOf(text), 2, mode))).toEqual(rounded);
  });

  it('are shown without loss where they end, and with ten decimals where they do not', () => {
    expect([fraction(1, 8), fraction(1, 3), negate(fraction(2, 3)), fraction(120)].map(toShortText)).toEqual([
      '0.125',
      '0.3333333333',
      '-0.6666666667',
      '120',
    ]);
  });

  it('round up to steps and leave whole steps alone', () => {
    const step = exactOf('0.25');
    expect(['0', '0.25', '0.2501', '1'].map((text) => toShortText(roundUpTo(exactOf(text), step)))).toEqual([
      '0',
      '0.25',
      '0.5',
      '1',
    ]);
  });
});
