import { expect, test } from 'vitest';
import {
  judgeMeterFreshness,
  METER_SILENT_AFTER_MS,
  METER_STALE_AFTER_MS,
} from '../../../../../src/shared/domain/metering/meter-freshness.ts';

const NOW = 1_780_000_000_000;

test('a reading grows stale and silent exactly after its thresholds', () => {
  expect(judgeMeterFreshness(undefined, NOW)).toBe('never');
  expect(judgeMeterFreshness(NOW - METER_STALE_AFTER_MS, NOW)).toBe('fresh');
  expect(judgeMeterFreshness(NOW - METER_STALE_AFTER_MS - 1, NOW)).toBe('stale');
  expect(judgeMeterFreshness(NOW - METER_SILENT_AFTER_MS, NOW)).toBe('stale');
  expect(judgeMeterFreshness(NOW - METER_SILENT_AFTER_MS - 1, NOW)).toBe('silent');
});

test('its age counts by the wall when the clock runs faster', () => {
  expect(judgeMeterFreshness(NOW - 60 * METER_STALE_AFTER_MS, NOW, 60)).toBe('fresh');
  expect(judgeMeterFreshness(NOW - 60 * METER_STALE_AFTER_MS - 60, NOW, 60)).toBe('stale');
});

test('a reading from before the clock was put back is never fresh', () => {
  expect(judgeMeterFreshness(NOW + 3_600_000, NOW)).toBe('stale');
});
