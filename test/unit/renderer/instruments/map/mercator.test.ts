import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blendViews,
  latitudeOf,
  longitudeOf,
  mercatorX,
  mercatorY,
  worldPixels,
} from '../../../../../src/renderer/instruments/map/mercator.ts';

const latitude = fc.double({ min: -85, max: 85, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });

describe('mercator', () => {
  test('comes back to the same place within a centimetre', () => {
    fc.assert(
      fc.property(latitude, longitude, (lat, lon) => {
        expect(latitudeOf(mercatorY(lat))).toBeCloseTo(lat, 7);
        expect(longitudeOf(mercatorX(lon))).toBeCloseTo(lon, 7);
      }),
    );
  });

  test('puts a place where EPSG:3857 has it', () => {
    // The example of EPSG guidance note 7-2 for this projection: 24°22'54.433" N, 100°20'00" W.
    const metres = (unit: number) => (unit - 0.5) * 2 * Math.PI * 6378137;
    expect(metres(mercatorX(-(100 + 20 / 60)))).toBeCloseTo(-11169055.58, 1);
    expect(-metres(mercatorY(24 + 22 / 60 + 54.433 / 3600))).toBeCloseTo(2800000.0, 1);
    expect(mercatorX(0)).toBe(0.5);
    expect(mercatorY(0)).toBe(0.5);
  });

  test('keeps the poles inside the square', () => {
    expect(mercatorY(90)).toBeCloseTo(0, 9);
    expect(mercatorY(-90)).toBeCloseTo(1, 9);
  });

  test('north is above south', () => {
    fc.assert(fc.property(latitude, latitude, (a, b) => a <= b + 1e-9 || mercatorY(a) < mercatorY(b)));
  });

  test('a blend moves every point in a straight line between its two places', () => {
    const from = { scale: worldPixels(12), left: 1000, top: 2000, width: 10, height: 10 };
    const to = { scale: worldPixels(13), left: 2500, top: 4100, width: 10, height: 10 };
    const screen = (view: typeof from, x: number) => x * view.scale - view.left;
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (x, part) => {
        const straight = screen(from, x) + (screen(to, x) - screen(from, x)) * part;
        expect(screen(blendViews(from, to, part), x)).toBeCloseTo(straight, 5);
      }),
    );
  });
});
