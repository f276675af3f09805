import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPositionBatch } from '../../../../src/main/fleet/position-batch.ts';
import type { PositionValues } from '../../../../src/main/fleet/position-columns.ts';

const values: fc.Arbitrary<PositionValues> = fc.tuple(
  fc.integer({ min: 1, max: 5 }),
  fc.integer({ min: 1_420_070_400_000, max: 4_102_444_800_000 }),
  fc.integer({ min: -900_000_000, max: 900_000_000 }),
  fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }),
  fc.integer({ min: 0, max: 3000 }),
  fc.integer({ min: 0, max: 359 }),
  fc.integer({ min: 0, max: 10_000 }),
  fc.integer({ min: -60, max: 120 }),
  fc.integer({ min: 0, max: 3 }),
);

describe('position batch', () => {
  it('gives back what it took, also through what it packs, in the order in which it came', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 50 }), fc.nat(50), (taken, cut) => {
        const batch = createPositionBatch();
        for (const one of taken) batch.append(one);
        const from = Math.min(cut, taken.length);
        const again = createPositionBatch();
        for (const one of taken.slice(0, from)) again.append(one);
        again.unpack(batch.pack(from));
        for (const read of [batch, again]) {
          expect(read.count()).toBe(taken.length);
          for (const vehicle of [1, 2, 3, 4, 5])
            expect(read.positionsOf(vehicle)).toEqual(taken.filter(([number]) => number === vehicle));
          expect(read.vehicles()).toEqual([1, 2, 3, 4, 5].filter((vehicle) => taken.some(([one]) => one === vehicle)));
          for (const [vehicle, atMs] of taken) expect(read.holds(vehicle, atMs)).toBe(true);
          expect(read.holds(6, 0)).toBe(false);
        }
      }),
    );
  });

  it('grows past its first size', () => {
    const batch = createPositionBatch();
    for (let index = 0; index < 10_000; index++) batch.append([index % 7, index, -5, 6, 1, 2, 3, -4, 0]);
    expect(batch.positionsOf(3).length).toBe(1429);
    expect(batch.positionsOf(3).at(-1)).toEqual([3, 9999, -5, 6, 1, 2, 3, -4, 0]);
  });
});
