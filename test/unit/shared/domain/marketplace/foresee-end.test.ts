import { describe, expect, it } from 'vitest';
import { energyWh } from '../../../../../src/shared/kernel/quantity.ts';
import { foreseeEnd } from '../../../../../src/shared/domain/marketplace/foresee-end.ts';

const HOUR_MS = 3_600_000;
/** 20 kWh in its first hour. */
const session = { startAtMs: 0, updatedAtMs: HOUR_MS, energyWh: energyWh(20_000) };
const vehicle = { usableCapacityWh: energyWh(60_000) };

describe('the end of a running session', () => {
  it('is when the battery is full at the power so far', () => {
    expect(foreseeEnd(session, vehicle, undefined)).toBe(3 * HOUR_MS);
  });

  it('goes by what the vehicle said of its battery since the session began', () => {
    expect(foreseeEnd(session, vehicle, { atMs: HOUR_MS / 2, socPercent: 50 })).toBe(2 * HOUR_MS);
    expect(foreseeEnd(session, vehicle, { atMs: -1, socPercent: 99 })).toBe(3 * HOUR_MS);
  });

  it('is not before the session was last heard of', () => {
    expect(foreseeEnd(session, vehicle, { atMs: HOUR_MS / 2, socPercent: 100 })).toBe(HOUR_MS);
    expect(foreseeEnd({ ...session, energyWh: energyWh(90_000) }, vehicle, undefined)).toBe(HOUR_MS);
  });

  it('is not foreseen before there is a power', () => {
    expect(foreseeEnd({ ...session, energyWh: energyWh(0) }, vehicle, undefined)).toBeUndefined();
    expect(foreseeEnd({ ...session, updatedAtMs: 59_999 }, vehicle, undefined)).toBeUndefined();
  });
});
