import { describe, expect, test } from 'vitest';
import {
  coverMarker,
  MARKER_REACH,
  type MarkerOutline,
  type MarkerShape,
} from '../../../../../../src/renderer/instruments/map/markers/marker-shapes.ts';

const BOXES: readonly MarkerShape[] = ['box', 'box-third', 'box-two-thirds', 'box-full'];
const SHAPES: readonly MarkerShape[] = ['arrow', 'ring', 'plug', 'bolt', ...BOXES, 'cross'];
const OUTLINES: readonly MarkerOutline[] = ['filled', 'dashed'];
const side = 2 * MARKER_REACH;

const total = (coverage: Uint8Array) => coverage.reduce((sum, cover) => sum + cover, 0);

/** Mean place of what is covered, from the middle of the box. */
function centroid(coverage: Uint8Array): readonly [number, number] {
  const sum = total(coverage);
  let [x, y] = [0, 0];
  coverage.forEach((cover, at) => {
    x += cover * ((at % side) + 0.5 - side / 2);
    y += cover * (Math.floor(at / side) + 0.5 - side / 2);
  });
  return [x / sum, y / sum];
}

describe('marker shapes', () => {
  test.for(SHAPES.flatMap((shape) => OUTLINES.map((outline) => [shape, outline] as const)))(
    '%s, %s, stays within its box at every heading',
    ([shape, outline]) => {
      for (let heading = 0; heading < 360; heading += 15) {
        const inside = coverMarker(shape, outline, heading, 1, side);
        const withRoom = coverMarker(shape, outline, heading, 1, side + 8);
        expect(total(inside)).toBeGreaterThan(0);
        expect(total(withRoom)).toBe(total(inside));
      }
    },
  );

  test('are anti-aliased', () => {
    const coverage = coverMarker('arrow', 'filled', 30, 1, side);
    expect(coverage.some((cover) => cover > 0 && cover < 255)).toBe(true);
    expect(coverage.some((cover) => cover === 255)).toBe(true);
  });

  test('the arrow points where it is told: its mass lies behind its tip', () => {
    const massAt = (heading: number) => centroid(coverMarker('arrow', 'filled', heading, 1, side));
    expect(massAt(0)[1]).toBeGreaterThan(0.4);
    expect(massAt(90)[0]).toBeLessThan(-0.4);
    expect(massAt(180)[1]).toBeLessThan(-0.4);
    expect(massAt(270)[0]).toBeGreaterThan(0.4);
  });

  test('a turn changes the direction and not the size', () => {
    const north = total(coverMarker('arrow', 'filled', 0, 1, side));
    for (let heading = 5; heading < 360; heading += 35)
      expect(total(coverMarker('arrow', 'filled', heading, 1, side)) / north).toBeCloseTo(1, 1);
  });

  test('a dashed shape is hollow: its middle is empty and there is less of it', () => {
    for (const shape of SHAPES) {
      const dashed = coverMarker(shape, 'dashed', 0, 2, side * 2);
      expect(total(dashed)).toBeGreaterThan(0);
    }
    expect(coverMarker('arrow', 'dashed', 0, 1, side)[side * (side / 2) + side / 2]).toBe(0);
  });

  test('are told apart by shape alone', () => {
    // Dashed, a box says that its level is not known, whichever it was.
    const levels = BOXES.slice(1).map((shape) => coverMarker(shape, 'filled', 0, 1, side));
    const others = SHAPES.filter((shape) => !BOXES.slice(1).includes(shape));
    const all = levels.concat(
      others.flatMap((shape) => OUTLINES.map((outline) => coverMarker(shape, outline, 0, 1, side))),
    );
    all.forEach((one, at) => {
      for (const other of all.slice(at + 1)) {
        const difference = one.reduce((sum, cover, pixel) => sum + Math.abs(cover - (other[pixel] ?? 0)), 0);
        expect(difference / 255).toBeGreaterThan(8);
      }
    });
  });

  test('a box is filled from below, a third at a time', () => {
    const cover = BOXES.map((shape) => total(coverMarker(shape, 'filled', 0, 4, side * 4)));
    const step = ((cover[3] ?? 0) - (cover[0] ?? 0)) / 3;
    expect(cover.map((each) => Math.round((each - (cover[0] ?? 0)) / step))).toEqual([0, 1, 2, 3]);
    const [, below] = centroid(coverMarker('box-third', 'filled', 0, 1, side));
    expect(below).toBeGreaterThan(0.5);
  });
});
