import { expect, test } from 'vitest';
import { niceScale } from '../../../../../src/renderer/instruments/chart/nice-scale.ts';

test('ticks are round, begin at nought and hold every value', () => {
  expect(niceScale([412, 980], 4)).toEqual({ range: [0, 1000], ticks: [0, 250, 500, 750, 1000] });
  expect(niceScale([3.1], 4)).toEqual({ range: [0, 4], ticks: [0, 1, 2, 3, 4] });
});

test('a level line at a tick does not hide in the frame', () => {
  expect(niceScale([1000], 4).range[1]).toBeGreaterThan(1000);
});

test('values below nought get room, and no tick is a negative nought', () => {
  const { range, ticks } = niceScale([-120, 300], 4);
  expect(range[0]).toBeLessThanOrEqual(-120);
  expect(range[1]).toBeGreaterThanOrEqual(300);
  expect(ticks.some((tick) => Object.is(tick, -0))).toBe(false);
});

test('nothing known still has a scale', () => {
  expect(niceScale([], 4)).toEqual({ range: [0, 1], ticks: [0, 1] });
});
