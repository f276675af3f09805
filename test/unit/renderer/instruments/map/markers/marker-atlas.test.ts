import { describe, expect, test } from 'vitest';
import {
  coverLooks,
  HEADING_STEPS,
  inkLooks,
  spriteOf,
  type MarkerLook,
} from '../../../../../../src/renderer/instruments/map/markers/marker-atlas.ts';

const looks: readonly MarkerLook[] = [
  { shape: 'arrow', outline: 'filled', opacity: 1 },
  { shape: 'ring', outline: 'filled', opacity: 1 },
  { shape: 'arrow', outline: 'dashed', opacity: 0.5 },
];
const coverage = coverLooks(looks, 1);
const atlas = inkLooks(coverage, [10, 20, 30]);

describe('marker atlas', () => {
  test('has a sprite per heading for what points somewhere, and one for what does not', () => {
    expect([...atlas.headings]).toEqual([HEADING_STEPS, 1, HEADING_STEPS]);
    expect([...atlas.firstSprite]).toEqual([0, HEADING_STEPS, HEADING_STEPS + 1]);
    expect(atlas.start.length).toBe(2 * HEADING_STEPS + 1);
  });

  test('finds the nearest heading, around north too', () => {
    expect(spriteOf(atlas, 0, 0)).toBe(0);
    expect(spriteOf(atlas, 0, 0.25)).toBe(HEADING_STEPS / 4);
    expect(spriteOf(atlas, 0, 0.999)).toBe(0);
    expect(spriteOf(atlas, 0, -0.25)).toBe((HEADING_STEPS * 3) / 4);
    expect(spriteOf(atlas, 1, 0.7)).toBe(HEADING_STEPS);
  });

  test('puts opaque pixels first, in one ink, and leaves out what is empty', () => {
    for (let sprite = 0; sprite < atlas.start.length; sprite++) {
      const [start = 0, solidEnd = 0, end = 0] = [atlas.start[sprite], atlas.solidEnd[sprite], atlas.end[sprite]];
      expect(start).toBeLessThanOrEqual(solidEnd);
      for (let pixel = start; pixel < end; pixel++) {
        const colour = atlas.colour[pixel] ?? 0;
        expect(colour & 0xffffff).toBe((30 << 16) | (20 << 8) | 10);
        expect(colour >>> 24 === 255).toBe(pixel < solidEnd);
        expect(colour >>> 24).toBeGreaterThan(0);
      }
    }
  });

  test('what is fainter has no opaque pixel at all', () => {
    const sprite = spriteOf(atlas, 2, 0);
    expect(atlas.start[sprite]).toBe(atlas.solidEnd[sprite]);
  });

  test('another ink changes colours and nothing else', () => {
    const light = inkLooks(coverage, [200, 100, 50]);
    expect([...light.pixelX]).toEqual([...atlas.pixelX]);
    expect([...light.end]).toEqual([...atlas.end]);
    expect((light.colour[0] ?? 0) & 0xffffff).toBe((50 << 16) | (100 << 8) | 200);
  });

  test('grows with the device pixel ratio', () => {
    expect(inkLooks(coverLooks(looks.slice(1, 2), 2), [0, 0, 0]).side).toBe(2 * atlas.side);
  });
});
