import { describe, expect, test } from 'vitest';
import { proposeReview, whyNotReady } from '../../../../src/renderer/insight/review-draft.ts';
import { energyWh, powerW } from '../../../../src/shared/kernel/quantity.ts';

const NOW_MS = Date.parse('2026-06-09T08:07:00Z');
const gap = (hours: readonly number[]) => ({
  byHour: Array.from({ length: 24 }, (_, hour) => (hours.includes(hour) ? 1 : 0)),
  energyWh: energyWh(590_400),
  peakPowerW: powerW(209_500),
});

describe('a review', () => {
  test('is proposed from the hours, the energy a day and the power of what failed', () => {
    expect(proposeReview(gap([13, 15, 19]), 7, NOW_MS)).toMatchObject({
      fromHour: 13,
      toHour: 20,
      energyKwhPerDay: 85,
      powerKw: 210,
      windowFromMs: NOW_MS,
      windowToMs: NOW_MS + 90 * 86_400_000,
    });
  });

  test('reaches to the end of the day, and is of a whole day at least', () => {
    expect(proposeReview(gap([0, 23]), 0.5, NOW_MS)).toMatchObject({ fromHour: 0, toHour: 24, energyKwhPerDay: 591 });
  });

  test('says what it lacks', () => {
    const proposed = proposeReview(gap([13]), 7, NOW_MS);
    expect(whyNotReady(proposed)).toBeUndefined();
    expect(whyNotReady({ ...proposed, toHour: 13 })).toContain('hours');
    expect(whyNotReady({ ...proposed, energyKwhPerDay: 0 })).toContain('energy');
    expect(whyNotReady({ ...proposed, powerKw: Number.NaN })).toContain('power');
    expect(whyNotReady({ ...proposed, windowToMs: NOW_MS })).toContain('window');
  });
});
