/**
 * What the meters of all depots measure: the charging of the depot's own bays, the building, and what lies above them with
 * the loss between. Invariants: a register is its reading at the last checkpoint plus the integral of power since, so it
 * never falls and does not depend on how often it was looked at, nor on a restart; what feeds others always has the power
 * and energy of these times one and the loss.
 */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { FleetSchedule } from '../fleet/fleet-schedule.ts';
import { hashUnit } from '../seeded-random.ts';
import { baysOf, meteredBaysOf, type MeteredPart } from './demo-meters.ts';
import { measureBays } from './loads/bay-load.ts';
import { createBuildingLoad } from './loads/building-load.ts';
import { mainsAt, type Mains } from './loads/mains.ts';

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

/** What each depot's parts had counted at an instant; the bays in their order. */
export type MeterCheckpoint = {
  readonly atMs: number;
  readonly depots: readonly PartEnergies[];
};

type PartEnergies = { readonly baysWh: readonly number[]; readonly otherRowsWh: number; readonly buildingWh: number };

export type SiteMeters = {
  /** Measures up to the instant; an instant before the last one changes nothing. */
  readonly advance: (atMs: number) => void;
  /** @throws RangeError when the depot has no such part */
  readonly stateOf: (depot: number, part: MeteredPart) => MeterState;
  readonly checkpoint: () => MeterCheckpoint;
};

/** Lost between a meter and those of the feeders under it. */
export const BUSBAR_LOSS = 0.006;
/** Lost between a row's meter and the charge points' own. */
export const CABLE_LOSS = 0.012;
const CHARGING_POWER_FACTOR = 0.985;
const BUILDING_POWER_FACTOR = 0.93;

export function createSiteMeters(
  world: DemoWorld,
  schedule: FleetSchedule,
  startMs: number,
  kept: MeterCheckpoint | undefined,
): SiteMeters {
  const { seed } = world;
  const buildings = DEMO_DEPOTS.map((_, depot) => createBuildingLoad(world, depot));
  const metered = DEMO_DEPOTS.map((_, depot) => meteredBaysOf(world, depot));
  const others = DEMO_DEPOTS.map((_, depot) => baysOf(world, depot).slice(metered[depot]?.length));
  const counted = DEMO_DEPOTS.map((_, depot) => {
    const before = countedBefore(seed, depot, metered[depot]?.length ?? 0);
    // A log from before bays had meters has none of theirs.
    const known = kept?.depots[depot];
    return known?.baysWh?.length === before.baysWh.length ? { ...known, baysWh: [...known.baysWh] } : before;
  });
  let measuredMs = Math.min(kept?.atMs ?? startMs, startMs);
  let states: readonly ReadonlyMap<MeteredPart, MeterState>[] = [];

  const measure = (atMs: number): void => {
    const taken = measureBays(world, schedule, measuredMs, atMs);
    states = counted.map((sums, depot) => {
      const mains = mainsAt(seed, depot, atMs);
      const state = (part: MeteredPart, powerW: number, importWh: number, powerFactor: number): MeterState =>
        stateUnder({ atMs, powerW, importWh, powerFactor }, phaseShares(seed, depot, part), mains);
      const bays = (metered[depot] ?? []).map(({ index }, place) => {
        const { powerW, energyWh } = taken.get(index) ?? { powerW: 0, energyWh: 0 };
        sums.baysWh[place] = (sums.baysWh[place] ?? 0) + energyWh;
        return [index, state(index, powerW, sums.baysWh[place] ?? 0, CHARGING_POWER_FACTOR)] as const;
      });
      let otherW = 0;
      for (const { index } of others[depot] ?? []) {
        otherW += (taken.get(index)?.powerW ?? 0) * (1 + CABLE_LOSS);
        sums.otherRowsWh += (taken.get(index)?.energyWh ?? 0) * (1 + CABLE_LOSS);
      }
      sums.buildingWh += buildings[depot]?.energyWh(measuredMs, atMs) ?? 0;
      const otherRows = state('other-rows', otherW, sums.otherRowsWh, CHARGING_POWER_FACTOR);
      const buildingW = buildings[depot]?.powerW(atMs) ?? 0;
      const building = state('building', buildingW, sums.buildingWh, BUILDING_POWER_FACTOR);
      const row = joinStates(
        bays.map(([, bay]) => bay),
        CABLE_LOSS,
        mains,
        atMs,
      );
      const yard = joinStates([row, otherRows], BUSBAR_LOSS, mains, atMs);
      const site = joinStates([yard, building], BUSBAR_LOSS, mains, atMs);
      return new Map<MeteredPart, MeterState>([
        ['site', site],
        ['yard', yard],
        ['building', building],
        ['row', row],
        ['other-rows', otherRows],
        ...bays,
      ]);
    });
    measuredMs = atMs;
  };
  measure(startMs);
  return {
    advance: (atMs) => {
      if (atMs > measuredMs) measure(atMs);
    },
    stateOf: (depot, part) => {
      const state = states[depot]?.get(part);
      if (!state) throw new RangeError(`Depot ${depot} has no part ${part}.`);
      return state;
    },
    checkpoint: () => ({ atMs: measuredMs, depots: counted.map((sums) => ({ ...sums, baysWh: [...sums.baysWh] })) }),
  };
}

/** What the meters had counted before the demo's first moment. */
function countedBefore(seed: number, depot: number, bays: number) {
  const between = (part: string, leastWh: number, mostWh: number): number =>
    leastWh + (mostWh - leastWh) * hashUnit(seed, 'counted-before', depot, part);
  return {
    baysWh: Array.from({ length: bays }, (_, place) => between(`bay-${place}`, 2e6, 9e6)),
    otherRowsWh: between('yard', 24e6, 60e6),
    buildingWh: between('building', 9e6, 20e6),
  };
}

/** Shares of the three phases, a little uneven; they add up to one. */
function phaseShares(seed: number, depot: number, part: MeteredPart): readonly [number, number, number] {
  const first = 1 / 3 + 0.03 * (hashUnit(seed, 'phase-1', depot, part) - 0.5);
  const second = 1 / 3 + 0.03 * (hashUnit(seed, 'phase-2', depot, part) - 0.5);
  return [first, second, 1 - first - second];
}

type Load = {
  readonly atMs: number;
  readonly powerW: number;
  readonly importWh: number;
  readonly powerFactor: number;
};

function stateUnder(load: Load, shares: readonly [number, number, number], mains: Mains): MeterState {
  const phase = (index: 0 | 1 | 2): PhaseState => {
    const powerW = load.powerW * shares[index];
    const apparentVa = powerW / load.powerFactor;
    const voltageV = mains.voltagesV[index];
    return { voltageV, currentA: apparentVa / voltageV, powerW, apparentVa };
  };
  const { atMs, powerW, importWh } = load;
  return { atMs, powerW, importWh, frequencyHz: mains.frequencyHz, phases: [phase(0), phase(1), phase(2)] };
}

function joinStates(parts: readonly MeterState[], loss: number, mains: Mains, atMs: number): MeterState {
  const whole = (of: (part: MeterState) => number): number =>
    parts.reduce((sum, part) => sum + of(part), 0) * (1 + loss);
  const phase = (index: 0 | 1 | 2): PhaseState => {
    const apparentVa = whole((part) => part.phases[index].apparentVa);
    const voltageV = mains.voltagesV[index];
    return {
      voltageV,
      currentA: apparentVa / voltageV,
      powerW: whole((part) => part.phases[index].powerW),
      apparentVa,
    };
  };
  return {
    atMs,
    powerW: whole((part) => part.powerW),
    importWh: whole((part) => part.importWh),
    frequencyHz: mains.frequencyHz,
    phases: [phase(0), phase(1), phase(2)],
  };
}
