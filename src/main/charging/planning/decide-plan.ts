/**
 * Whether a new plan takes the place of the one that holds, and what is then written down. People work from the plan on their screens, so it is
 * kept while it is within every limit, serves everybody as well, and costs next to nothing more.
 */
import { createHash } from 'node:crypto';
import type { BuiltCase } from '../../../shared/domain/charging/live/build-case.ts';
import { describeChange, sayDecision, type PlannedRow } from '../../../shared/domain/charging/live/describe-change.ts';
import { pricePowers, unmanagedPowers } from '../../../shared/domain/charging/live/price-powers.ts';
import type { Happening } from '../../../shared/domain/charging/live/what-happened.ts';
import type { DecisionReason, PlanDecision } from '../../../shared/domain/charging/site-plan.ts';
import type { Wish } from '../../../shared/domain/charging/wish.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { energyWh } from '../../../shared/kernel/quantity.ts';
import type { GatheredSite } from '../gather/gather-site.ts';
import type { StoredPlan } from './decision-table.ts';
import { clockOf, firstScaled, presentRows, type PlannedSite, type StudiedPlan } from './planned-site.ts';

/** A plan that is cheaper by less is not worth moving anybody for, as a share of the cost. */
const WORTH_IT = 0.002;
const SAME_KWH = 0.1;

/** Without a decision the plan that holds goes on. */
export type Decided = {
  readonly next: PlannedSite;
  readonly decision: Omit<PlanDecision, 'number'> | undefined;
  readonly plan: StoredPlan | undefined;
};

export function decidePlan(parts: {
  readonly gathered: GatheredSite;
  readonly wishes: readonly Wish[];
  readonly studied: StudiedPlan;
  readonly before: PlannedSite | undefined;
  readonly stored: StoredPlan | undefined;
  readonly asked: ReadonlySet<DecisionReason>;
  readonly happenings: readonly Happening[];
  readonly nowMs: EpochMs;
  readonly tookMs: number;
}): Decided {
  const { gathered, wishes, studied, before: planned, stored, asked, happenings, nowMs, tookMs } = parts;
  const { facts } = gathered;
  const { built } = studied;
  const present = presentRows(stored, facts.fromMs, built);
  const held = pricePowers(
    built.plan,
    present.map((row) => firstScaled(row, built.leftOfFirst)),
  );
  const isForced = asked.has('wish') || asked.has('price') || stored === undefined;
  const isGoodEnough =
    held.isLegal &&
    held.missingKwh.every((kwh, index) => kwh <= (studied.missingKwh[index] ?? 0) + SAME_KWH) &&
    held.cost <= studied.cost + WORTH_IT * Math.abs(studied.cost);
  const shared = {
    gathered,
    wishes,
    ...studied,
    unmanagedCost: pricePowers(built.plan, unmanagedPowers(built.plan)).cost,
    plannedAtMs: nowMs,
    tookMs,
  };
  if (!isForced && isGoodEnough && happenings.length === 0) {
    const next: PlannedSite = {
      ...shared,
      powerKw: present,
      missingKwh: held.missingKwh,
      cost: held.cost,
      beforeKw: planned === undefined ? present : realign(planned, built, facts.fromMs),
      decision: planned?.decision,
    };
    return { next, decision: undefined, plan: undefined };
  }
  const rowsOf = (powerKw: readonly Float64Array[], missingKwh: readonly number[]): PlannedRow[] =>
    built.stays.map(({ facts: { vehicleId, registration } }, index) => ({
      vehicleId,
      registration,
      powerKw: powerKw[index] ?? [],
      missingKwh: missingKwh[index] ?? 0,
    }));
  const isFirst = stored === undefined;
  const change = describeChange({
    before: isFirst ? [] : rowsOf(present, held.missingKwh),
    after: rowsOf(studied.powerKw, studied.missingKwh),
    fromMs: facts.fromMs,
    slotMs: facts.slotMs,
    slots: facts.slots,
    clockOf: clockOf(gathered),
  });
  const reasons = [...new Set([...happenings.map(({ reason }) => reason), ...asked])];
  // That time went on is worth a word only where nothing else happened.
  const told = reasons.length > 1 ? reasons.filter((reason) => reason !== 'time') : reasons;
  const missingKwh = sum(studied.missingKwh);
  const missingBeforeKwh = isFirst ? undefined : sum(held.missingKwh);
  const costBefore = isFirst ? undefined : held.cost;
  const newest = wishes.at(-1);
  const decision: Omit<PlanDecision, 'number'> = {
    depotId: facts.depotId,
    decidedAtMs: nowMs,
    reasons: told.length > 0 ? told : ['time'],
    summary: sayDecision({
      reasons: told.length > 0 ? told : ['time'],
      details: happenings.map(({ detail }) => detail),
      moves: change.moves,
      missingBeforeKwh,
      missingKwh,
    }),
    inputsHash: hashOf({ ...facts, nowMs: 0 }, wishes),
    engine: 'flow',
    tookMs,
    objective: studied.result.objective,
    bound: studied.result.bound,
    cost: studied.cost,
    costBefore,
    missingWh: energyWh(Math.round(missingKwh * 1000)),
    missingBeforeWh: missingBeforeKwh === undefined ? undefined : energyWh(Math.round(missingBeforeKwh * 1000)),
    changedCells: change.changedCells,
    moves: change.moves,
    wishId: asked.has('wish') ? newest?.wishId : undefined,
  };
  const plan: StoredPlan = {
    fromMs: facts.fromMs,
    slotMs: facts.slotMs,
    rows: built.stays.map(({ facts: { vehicleId } }, index) => ({
      vehicleId,
      powerW: Array.from(studied.powerKw[index] ?? [], (kw) => Math.floor(kw * 1000 + 1e-6)),
      missingWh: Math.round((studied.missingKwh[index] ?? 0) * 1000),
    })),
  };
  return { next: { ...shared, beforeKw: present, decision: undefined }, decision, plan };
}

/** The rows before the last decision, at the vehicles and slots of now. */
function realign(planned: PlannedSite, built: BuiltCase, fromMs: EpochMs): readonly Float64Array[] {
  const { facts } = planned.gathered;
  const shift = Math.round((fromMs - facts.fromMs) / facts.slotMs);
  const rowOf = new Map(planned.built.stays.map((stay, index) => [stay.facts.vehicleId, planned.beforeKw[index]]));
  return built.stays.map((stay) =>
    Float64Array.from({ length: facts.slots }, (_, slot) => rowOf.get(stay.facts.vehicleId)?.[slot + shift] ?? 0),
  );
}

function hashOf(...inputs: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}
