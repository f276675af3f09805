import { expect, test } from 'vitest';
import { chooseSpan } from '../../../../../src/renderer/metering/meter/meter-power-chart.tsx';

const MINUTE_MS = 60_000;
const NOW_MS = 100 * 3_600_000;

test('a store that reaches back far enough gets the whole span', () => {
  expect(chooseSpan(NOW_MS - 58 * MINUTE_MS, NOW_MS, 1)).toEqual({
    fromMs: NOW_MS - 60 * MINUTE_MS,
    sinceMs: undefined,
  });
  expect(chooseSpan(undefined, NOW_MS, 6)).toEqual({ fromMs: NOW_MS - 360 * MINUTE_MS, sinceMs: undefined });
});

test('a young store gets an axis of its own age, of ten minutes at least', () => {
  const half = NOW_MS - 30 * MINUTE_MS;
  expect(chooseSpan(half, NOW_MS, 1)).toEqual({ fromMs: half, sinceMs: half });
  const young = NOW_MS - MINUTE_MS;
  expect(chooseSpan(young, NOW_MS, 24)).toEqual({ fromMs: NOW_MS - 10 * MINUTE_MS, sinceMs: young });
});
