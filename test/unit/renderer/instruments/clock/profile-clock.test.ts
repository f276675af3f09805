import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAge, formatAgo } from '../../../../../src/renderer/instruments/clock/profile-clock.ts';

describe('an age', () => {
  test.for([
    [0, '0.0 s'],
    [420, '0.4 s'],
    [9_940, '9.9 s'],
    [9_950, '9 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h 00 min'],
    [11_100_000, '3 h 05 min'],
    [86_400_000, '1 d 0 h'],
  ] as const)('of %i ms reads %s', ([ms, words]) => {
    expect(formatAge(ms)).toBe(words);
  });

  test('is never negative, however the clocks differ', () => {
    expect(formatAge(-5000)).toBe('0.0 s');
    expect(formatAge(Number.NaN)).toBe('0.0 s');
  });

  test('never rounds up: what is shown has passed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 59_999 }), (ms) => {
        expect(Number.parseFloat(formatAge(ms)) * 1000).toBeLessThanOrEqual(ms);
      }),
    );
  });

  test('is said as past', () => {
    expect(formatAgo(240_000)).toBe('4 min ago');
  });
});
