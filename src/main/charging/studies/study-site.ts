/** What would be if: the plan under other wishes beside the one that holds, remedies with their prices, and what a lower site limit costs. */
import { describeChange, type PlannedRow } from '../../../shared/domain/charging/live/describe-change.ts';
import type { CapPoint, PlanSummary, Readiness, Remedy, WhatIf } from '../../../shared/domain/charging/site-plan.ts';
import type { Wish, WishTerms } from '../../../shared/domain/charging/wish.ts';
import { energyWh, powerW } from '../../../shared/kernel/quantity.ts';
import { clockOf, type PlannedSite, type StudiedPlan } from '../planning/planned-site.ts';
import type { SitePlanner } from '../planning/plan-site.ts';
import { chargingW } from '../planning/plan-views.ts';

const MINUTE_MS = 60_000;
const LATER_MINUTES = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240];
const CAP_POINTS = 10;
const LOWEST_CAP_SHARE = 0.3;
/** A vehicle misses nothing that matters below this. */
const SMALL_KWH = 0.1;

export async function whatIf(
  planner: SitePlanner,
  add: readonly WishTerms[],
  withdraw: readonly string[],
): Promise<WhatIf | undefined> {
  const planned = planner.planned();
  if (planned === undefined) return undefined;
  const [now, then] = await Promise.all([
    planner.study(planned.wishes),
    planner.study([...planned.wishes.filter(({ wishId }) => !withdraw.includes(wishId)), ...asWishes(planned, add)]),
  ]);
  if (!now.ok || !then.ok) return undefined;
  const change = describeChange({
    before: rowsOf(now.value),
    after: rowsOf(then.value),
    fromMs: planned.gathered.facts.fromMs,
    slotMs: planned.gathered.facts.slotMs,
    slots: planned.gathered.facts.slots,
    clockOf: clockOf(planned.gathered),
  });
  const missingMore = total(then.value.missingKwh) - total(now.value.missingKwh);
  return {
    now: summaryOf(now.value),
    other: summaryOf(then.value),
    changedCells: change.changedCells,
    moves: change.moves,
    sentence: `${change.moves.length === 1 ? 'One vehicle moves' : `${change.moves.length} vehicles move`}${
      missingMore > SMALL_KWH
        ? `, and ${missingMore.toFixed(1)} kWh more are missing`
        : missingMore < -SMALL_KWH
          ? `, and ${(-missingMore).toFixed(1)} kWh less are missing`
          : ''
    }.${then.value.bent.notes.map((note) => ` ${note}`).join('')}`,
  };
}

/** For a vehicle that will not have what it needs, or hardly: the ways out, the one that helps most and costs least first. */
export async function findRemedies(planner: SitePlanner, readiness: Readiness): Promise<readonly Remedy[]> {
  const planned = planner.planned();
  if (planned === undefined) return [];
  const now = await planner.study(planned.wishes);
  if (!now.ok) return [];
  const { vehicleId, missingWh, departAtMs, targetPercent, expectedPercent } = readiness;
  const means: { readonly title: string; readonly terms: WishTerms }[] = [
    { title: 'Serve it first', terms: { kind: 'priority', vehicleId, level: 2 } },
    { title: 'Charge it at once', terms: { kind: 'boost', vehicleId } },
    ...(missingWh > 0 && expectedPercent !== undefined
      ? [
          {
            title: `Let it leave with ${Math.floor(expectedPercent)} % instead of ${Math.ceil(targetPercent)} %`,
            terms: { kind: 'lower-target', vehicleId, targetPercent: Math.floor(expectedPercent) } as const,
          },
        ]
      : []),
    ...(missingWh > 0
      ? [
          {
            title: `Charge ${(missingWh / 1000).toFixed(0)} kWh at a public charge point`,
            terms: { kind: 'charge-outside', vehicleId, energyKwh: Math.ceil(missingWh / 100) / 10 } as const,
          },
        ]
      : []),
  ];
  const later = await earliestThatSuffices(planner, planned, vehicleId, departAtMs);
  if (later !== undefined && missingWh > 0)
    means.push({
      title: `Leave ${later} min later`,
      terms: { kind: 'later-departure', vehicleId, departAtMs: departAtMs + later * MINUTE_MS },
    });
  const remedies: Remedy[] = [];
  for (const { title, terms } of means) {
    const then = await planner.study([...planned.wishes, ...asWishes(planned, [terms])]);
    if (!then.ok) continue;
    const before = missingOf(now.value, vehicleId);
    const after = missingOf(then.value, vehicleId);
    if (missingWh > 0 && after > before - SMALL_KWH) continue;
    const change = describeChange({
      before: rowsOf(now.value),
      after: rowsOf(then.value),
      fromMs: planned.gathered.facts.fromMs,
      slotMs: planned.gathered.facts.slotMs,
      slots: planned.gathered.facts.slots,
      clockOf: clockOf(planned.gathered),
    });
    const othersKwh = total(then.value.missingKwh) - after;
    const othersBefore = total(now.value.missingKwh) - before;
    const others = change.moves.filter((move) => move.vehicleId !== vehicleId).length;
    remedies.push({
      id: terms.kind,
      title,
      consequence: consequenceOf(terms, after, others, othersKwh - othersBefore),
      costDifference: then.value.cost - now.value.cost,
      missingWhAfter: energyWh(Math.round(after * 1000)),
      othersMissingWhAfter: energyWh(Math.round(othersKwh * 1000)),
      movedVehicles: others,
      wish: terms,
    });
  }
  return remedies.toSorted(
    (a, b) =>
      a.missingWhAfter + a.othersMissingWhAfter - (b.missingWhAfter + b.othersMissingWhAfter) ||
      a.costDifference - b.costDifference ||
      (a.id < b.id ? -1 : 1),
  );
}

async function earliestThatSuffices(
  planner: SitePlanner,
  planned: PlannedSite,
  vehicleId: string,
  departAtMs: number,
): Promise<number | undefined> {
  for (const minutes of LATER_MINUTES) {
    const terms: WishTerms = { kind: 'later-departure', vehicleId, departAtMs: departAtMs + minutes * MINUTE_MS };
    const then = await planner.study([...planned.wishes, ...asWishes(planned, [terms])]);
    if (then.ok && missingOf(then.value, vehicleId) < SMALL_KWH) return minutes;
  }
  return undefined;
}

function consequenceOf(terms: WishTerms, missingKwh: number, others: number, othersMore: number): string {
  const own =
    terms.kind === 'lower-target'
      ? 'It leaves with less than its duty asks for.'
      : terms.kind === 'charge-outside'
        ? 'The depot plans that much less; what the public charge point asks comes on top.'
        : missingKwh < SMALL_KWH
          ? 'It has what it needs.'
          : `It still misses ${missingKwh.toFixed(1)} kWh.`;
  const rest =
    othersMore > SMALL_KWH
      ? ` Others miss ${othersMore.toFixed(1)} kWh more.`
      : others === 0
        ? ' Nobody else moves.'
        : ` ${others === 1 ? 'One other moves' : `${others} others move`}, none misses more.`;
  return own + rest;
}

export async function capCurve(planner: SitePlanner): Promise<readonly CapPoint[]> {
  const planned = planner.planned();
  if (planned === undefined) return [];
  const { siteLimitW } = planned.gathered.facts;
  const wishes = planned.wishes.filter(({ terms }) => terms.kind !== 'site-cap');
  const points: CapPoint[] = [];
  for (let at = 0; at < CAP_POINTS; at++) {
    const share = LOWEST_CAP_SHARE + ((1 - LOWEST_CAP_SHARE) * at) / (CAP_POINTS - 1);
    const capW = powerW(Math.round(siteLimitW * share));
    const studied = await planner.study([...wishes, ...asWishes(planned, [{ kind: 'site-cap', capW }])]);
    if (!studied.ok) return points;
    const { cost, peakW, missingWh } = summaryOf(studied.value);
    points.push({ capW, cost, peakW, missingWh });
  }
  return points;
}

function summaryOf(studied: StudiedPlan): PlanSummary {
  return {
    cost: studied.cost,
    bound: Math.min(studied.bound, studied.cost),
    peakW: powerW(Math.round(studied.result.peakKw * studied.built.gridPerBay * 1000)),
    missingWh: energyWh(Math.round(total(studied.missingKwh) * 1000)),
    vehiclesAtRisk: studied.missingKwh.filter((kwh) => kwh > SMALL_KWH).length,
    chargingW: chargingW(studied),
  };
}

function rowsOf({ built, powerKw, missingKwh }: StudiedPlan): readonly PlannedRow[] {
  return built.stays.map(({ facts: { vehicleId, registration } }, index) => ({
    vehicleId,
    registration,
    powerKw: powerKw[index] ?? [],
    missingKwh: missingKwh[index] ?? 0,
  }));
}

function missingOf({ built, missingKwh }: StudiedPlan, vehicleId: string): number {
  return missingKwh[built.stays.findIndex(({ facts }) => facts.vehicleId === vehicleId)] ?? 0;
}

function asWishes(planned: PlannedSite, terms: readonly WishTerms[]): readonly Wish[] {
  return terms.map((each, index) => ({
    wishId: `study-${index}`,
    depotId: planned.gathered.facts.depotId,
    terms: each,
    givenBy: '',
    givenAtMs: planned.gathered.facts.nowMs + index,
    untilMs: undefined,
    withdrawnAtMs: undefined,
  }));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0);
}
