import { expect, test } from 'vitest';
import { sayStale } from '../../../../src/renderer/fleet/fleet-tiles.tsx';

test('those that never reported are said to be among the stale, so that nobody adds them up', () => {
  expect(sayStale(200, 74, '4 min')).toBe('200 stale (74 never) · oldest 4 min');
  expect(sayStale(3, 0, '22 s')).toBe('3 stale · oldest 22 s');
  expect(sayStale(2, 2, undefined)).toBe('2 stale (never reported)');
});
