import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargeRate, socAfter } from '../../../../../src/main/demo/fleet/battery-model.ts';
import { curveSoc, layCurve, type ToldLimits } from '../../../../../src/main/demo/fleet/charge-curve.ts';

const MINUTE = 60_000;
const rate = chargeRate(80, 0.95, 350);
const stay = { startMs: 0, soc: 0.3, rate, toSoc: 0.99, latestMs: 600 * MINUTE };
const told = (atMs: number, toMs: number, ...periods: [number, number][]): ToldLimits => ({
  atMs,
  toMs,
  periods: periods.map(([fromMs, share]) => ({ fromMs, limit: share * rate })),
  fallback: rate / 4,
});

const anyTold = fc
  .array(
    fc.record({
      at: fc.nat(500),
      lasts: fc.integer({ min: 1, max: 120 }),
      shares: fc.array(fc.double({ min: 0, max: 1.5, noNaN: true }), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 8 },
  )
  .map((list) =>
    list
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, lasts, shares }) =>
        told(
          at * MINUTE,
          (at + lasts) * MINUTE,
          ...shares.map((share, index): [number, number] => [(at + index * 15) * MINUTE, share]),
        ),
      ),
  );

describe('a charge that is told how much to give', () => {
  it('is the plain one where nothing limits it', () => {
    const curve = layCurve({ ...stay, first: [{ fromMs: 0, limit: Infinity }], told: [] });
    for (let minute = 0; minute * MINUTE < curve.endMs; minute += 7)
      expect(curveSoc(curve, rate, minute * MINUTE)).toBeCloseTo(socAfter(0.3, rate, minute * 60), 12);
  });

  it('follows its profile, then its fallback, and stands still at nothing', () => {
    const curve = layCurve({
      ...stay,
      first: [{ fromMs: 0, limit: 0 }],
      told: [told(60 * MINUTE, 120 * MINUTE, [60 * MINUTE, 0.5], [90 * MINUTE, 0])],
    });
    const at = (minute: number) => curveSoc(curve, rate, minute * MINUTE);
    expect([at(0), at(60)]).toEqual([0.3, 0.3]);
    expect(at(90)).toBeCloseTo(0.3 + 0.5 * rate * 1800, 12);
    expect(at(120)).toBe(at(90));
    expect(at(180)).toBeCloseTo(at(120) + (rate / 4) * 3600, 12);
  });

  it('never takes more than it was told, never falls, and ends with what it shows', () => {
    fc.assert(
      fc.property(anyTold, (limits) => {
        const curve = layCurve({ ...stay, first: [{ fromMs: 0, limit: rate / 4 }], told: limits });
        for (let minute = 0; minute < 600; minute++) {
          const atMs = minute * MINUTE;
          if (atMs + MINUTE > curve.endMs) break;
          const gained = curveSoc(curve, rate, atMs + MINUTE) - curveSoc(curve, rate, atMs);
          const last = limits.findLast((each) => each.atMs <= atMs);
          const limit =
            last === undefined || atMs >= last.toMs
              ? rate / 4
              : (last.periods.findLast(({ fromMs }) => fromMs <= atMs)?.limit ?? rate / 4);
          expect(gained).toBeGreaterThanOrEqual(0);
          expect(gained).toBeLessThanOrEqual(Math.min(limit, rate) * 60 + 1e-12);
        }
        expect(curveSoc(curve, rate, curve.endMs)).toBe(curve.socEnd);
      }),
    );
  });

  it('is the same up to an instant, whatever is told after it', () => {
    fc.assert(
      fc.property(anyTold, fc.nat(500), (limits, minute) => {
        const atMs = minute * MINUTE;
        const first = [{ fromMs: 0, limit: rate / 4 }];
        const whole = layCurve({ ...stay, first, told: limits });
        const before = layCurve({ ...stay, first, told: limits.filter((each) => each.atMs < atMs) });
        for (let at = 0; at <= Math.min(atMs, whole.endMs, before.endMs); at += 5 * MINUTE)
          expect(curveSoc(whole, rate, at)).toBe(curveSoc(before, rate, at));
      }),
    );
  });
});
