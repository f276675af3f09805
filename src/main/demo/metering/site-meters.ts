/**
 * What the meters of all depots measure: the charging of the depot's own bays, the building, and both together with the
 * loss between. Invariants: a register is its reading at the last checkpoint plus the integral of power since, so it never
 * falls and does not depend on how often it was looked at, nor on a restart; the site's power and energy are always those
 * of its parts times one and the loss.
 */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { FleetSchedule } from '../fleet/fleet-schedule.ts';
import { createBuildingLoad } from './building-load.ts';
import { countedBeforeWh, phaseShares } from './demo-meters.ts';
import { mainsAt, type Mains } from './mains.ts';
import { measureYards } from './yard-load.ts';

export type PhaseState = {
  readonly voltageV: number;
  readonly currentA: number;
  readonly powerW: number;
  readonly apparentVa: number;
};

export type MeterState = {
  readonly atMs: number;
  readonly powerW: number;
  readonly importWh: number;
  readonly frequencyHz: number;
  readonly phases: readonly [PhaseState, PhaseState, PhaseState];
};

/** In the order of `DepotMeters`. */
export type DepotState = readonly [site: MeterState, yard: MeterState, building: MeterState];

/** What each depot's feeders had counted at an instant. */
export type MeterCheckpoint = {
  readonly atMs: number;
  readonly depots: readonly { readonly yardWh: number; readonly buildingWh: number }[];
};

export type SiteMeters = {
  /** Measures up to the instant; an instant before the last one changes nothing. */
  readonly advance: (atMs: number) => void;
  readonly stateOf: (depot: number) => DepotState;
  readonly checkpoint: () => MeterCheckpoint;
};

/** Lost between the incomer's meter and the feeders'. */
const BUSBAR_LOSS = 0.006;
const YARD_POWER_FACTOR = 0.985;
const BUILDING_POWER_FACTOR = 0.93;

export function createSiteMeters(
  world: DemoWorld,
  schedule: FleetSchedule,
  startMs: number,
  kept: MeterCheckpoint | undefined,
): SiteMeters {
  const { seed } = world;
  const buildings = DEMO_DEPOTS.map((_, depot) => createBuildingLoad(world, depot));
  const counted = DEMO_DEPOTS.map((_, depot) => ({
    yardWh: kept?.depots[depot]?.yardWh ?? countedBeforeWh(seed, depot, 'yard'),
    buildingWh: kept?.depots[depot]?.buildingWh ?? countedBeforeWh(seed, depot, 'building'),
  }));
  let measuredMs = Math.min(kept?.atMs ?? startMs, startMs);
  let states: readonly DepotState[] = [];

  const measure = (atMs: number): void => {
    const yards = measureYards(world, schedule, measuredMs, atMs);
    states = counted.map((sums, depot) => {
      sums.yardWh += yards[depot]?.energyWh ?? 0;
      sums.buildingWh += buildings[depot]?.energyWh(measuredMs, atMs) ?? 0;
      const mains = mainsAt(seed, depot, atMs);
      const yard = { powerW: yards[depot]?.powerW ?? 0, importWh: sums.yardWh, powerFactor: YARD_POWER_FACTOR };
      const building = {
        powerW: buildings[depot]?.powerW(atMs) ?? 0,
        importWh: sums.buildingWh,
        powerFactor: BUILDING_POWER_FACTOR,
      };
      const feeders = [
        feederState(atMs, yard, phaseShares(seed, depot, 'yard'), mains),
        feederState(atMs, building, phaseShares(seed, depot, 'building'), mains),
      ] as const;
      return [siteState(feeders, mains), ...feeders] as const;
    });
    measuredMs = atMs;
  };
  measure(startMs);
  return {
    advance: (atMs) => {
      if (atMs > measuredMs) measure(atMs);
    },
    stateOf: (depot) => {
      const state = states[depot];
      if (!state) throw new RangeError(`There is no depot ${depot}.`);
      return state;
    },
    checkpoint: () => ({ atMs: measuredMs, depots: counted.map((sums) => ({ ...sums })) }),
  };
}

type Load = { readonly powerW: number; readonly importWh: number; readonly powerFactor: number };

function feederState(atMs: number, load: Load, shares: readonly [number, number, number], mains: Mains): MeterState {
  const phase = (index: 0 | 1 | 2): PhaseState => {
    const powerW = load.powerW * shares[index];
    const apparentVa = powerW / load.powerFactor;
    const voltageV = mains.voltagesV[index];
    return { voltageV, currentA: apparentVa / voltageV, powerW, apparentVa };
  };
  return {
    atMs,
    powerW: load.powerW,
    importWh: load.importWh,
    frequencyHz: mains.frequencyHz,
    phases: [phase(0), phase(1), phase(2)],
  };
}

function siteState([yard, building]: readonly [MeterState, MeterState], mains: Mains): MeterState {
  const whole = (a: number, b: number): number => (a + b) * (1 + BUSBAR_LOSS);
  const phase = (index: 0 | 1 | 2): PhaseState => {
    const [a, b] = [yard.phases[index], building.phases[index]];
    const apparentVa = whole(a.apparentVa, b.apparentVa);
    const voltageV = mains.voltagesV[index];
    return { voltageV, currentA: apparentVa / voltageV, powerW: whole(a.powerW, b.powerW), apparentVa };
  };
  return {
    atMs: yard.atMs,
    powerW: whole(yard.powerW, building.powerW),
    importWh: whole(yard.importWh, building.importWh),
    frequencyHz: mains.frequencyHz,
    phases: [phase(0), phase(1), phase(2)],
  };
}
