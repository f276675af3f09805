import { expect, test } from 'vitest';
import { breakGaps } from '../../../../../src/renderer/instruments/chart/break-gaps.ts';

test('a long silence breaks the line and is told', () => {
  const broken = breakGaps([0, 10, 100, 110], [[1, 2, 3, 4]], 20);
  expect(broken.atMs).toEqual([0, 10, 11, 100, 110]);
  expect(broken.series).toEqual([[1, 2, null, 3, 4]]);
  expect(broken.gaps).toEqual([{ fromMs: 10, toMs: 100 }]);
});

test('a step of exactly the longest honest one is no gap', () => {
  expect(breakGaps([0, 20], [[1, 2]], 20).gaps).toEqual([]);
  expect(breakGaps([], [[]], 20).atMs).toEqual([]);
});
