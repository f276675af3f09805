import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thinInstants } from '../../../../../src/main/metering/readings/meter-history.ts';

test('few points all stay', () => {
  expect(thinInstants([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(thinInstants([], 2)).toEqual([]);
});

test('a gap keeps both its sides', () => {
  const day = Array.from({ length: 1000 }, (_, index) => index * 10_000 + (index >= 333 ? 3_600_000 : 0));
  const kept = thinInstants(day, 50);
  expect(kept).toContain(3_320_000);
  expect(kept).toContain(3_330_000 + 3_600_000);
  expect(kept.length).toBeGreaterThan(40);
});

test('of more gaps than points the longest stay', () => {
  const restless = Array.from({ length: 300 }, (_, index) => index * 1_000 + Math.floor(index / 10) ** 2 * 10_000);
  const kept = thinInstants(restless, 12);
  expect(kept.length).toBeLessThanOrEqual(12);
  expect(kept).toContain(restless[289]);
  expect(kept).toContain(restless[290]);
});

test('at most as many as asked for, in order, the first and the last among them', () => {
  const apart = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(apart, fc.integer({ min: 2, max: 60 }), (steps, maxPoints) => {
      let atMs = 0;
      const instants = steps.map((step) => (atMs += step));
      const kept = thinInstants(instants, maxPoints);
      expect(kept.length).toBeLessThanOrEqual(maxPoints);
      expect(kept.length).toBe(new Set(kept).size);
      expect([kept[0], kept.at(-1)]).toEqual([instants[0], instants.at(-1)]);
      expect(kept).toEqual(kept.toSorted((a, b) => a - b));
      for (const instant of kept) expect(instants).toContain(instant);
    }),
  );
});
