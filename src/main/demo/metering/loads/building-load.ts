/**
 * What a depot's building takes: a seeded daily profile in the depot's local time, a straight line from minute to minute.
 * Invariant: a pure function of the instant, and the energy of a stretch is exactly the integral of the power.
 */
import { DEMO_DEPOTS } from '../../demo-depots.ts';
import type { DemoWorld } from '../../demo-world.ts';
import { hashUnit } from '../../seeded-random.ts';

export type BuildingLoad = {
  readonly powerW: (atMs: number) => number;
  readonly energyWh: (fromMs: number, toMs: number) => number;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export function createBuildingLoad(world: DemoWorld, depot: number): BuildingLoad {
  const vehicles = world.roster.length / DEMO_DEPOTS.length;
  const fullW = 6000 + 3000 * Math.sqrt(vehicles);
  const knotW = (minute: number): number => {
    const hour = world.days[depot]?.hourOf(minute * MINUTE_MS) ?? 12;
    return fullW * dailyShare(hour) * (0.95 + 0.1 * hashUnit(world.seed, 'building', depot, minute));
  };
  const powerW = (atMs: number): number => {
    const minute = Math.floor(atMs / MINUTE_MS);
    const share = atMs / MINUTE_MS - minute;
    return knotW(minute) * (1 - share) + knotW(minute + 1) * share;
  };
  return {
    powerW,
    energyWh: (fromMs, toMs) => {
      let energyWh = 0;
      for (let atMs = fromMs; atMs < toMs;) {
        const endMs = Math.min(toMs, (Math.floor(atMs / MINUTE_MS) + 1) * MINUTE_MS);
        energyWh += (((powerW(atMs) + powerW(endMs)) / 2) * (endMs - atMs)) / HOUR_MS;
        atMs = endMs;
      }
      return energyWh;
    },
  };
}

/** Light and cold rooms at night, washing before the first shift, offices and workshop by day, cooling in the afternoon. */
function dailyShare(hour: number): number {
  return (
    0.28 + 0.25 * bump(hour, 5, 1.2) + 0.4 * bump(hour, 11, 3) + 0.35 * bump(hour, 15, 2.5) + 0.15 * bump(hour, 20, 2)
  );
}

function bump(hour: number, at: number, width: number): number {
  const apart = Math.abs(hour - at);
  return Math.exp(-((Math.min(apart, 24 - apart) / width) ** 2) / 2);
}
