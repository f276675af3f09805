/**
 * Gathers failures by cell and local hour. Invariant: a cell is told of only where it holds at least the minimum of failures, of at least
 * two vehicles, so that no vehicle's way can be read from it; what is held back is counted.
 */
import { energyWh, powerW } from '../../kernel/quantity.ts';
import type { DemandSignal, InfrastructureGap, UnmetKind, UnmetNeed } from './demand-signal.ts';

const LEAST_VEHICLES = 2;
const HOURS_OF_A_DAY = 24;

export type CellFacts = {
  readonly latitude: number;
  readonly longitude: number;
  readonly boundary: readonly (readonly [latitude: number, longitude: number])[];
  readonly timeZone: string;
  readonly localHour: (atMs: number) => number;
};

export type GatheredGaps = { readonly gaps: readonly InfrastructureGap[]; readonly hiddenCells: number };

/** @param needs each with its cell; the gaps come with the most failures first */
export function gatherGaps(
  needs: readonly (UnmetNeed & { readonly cell: string })[],
  minimumCount: number,
  factsOf: (cell: string) => CellFacts,
  signalOf: (cell: string) => DemandSignal | undefined,
): GatheredGaps {
  const cells = new Map<string, UnmetNeed[]>();
  for (const need of needs) {
    const known = cells.get(need.cell);
    if (known) known.push(need);
    else cells.set(need.cell, [need]);
  }
  const told = [...cells].filter(
    ([, inCell]) => inCell.length >= minimumCount && countVehicles(inCell) >= LEAST_VEHICLES,
  );
  const gaps = told.map(([cell, inCell]) => describeCell(cell, inCell, factsOf(cell), signalOf(cell)));
  return {
    gaps: gaps.toSorted((a, b) => b.count - a.count || (a.cell < b.cell ? -1 : 1)),
    hiddenCells: cells.size - told.length,
  };
}

function describeCell(
  cell: string,
  needs: readonly UnmetNeed[],
  facts: CellFacts,
  signal: DemandSignal | undefined,
): InfrastructureGap {
  const { localHour, ...place } = facts;
  const byKind: Partial<Record<UnmetKind, number>> = {};
  const byHour = Array.from({ length: HOURS_OF_A_DAY }, () => 0);
  for (const { kind, atMs } of needs) {
    byKind[kind] = (byKind[kind] ?? 0) + 1;
    const hour = localHour(atMs);
    byHour[hour] = (byHour[hour] ?? 0) + 1;
  }
  return {
    cell,
    ...place,
    count: needs.length,
    vehicles: countVehicles(needs),
    energyWh: energyWh(needs.reduce((sum, need) => sum + need.energyWh, 0)),
    peakPowerW: powerW(peakPowerW(needs)),
    byKind,
    byHour,
    firstAtMs: Math.min(...needs.map(({ atMs }) => atMs)),
    lastAtMs: Math.max(...needs.map(({ atMs }) => atMs)),
    signal,
  };
}

const HOUR_MS = 3_600_000;

/** The most that was wanted within one hour: the sum of what each would have drawn. */
function peakPowerW(needs: readonly UnmetNeed[]): number {
  const byTime = needs.toSorted((a, b) => a.atMs - b.atMs);
  let first = 0;
  let sumW = 0;
  let peakW = 0;
  for (const need of byTime) {
    sumW += need.powerW;
    for (let oldest = byTime[first]; oldest && oldest.atMs <= need.atMs - HOUR_MS; oldest = byTime[first]) {
      sumW -= oldest.powerW;
      first += 1;
    }
    peakW = Math.max(peakW, sumW);
  }
  return peakW;
}

/** Ids are compared without case. */
function countVehicles(needs: readonly UnmetNeed[]): number {
  return new Set(needs.map(({ vehicleId }) => vehicleId.toLowerCase())).size;
}
