/** A planned depot as windows see it. */
import { judgeReadiness } from '../../../shared/domain/charging/live/judge-readiness.ts';
import type {
  CrossCheck,
  PlanRow,
  Readiness,
  SitePlan,
  SitePlanHead,
} from '../../../shared/domain/charging/site-plan.ts';
import type { SiteSettings } from '../../../shared/domain/charging/site-settings.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { energyWh, powerW } from '../../../shared/kernel/quantity.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { highestBuildingW, importIntervals, measuredBuilding } from '../gather/building-load.ts';
import { readSetPoints } from '../set-points/set-point-table.ts';
import { standingOf } from '../set-points/steer-site.ts';
import type { PlannedSite } from './planned-site.ts';

/** How much of what was measured is shown beside the plan. */
const MEASURED_MS = 12 * 3_600_000;
const HOUR_MS = 3_600_000;

export function headOf(
  store: ReadableStore,
  settings: SiteSettings,
  planned: PlannedSite | undefined,
  trouble: string | undefined,
  more: { readonly nowMs: EpochMs; readonly crossCheck: CrossCheck | undefined; readonly currency: string },
): SitePlanHead {
  const { depotId, steering } = settings;
  const fallbackW = settings.bays.reduce((sum, bay) => sum + bay.fallbackW, 0);
  const shared = {
    depotId,
    steering,
    crossCheck: more.crossCheck,
    fallbackW: powerW(fallbackW + highestBuildingW(store, settings, more.nowMs)),
  };
  if (planned === undefined)
    return {
      ...shared,
      standing: 'stopped',
      notes: trouble === undefined ? [] : [trouble],
      decisionNumber: 0,
      plannedAtMs: more.nowMs,
      tookMs: 0,
      currency: more.currency,
      cost: 0,
      bound: 0,
      unmanagedCost: 0,
      peakSoFarW: powerW(0),
      plannedPeakW: powerW(0),
      siteLimitW: powerW(0),
      vehicles: 0,
      vehiclesAtRisk: 0,
      missingWh: energyWh(0),
      siteWishes: [],
    };
  const notes = [...(trouble === undefined ? [] : [trouble]), ...planned.gathered.notes, ...planned.bent.notes];
  const readiness = readinessOf(planned);
  return {
    ...shared,
    standing: trouble !== undefined ? 'stopped' : notes.length > 0 ? 'limited' : 'live',
    notes,
    decisionNumber: planned.decision?.number ?? 0,
    plannedAtMs: planned.plannedAtMs,
    tookMs: planned.tookMs,
    currency: planned.gathered.depot.currency,
    cost: planned.cost,
    bound: Math.min(planned.bound, planned.cost),
    unmanagedCost: planned.unmanagedCost,
    peakSoFarW: powerW(Math.round(planned.gathered.facts.prices.demand.peakSoFarKw * 1000)),
    plannedPeakW: powerW(Math.round(Math.max(...importW(planned), 0))),
    siteLimitW: powerW(planned.gathered.facts.siteLimitW),
    vehicles: readiness.length,
    vehiclesAtRisk: readiness.filter(({ state }) => state === 'will-miss' || state === 'tight').length,
    missingWh: energyWh(readiness.reduce((sum, { missingWh }) => sum + missingWh, 0)),
    siteWishes: planned.wishes.filter(({ terms }) => !('vehicleId' in terms)),
  };
}

export function readinessOf(planned: PlannedSite): readonly Readiness[] {
  return judgeReadiness({
    facts: planned.gathered.facts,
    built: planned.built,
    powerKw: planned.powerKw,
    reason: planned.result.missingReason,
    wishes: planned.wishes,
  });
}

export function chargingW(planned: Pick<PlannedSite, 'powerKw' | 'built'>): readonly number[] {
  return planned.built.plan.slots.map((_, slot) =>
    Math.round(planned.powerKw.reduce((sum, row) => sum + (row[slot] ?? 0) * 1000, 0)),
  );
}

function importW(planned: PlannedSite): readonly number[] {
  const charging = chargingW(planned);
  const { plan, gridPerBay } = planned.built;
  return plan.slots.map(({ loadKw, pvKw }, slot) => ((loadKw - pvKw) * 1000 + (charging[slot] ?? 0)) * gridPerBay);
}

export function sitePlanOf(store: ReadableStore, planned: PlannedSite, head: SitePlanHead, nowMs: EpochMs): SitePlan {
  const { facts, settings } = planned.gathered;
  const { slots } = planned.built.plan;
  const measuredFromMs = facts.fromMs - MEASURED_MS;
  const imports = new Map(
    importIntervals(store, settings, measuredFromMs, facts.fromMs).map((each) => [each.beginMs, each.importWh]),
  );
  const buildings = measuredBuilding(store, settings, measuredFromMs, facts.fromMs);
  return {
    head,
    fromMs: facts.fromMs,
    slotMs: facts.slotMs,
    slots: facts.slots,
    buildingW: facts.buildingW,
    pvW: slots.map(({ pvKw }) => pvKw * planned.built.gridPerBay * 1000),
    chargingW: chargingW(planned),
    importW: importW(planned),
    limitW: slots.map(() => facts.siteLimitW),
    price: facts.prices.importPrice,
    marginalPrice: planned.result.marginalPrice,
    measured: Array.from({ length: MEASURED_MS / facts.slotMs }, (_, at) => {
      const atMs = measuredFromMs + at * facts.slotMs;
      const wh = imports.get(atMs);
      return {
        atMs,
        importW: wh === undefined ? undefined : (wh * HOUR_MS) / facts.slotMs,
        buildingW: buildings.get(atMs),
      };
    }),
    rows: rowsOf(store, planned, nowMs),
  };
}

function rowsOf(store: ReadableStore, planned: PlannedSite, nowMs: EpochMs): readonly PlanRow[] {
  const { facts, settings } = planned.gathered;
  const points = readSetPoints(store, facts.depotId);
  return planned.built.stays.map((stay, index): PlanRow => {
    const { vehicleId, bay, duty, isHere, maxW, sessionId } = stay.facts;
    const powers = Array.from(planned.powerKw[index] ?? [], (kw) => Math.floor(kw * 1000 + 1e-6));
    const fixed = planned.bent.fixed.get(vehicleId);
    const point = bay && points.get(bay.evseKey.toLowerCase());
    return {
      vehicleId,
      evseKey: bay?.evseKey,
      bayName: bay?.name ?? '',
      dutyName: duty.name,
      hereFromMs: stay.hereFromMs,
      departAtMs: stay.departAtMs,
      isHere,
      maxW: powerW(maxW),
      powerW: powers,
      beforeW: Array.from(planned.beforeKw[index] ?? [], (kw) => Math.round(kw * 1000)),
      fixedSlots: fixed === undefined ? [] : [...fixed.keys()].filter((slot) => (fixed[slot] ?? 0) > 0),
      wishes: planned.wishes.filter(({ terms }) => 'vehicleId' in terms && terms.vehicleId === vehicleId),
      setPoint: standingOf(bay, point, sessionId, settings.steering, powers[0] ?? 0, nowMs),
    };
  });
}
