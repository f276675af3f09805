import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { formatAge, formatAgo, nowMs, onTick } from '../../../../../src/renderer/instruments/clock/profile-clock.ts';

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

describe('a tick', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('is one instant for all that hear it, however long they take', () => {
    vi.useFakeTimers({ now: 1_780_000_000_000 });
    vi.stubGlobal('window', globalThis);
    const heard: number[] = [];
    const listen = () => {
      heard.push(nowMs());
      vi.setSystemTime(Date.now() + 20);
    };
    const stops = [onTick(500, listen), onTick(500, () => listen())];
    vi.advanceTimersByTime(500);
    expect(heard).toEqual([1_780_000_000_500, 1_780_000_000_500]);
    expect(nowMs()).toBe(1_780_000_000_540);
    for (const stop of stops) stop();
  });
});
