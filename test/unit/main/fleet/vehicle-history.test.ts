import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../src/shared/domain/fleet/position.ts';
import { thinHistory } from '../../../../src/main/fleet/vehicle-history.ts';

function track(length: number): Position[] {
  return Array.from({ length }, (_, index) => ({
    vehicleNumber: 1,
    atMs: index,
    latitude: 0,
    longitude: 0,
    speedKmh: 0,
    headingDeg: 0,
    socPercent: 50,
    batteryTempC: 20,
    activity: 'idle',
  }));
}

describe('thinHistory', () => {
  it('keeps the first and the last, the order, and at most what was asked for', () => {
    fc.assert(
      fc.property(fc.nat({ max: 3000 }), fc.integer({ min: 2, max: 500 }), (length, maxPoints) => {
        const { points, storedCount } = thinHistory(track(length), maxPoints);
        expect(storedCount).toBe(length);
        expect(points.length).toBeLessThanOrEqual(maxPoints);
        expect(points[0]?.atMs).toBe(length === 0 ? undefined : 0);
        expect(points.at(-1)?.atMs).toBe(length === 0 ? undefined : length - 1);
        for (let index = 1; index < points.length; index++)
          expect(points[index]?.atMs).toBeGreaterThan(points[index - 1]?.atMs ?? -1);
      }),
    );
  });
});
