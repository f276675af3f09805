import { describe, expect, test } from 'vitest';
import { easeZoom } from '../../../../../src/renderer/instruments/map/view-follower.ts';

describe('the curve of a zoom animation', () => {
  test('begins at 0, ends at 1 and never turns back', () => {
    expect(easeZoom(-1)).toBe(0);
    expect(easeZoom(2)).toBe(1);
    const steps = Array.from({ length: 101 }, (_, step) => easeZoom(step / 100));
    expect(steps.every((value, at) => at === 0 || value >= (steps[at - 1] ?? 0))).toBe(true);
    expect(steps.at(-1)).toBe(1);
  });

  test('is the curve of Leaflet’s stylesheet', () => {
    // At t = 0.5: x = 0.75 · 0.25 · 0.5 + 0.125 = 0.21875, y = 3 · 0.25 · 0.5 + 0.125 = 0.5.
    expect(easeZoom(0.21875)).toBeCloseTo(0.5, 4);
  });
});
