/** When a meter is read out: now and then, and close to the quarter hours on both sides. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pauseBeforeReadOut } from '../../../../../src/main/metering/lines/read-out-meter.ts';

const QUARTER_MS = 15 * 60_000;
const NOON = Date.UTC(2026, 5, 9, 12);

it.for([
  ['in the middle of a quarter, by the half minute', 300_000, 3_000, 27_000],
  ['before a boundary, so that it ends before it', QUARTER_MS - 20_000, 3_000, 13_000],
  ['just before one, behind it', QUARTER_MS - 2_000, 3_000, 3_000],
  ['when the next would end on it, first and then behind it', QUARTER_MS - 8_000, 3_000, 9_000],
  ['after one that a boundary fell into, at once', QUARTER_MS + 1_000, 3_000, 3_000],
] as const)('%s', ([, pastMs, tookMs, pauseMs]) => {
  expect(pauseBeforeReadOut(NOON + pastMs, tookMs)).toBe(pauseMs);
});

it('leaves no boundary without a read-out on each side within a minute of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 500, max: 20_000 }), fc.integer({ min: 0, max: 60_000 }), (tookMs, firstMs) => {
      const begun: number[] = [];
      for (let nowMs = NOON + firstMs; nowMs < NOON + 2 * QUARTER_MS;) {
        begun.push(nowMs);
        nowMs += tookMs;
        nowMs += pauseBeforeReadOut(nowMs, tookMs);
      }
      const boundary = NOON + QUARTER_MS;
      const before = begun.filter((one) => one < boundary).at(-1) ?? 0;
      const behind = begun.find((one) => one >= boundary) ?? Infinity;
      expect(boundary - before).toBeLessThan(30_000 + tookMs);
      expect(behind - boundary).toBeLessThan(6_000 + tookMs);
    }),
  );
});
