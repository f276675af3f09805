import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  energyBetween,
  fromMilliwattHours,
  toMilliwattHours,
} from '../../../../../src/shared/domain/metering/energy-between.ts';

const stand = (mwh: number, seriesId = 1) => ({ mwh, seriesId });

describe('the energy between two readings', () => {
  it('is what the register rose by', () => {
    expect(energyBetween(stand(7), stand(19))).toEqual({ ok: true, value: 12 });
    expect(energyBetween(stand(7), stand(7))).toEqual({ ok: true, value: 0 });
  });

  it('goes on over a roll-over of known modulus', () => {
    expect(energyBetween(stand(995), stand(4, 2), 1000)).toEqual({ ok: true, value: 9 });
    expect(energyBetween(stand(5), stand(9, 2), 1000)).toEqual({ ok: true, value: 4 });
  });

  it('is refused with its reason where it cannot be known', () => {
    expect(energyBetween(stand(7), stand(9, 2))).toMatchObject({ ok: false, code: 'other-series' });
    expect(energyBetween(stand(7), stand(6))).toMatchObject({ ok: false, code: 'register-fell' });
    expect(energyBetween(stand(700), stand(699, 2), 1000)).toMatchObject({ ok: false, code: 'register-fell' });
    expect(energyBetween(stand(1000), stand(6, 2), 1000)).toMatchObject({ ok: false, code: 'beyond-modulus' });
  });

  it('is never negative, and parts add up to the whole', () => {
    const register = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(register, register, register, (a, b, c) => {
        const [low, middle, high] = [a, b, c].toSorted((x, y) => x - y) as [number, number, number];
        const value = (from: number, to: number) => {
          const energy = energyBetween(stand(from), stand(to));
          return energy.ok ? energy.value : NaN;
        };
        expect(value(low, middle) + value(middle, high)).toBe(value(low, high));
        expect(value(low, high)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('survives the way to watt-hours and back', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (mwh) => {
        const whole = mwh % 1e15;
        expect(toMilliwattHours(fromMilliwattHours(whole))).toBe(whole);
      }),
    );
  });
});
