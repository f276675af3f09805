import { expect, test } from 'vitest';
import { ctRatioMeans, readCtRatio } from '../../../../../../src/renderer/metering/commissioning/draft/ct-ratio.ts';

test.each([
  ['250/5', 50],
  [' 250 A / 5 A ', 50],
  ['250:5', 50],
  ['50', 50],
  ['1', 1],
  ['62,5', 62.5],
  ['0.5', 0.5],
])('%s is the ratio %d', (typed, ratio) => {
  expect(readCtRatio(typed)).toBe(ratio);
});

test.each(['', 'abc', '250/', '/5', '0', '250/0', '-5', '250/5/2', '1e9', '200000'])('%s is no ratio', (typed) => {
  expect(readCtRatio(typed)).toBeUndefined();
});

test('it is said what a ratio means at the terminals', () => {
  expect(ctRatioMeans('250/5')).toBe('1 A here is 50 A in the cable.');
  expect(ctRatioMeans('1')).toBe('None, or the meter knows its own.');
  expect(ctRatioMeans('x')).toBe('As on them: 250/5.');
});
