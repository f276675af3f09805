import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverLooks, inkLooks } from '../../../../../../src/renderer/instruments/map/markers/marker-atlas.ts';
import {
  makeMarkerFrame,
  NO_SPRITE,
  type MarkerFrame,
} from '../../../../../../src/renderer/instruments/map/markers/marker-frame.ts';
import {
  blendOver,
  offsetsFor,
  paintChanges,
  paintWhole,
} from '../../../../../../src/renderer/instruments/map/markers/pixel-painter.ts';

const atlas = inkLooks(
  coverLooks(
    [
      { shape: 'ring', outline: 'filled', opacity: 1 },
      { shape: 'bolt', outline: 'dashed', opacity: 0.5 },
    ],
    1,
  ),
  [100, 150, 200],
);
const [width, height] = [300, 200];
const offsets = offsetsFor(atlas, width);

const framebuffer = () => ({ pixels: new Uint32Array(width * height), width, height });

type Marker = { readonly x: number; readonly y: number; readonly sprite: number };

function frameOf(markers: readonly Marker[]): MarkerFrame {
  const frame = makeMarkerFrame(markers.length);
  frame.count = markers.length;
  markers.forEach(({ x, y, sprite }, row) => {
    frame.x[row] = x;
    frame.y[row] = y;
    frame.sprite[row] = sprite;
  });
  return frame;
}

/** Where anything was painted, as x and y. */
function paintedPlaces(pixels: Uint32Array): readonly (readonly [number, number])[] {
  return Array.from(pixels, (pixel, at) => ({ pixel, at }))
    .filter(({ pixel }) => pixel !== 0)
    .map(({ at }) => [at % width, Math.floor(at / width)] as const);
}

const marker = fc.record({
  x: fc.integer({ min: -atlas.side + 1, max: width - 1 }),
  y: fc.integer({ min: -atlas.side + 1, max: height - 1 }),
  sprite: fc.constantFrom(0, 1, NO_SPRITE),
});

describe('pixel painter', () => {
  test('puts a sprite where it is told, and nothing beside it', () => {
    const into = framebuffer();
    paintWhole(into, atlas, offsets, frameOf([{ x: 40, y: 50, sprite: 0 }]));
    const beside = paintedPlaces(into.pixels).filter(
      ([x, y]) => x < 40 || y < 50 || x >= 40 + atlas.side || y >= 50 + atlas.side,
    );
    expect(beside).toEqual([]);
    expect(into.pixels.filter((pixel) => pixel !== 0).length).toBe((atlas.end[0] ?? 0) - (atlas.start[0] ?? 0));
  });

  test('cuts a sprite at the edges instead of wrapping it around', () => {
    fc.assert(
      fc.property(marker, (one) => {
        const into = framebuffer();
        paintWhole(into, atlas, offsets, frameOf([one]));
        const wrapped = paintedPlaces(into.pixels).filter(
          ([x, y]) => Math.abs(x - one.x) >= atlas.side || Math.abs(y - one.y) >= atlas.side,
        );
        expect(wrapped).toEqual([]);
      }),
    );
  });

  test('repainting the changes gives the pixels of repainting everything', () => {
    fc.assert(
      fc.property(
        fc.array(marker, { maxLength: 25 }),
        fc.array(fc.tuple(fc.nat(24), marker), { maxLength: 4 }),
        (markers, moves) => {
          const before = frameOf(markers);
          const moved = [...markers];
          for (const [row, to] of moves) if (row < moved.length) moved[row] = to;
          const after = frameOf(moved);
          const [partly, whole] = [framebuffer(), framebuffer()];
          paintWhole(partly, atlas, offsets, before);
          const rectangles = paintChanges(partly, atlas, before, after);
          if (rectangles === undefined) return;
          paintWhole(whole, atlas, offsets, after);
          expect(partly.pixels).toEqual(whole.pixels);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('what it did not name has not changed', () => {
    const [before, after] = [frameOf([{ x: 10, y: 10, sprite: 0 }]), frameOf([{ x: 13, y: 10, sprite: 0 }])];
    const into = framebuffer();
    paintWhole(into, atlas, offsets, before);
    const was = into.pixels.slice();
    const rectangles = paintChanges(into, atlas, before, after) ?? [];
    expect(rectangles.length).toBeGreaterThan(0);
    const unnamed = Array.from(into.pixels, (pixel, at) => ({ pixel, at })).filter(({ pixel, at }) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      const isNamed = rectangles.some(
        (box) => x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height,
      );
      return !isNamed && pixel !== was[at];
    });
    expect(unnamed).toEqual([]);
  });

  test('the same frame twice paints nothing; a wholly new one asks for a whole repaint', () => {
    const crowd = Array.from({ length: 60 }, (_, row) => ({
      x: (row % 10) * 28,
      y: Math.floor(row / 10) * 30,
      sprite: 0,
    }));
    const into = framebuffer();
    expect(paintChanges(into, atlas, frameOf(crowd), frameOf(crowd))).toEqual([]);
    const moved = crowd.map((one) => ({ ...one, x: one.x + 5 }));
    expect(paintChanges(into, atlas, frameOf(crowd), frameOf(moved))).toBeUndefined();
  });
});

describe('blending', () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });

  test('opaque covers, transparent leaves', () => {
    fc.assert(
      fc.property(word, word, (over, under) => {
        expect(blendOver((over | 0xff000000) >>> 0, under)).toBe((over | 0xff000000) >>> 0);
        const visible = (under | 0x01000000) >>> 0;
        expect(blendOver((over & 0xffffff) >>> 0, visible)).toBe(visible);
      }),
    );
  });

  test('is the premultiplied formula to within rounding', () => {
    fc.assert(
      fc.property(word, word, (over, under) => {
        const out = blendOver(over, under);
        const [a, b] = [(over >>> 24) / 255, (under >>> 24) / 255];
        const alpha = a + b * (1 - a);
        expect((out >>> 24) / 255).toBeCloseTo(alpha, 2);
        fc.pre(alpha > 0.01);
        const red = ((over & 0xff) * a + (under & 0xff) * b * (1 - a)) / alpha;
        expect(Math.abs((out & 0xff) - red)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
