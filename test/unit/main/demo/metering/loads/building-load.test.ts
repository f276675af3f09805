import { describe, expect, it } from 'vitest';
import { createDemoWorld } from '../../../../../../src/main/demo/demo-world.ts';
import { createBuildingLoad } from '../../../../../../src/main/demo/metering/loads/building-load.ts';

const world = createDemoWorld(7, 200);
const DAY_MS = 86_400_000;
const MIDNIGHT_BERLIN_MS = Date.UTC(2026, 5, 8, 22);

describe('what a building takes', () => {
  it('follows the local day: little at night, most in the afternoon', () => {
    const berlin = createBuildingLoad(world, 1);
    const hour = (local: number): number => berlin.powerW(MIDNIGHT_BERLIN_MS + local * 3_600_000);
    expect(hour(2)).toBeLessThan(hour(13) / 2);
    expect(hour(2)).toBeGreaterThan(5000);
    expect(hour(13)).toBeLessThan(60_000);
    const bengaluru = createBuildingLoad(world, 0);
    // 22:30 UTC is 04:00 there.
    expect(bengaluru.powerW(Date.UTC(2026, 5, 8, 22, 30))).toBeLessThan(bengaluru.powerW(Date.UTC(2026, 5, 9, 8)));
  });

  it('counts the integral of its power, however the time is cut', () => {
    const load = createBuildingLoad(world, 0);
    const fromMs = MIDNIGHT_BERLIN_MS + 12_345;
    let summed = 0;
    const stepMs = 500;
    for (let atMs = fromMs; atMs < fromMs + DAY_MS / 4; atMs += stepMs) {
      summed += (load.powerW(atMs + stepMs / 2) * stepMs) / 3_600_000;
    }
    const whole = load.energyWh(fromMs, fromMs + DAY_MS / 4);
    expect(Math.abs(whole - summed) / whole).toBeLessThan(1e-6);
    const middleMs = fromMs + 777_777;
    expect(load.energyWh(fromMs, middleMs) + load.energyWh(middleMs, fromMs + DAY_MS / 4)).toBeCloseTo(whole, 6);
  });

  it('is the same for the same seed and another for another', () => {
    const atMs = MIDNIGHT_BERLIN_MS;
    expect(createBuildingLoad(world, 0).powerW(atMs)).toBe(createBuildingLoad(createDemoWorld(7, 200), 0).powerW(atMs));
    expect(createBuildingLoad(createDemoWorld(8, 200), 0).powerW(atMs)).not.toBe(
      createBuildingLoad(world, 0).powerW(atMs),
    );
  });
});
