import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clipLine,
  clipRing,
  projectLine,
  thinLine,
} from '../../../../../../src/renderer/instruments/map/base/projected-line.ts';

const view = { scale: 4000, left: 1900, top: 1900, width: 300, height: 200 };
const position = fc.tuple(fc.double({ min: -60, max: 60, noNaN: true }), fc.double({ min: -60, max: 60, noNaN: true }));

describe('projected lines', () => {
  test('a clipped ring stays inside the view and its bleed', () => {
    fc.assert(
      fc.property(fc.array(position, { minLength: 3, maxLength: 40 }), (positions) => {
        const points = clipRing(projectLine(positions), view);
        points.forEach((value, at) => {
          expect(value).toBeGreaterThanOrEqual(-8.001);
          expect(value).toBeLessThanOrEqual((at % 2 === 0 ? view.width : view.height) + 8.001);
        });
      }),
    );
  });

  test('a ring around the whole view fills it', () => {
    const around = projectLine([
      [-170, -80],
      [170, -80],
      [170, 80],
      [-170, 80],
    ]);
    expect(clipRing(around, view).length).toBe(8);
  });

  test('what is far away costs nothing', () => {
    const far = projectLine([
      [150, 10],
      [160, 10],
      [160, 20],
    ]);
    expect(clipRing(far, view)).toEqual([]);
    expect(clipLine(far, view)).toEqual([]);
  });

  test('a line that leaves and comes back is two pieces', () => {
    const line = projectLine([
      [0, 0],
      [5, 0],
      [120, 1],
      [120, 40],
      [5, -3],
      [0, -3],
    ]);
    expect(clipLine(line, view).length).toBe(2);
  });

  test('thinning keeps both ends and never moves a point', () => {
    fc.assert(
      fc.property(fc.array(position, { minLength: 2, maxLength: 60 }), (positions) => {
        const line = projectLine(positions);
        const thin = thinLine(line, 0.01);
        expect([thin.x[0], thin.x.at(-1)]).toEqual([line.x[0], line.x.at(-1)]);
        expect([...thin.x].every((x) => line.x.includes(x))).toBe(true);
        expect(thin.x.length).toBeLessThanOrEqual(line.x.length);
      }),
    );
  });
});
