import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judgeFreshness,
  MAX_AHEAD_MS,
  SILENT_AFTER_MS,
  STALE_AFTER_MS,
} from '../../../../../src/shared/domain/fleet/freshness.ts';

const NOW = 1_780_000_000_000;
const ORDER = ['fresh', 'stale', 'silent'];

describe('judgeFreshness', () => {
  it('changes exactly after its thresholds', () => {
    expect(judgeFreshness(NOW - STALE_AFTER_MS, NOW)).toBe('fresh');
    expect(judgeFreshness(NOW - STALE_AFTER_MS - 1, NOW)).toBe('stale');
    expect(judgeFreshness(NOW - SILENT_AFTER_MS, NOW)).toBe('stale');
    expect(judgeFreshness(NOW - SILENT_AFTER_MS - 1, NOW)).toBe('silent');
  });

  it('tells a vehicle that never reported from one that is late', () => {
    expect(judgeFreshness(undefined, NOW)).toBe('never');
    expect(judgeFreshness(0, NOW)).toBe('never');
  });

  it('measures lateness by the wall when the clock runs faster', () => {
    expect(judgeFreshness(NOW - 60 * STALE_AFTER_MS, NOW, 60)).toBe('fresh');
    expect(judgeFreshness(NOW - 60 * STALE_AFTER_MS - 60, NOW, 60)).toBe('stale');
  });

  it('takes what is further ahead than a clock may be for nothing certain', () => {
    expect(judgeFreshness(NOW + MAX_AHEAD_MS, NOW)).toBe('fresh');
    expect(judgeFreshness(NOW + MAX_AHEAD_MS + 1, NOW)).toBe('stale');
    expect(judgeFreshness(NOW + 48 * 3_600_000, NOW, 60)).toBe('stale');
  });

  it('never gets fresher while time passes without a report', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e7 }), fc.integer({ min: 0, max: 1e7 }), (age, later) => {
        const before = ORDER.indexOf(judgeFreshness(NOW - age, NOW));
        const after = ORDER.indexOf(judgeFreshness(NOW - age, NOW + later));
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
