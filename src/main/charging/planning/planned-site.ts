/** What one look at a depot came to: the case, its plan, and what charge points are to give. */
import type { BuiltCase } from '../../../shared/domain/charging/live/build-case.ts';
import type { ChargingPlan } from '../../../shared/domain/charging/plan-charging.ts';
import type { PlanDecision } from '../../../shared/domain/charging/site-plan.ts';
import type { Wish } from '../../../shared/domain/charging/wish.ts';
import type { BentCase } from '../../../shared/domain/charging/wishes/bend-case.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { openLocalTime } from '../../../shared/kernel/local-time.ts';
import type { GatheredSite } from '../gather/gather-site.ts';
import type { StoredPlan } from './decision-table.ts';

export type PlannedSite = {
  readonly gathered: GatheredSite;
  readonly wishes: readonly Wish[];
  readonly built: BuiltCase;
  readonly bent: BentCase;
  readonly result: ChargingPlan;
  /** What charge points are to give: kW by vehicle of the case, then slot. */
  readonly powerKw: readonly Float64Array[];
  /** The same of the plan before the last decision. */
  readonly beforeKw: readonly Float64Array[];
  readonly missingKwh: readonly number[];
  readonly cost: number;
  readonly bound: number;
  readonly unmanagedCost: number;
  readonly decision: PlanDecision | undefined;
  readonly plannedAtMs: EpochMs;
  readonly tookMs: number;
};

export type StudiedPlan = Pick<PlannedSite, 'built' | 'bent' | 'result' | 'powerKw' | 'missingKwh' | 'cost' | 'bound'>;

/** The plan that holds, by vehicle of the case and slot of now; kW. */
export function presentRows(
  stored: StoredPlan | undefined,
  fromMs: EpochMs,
  built: BuiltCase,
): readonly Float64Array[] {
  const shift = stored === undefined ? 0 : Math.round((fromMs - stored.fromMs) / stored.slotMs);
  const rowOf = new Map(stored?.rows.map((row) => [row.vehicleId, row.powerW]));
  return built.plan.vehicles.map(({ id }) =>
    Float64Array.from(built.plan.slots, (_, slot) => (rowOf.get(id)?.[slot + shift] ?? 0) / 1000),
  );
}

/** A power in the rest of the first slot, as the case counts that slot. */
export function firstScaled(row: Float64Array, leftOfFirst: number): Float64Array {
  const scaled = row.slice();
  scaled[0] = (row[0] ?? 0) * leftOfFirst;
  return scaled;
}

/** The depot's clock, as people read it. */
export function clockOf({ depot }: GatheredSite): (atMs: EpochMs) => string {
  const local = openLocalTime(depot.timeZone);
  return (atMs) => new Date(atMs + (local?.offsetMs(atMs) ?? 0)).toISOString().slice(11, 16);
}
