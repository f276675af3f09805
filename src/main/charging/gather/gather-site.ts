/** Gathers what a depot's plan is made from, out of the console's tables. Reads only; refuses with a sentence where nothing can be planned. */
import type { SiteBay, SiteSettings } from '../../../shared/domain/charging/site-settings.ts';
import type { SiteFacts, VehicleFacts } from '../../../shared/domain/charging/live/site-facts.ts';
import { priceSlots } from '../../../shared/domain/charging/terms/price-slots.ts';
import type { Duty } from '../../../shared/domain/fleet/duty.ts';
import type { Position } from '../../../shared/domain/fleet/position.ts';
import type { Depot, Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import type { Evse } from '../../../shared/domain/marketplace/evse.ts';
import type { Session } from '../../../shared/domain/marketplace/session.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { openLocalTime } from '../../../shared/kernel/local-time.ts';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readDepot } from '../../fleet/depot-table.ts';
import { readDuties } from '../../fleet/duty-table.ts';
import { readLatestPosition } from '../../fleet/position-latest-table.ts';
import { readDepotVehicles } from '../../fleet/vehicle-table.ts';
import { readEvseByKey } from '../../marketplace/network/evse-table.ts';
import { readRunningSessions } from '../../marketplace/sessions/session-table.ts';
import { readTerms } from '../terms/site-terms-table.ts';
import { forecastBuilding, importIntervals, SLOT_MS } from './building-load.ts';

const SLOTS = 96;
/** A vehicle this near that says it is plugged in is plugged in at its yard; degrees, some 1.5 km. */
const NEAR_DEG = 0.015;
/** Transformer and cables of a yard, on the high side. */
const LOSS_SHARE = 0.03;
const DEFECTS: readonly Evse['status'][] = ['OUTOFORDER', 'INOPERATIVE', 'REMOVED', 'PLANNED'];

export type GatheredSite = {
  readonly facts: SiteFacts;
  readonly depot: Depot;
  readonly settings: SiteSettings;
  readonly notes: readonly string[];
  readonly termsName: string;
};

/** `usualBays` is kept up with what is seen: by vehicle id in lower case, the charge point it was at last. */
export function gatherSite(
  store: ReadableStore,
  settings: SiteSettings,
  nowMs: EpochMs,
  usualBays: Map<string, string>,
): Result<GatheredSite, 'depot-unknown' | 'zone-unknown' | 'no-terms'> {
  const depot = readDepot(store, settings.depotId);
  if (depot === undefined)
    return refuse('depot-unknown', 'The fleet has not told of this depot yet, so its limit and place are not known.');
  const local = openLocalTime(depot.timeZone);
  if (local === undefined)
    return refuse('zone-unknown', `This computer does not know the time zone ${depot.timeZone} of the depot.`);
  const fromMs = Math.floor(nowMs / SLOT_MS) * SLOT_MS;
  const month = importIntervals(store, settings, local.spanOf('month', fromMs).beginMs, fromMs);
  const prices = priceSlots({
    terms: readTerms(store, depot.id),
    local,
    fromMs,
    slotMs: SLOT_MS,
    slots: SLOTS,
    peakSoFarKw: (counts) =>
      month.reduce(
        (most, { beginMs, endMs, importWh }) =>
          counts(beginMs) ? Math.max(most, (importWh * 3600) / (endMs - beginMs)) : most,
        0,
      ),
  });
  if (!prices.ok) return prices;
  const building = forecastBuilding(store, settings, fromMs, SLOTS);
  const running = readRunningSessions(store);
  const vehicles = gatherVehicles({ store, settings, depot, nowMs, usualBays, running }, fromMs + SLOTS * SLOT_MS);
  const unplannedBays = baysWithoutPlan(settings, running, vehicles);
  return accept({
    depot,
    settings,
    termsName: readTerms(store, depot.id).at(-1)?.name ?? '',
    notes: [
      ...building.notes,
      ...unplannedBays.map(
        ({ name, maxW }) =>
          `${name} charges a vehicle that is in no plan; the ${(maxW / 1000).toFixed(0)} kW it can give are kept free for the next hour.`,
      ),
    ],
    facts: {
      depotId: depot.id,
      nowMs,
      fromMs,
      slotMs: SLOT_MS,
      slots: SLOTS,
      siteLimitW: depot.siteLimitW,
      lossShare: LOSS_SHARE,
      feeders: settings.feeders,
      prices: prices.value,
      buildingW: building.buildingW,
      unplannedBays,
      vehicles,
    },
  });
}

function gatherVehicles(
  parts: {
    readonly store: ReadableStore;
    readonly settings: SiteSettings;
    readonly depot: Depot;
    readonly nowMs: EpochMs;
    readonly usualBays: Map<string, string>;
    readonly running: readonly Session[];
  },
  untilMs: EpochMs,
): readonly VehicleFacts[] {
  const { store, settings, depot, nowMs, usualBays, running } = parts;
  const bays = new Map(settings.bays.map((bay) => [bay.evseKey.toLowerCase(), bay]));
  const sessions = new Map<string, Session>();
  for (const session of running)
    if (session.vehicleId !== undefined && bays.has(session.evseKey.toLowerCase()))
      sessions.set(session.vehicleId.toLowerCase(), session);
  const duties = dutiesByVehicle(readDuties(store, depot.id, nowMs));
  const vehicles = readDepotVehicles(store, depot.id)
    .filter(({ id }) => duties.has(id.toLowerCase()))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const bayOf = assignBays(settings, vehicles, sessions, usualBays);
  return vehicles.flatMap((vehicle): VehicleFacts[] => {
    const own = duties.get(vehicle.id.toLowerCase()) ?? [];
    const session = sessions.get(vehicle.id.toLowerCase());
    const position = readLatestPosition(store, vehicle.number);
    const isHere = session !== undefined || isPluggedAtYard(position, depot);
    // A vehicle that is here although its duty has begun has not left yet; its next one is what it charges for.
    const duringDuty = own.find(({ departAtMs }) => departAtMs <= nowMs);
    const duty = own.find(({ departAtMs }) => departAtMs > nowMs);
    if (duty === undefined || (!isHere && (duringDuty?.returnAtMs ?? nowMs) > untilMs)) return [];
    const bay = bayOf.get(vehicle.id);
    const evse = bay && readEvseByKey(store, bay.evseKey);
    const current = evse?.connectors[0]?.current ?? (vehicle.maxDcW > vehicle.maxAcW ? 'DC' : 'AC');
    return [
      {
        vehicleId: vehicle.id,
        registration: vehicle.registration,
        usableCapacityWh: vehicle.usableCapacityWh,
        duty,
        running: isHere ? undefined : duringDuty,
        socPercent: position?.socPercent,
        socAtMs: position?.atMs,
        isHere,
        bay,
        isBayBroken: evse !== undefined && DEFECTS.includes(evse.status),
        maxW: Math.min(bay?.maxW ?? 0, current === 'DC' ? vehicle.maxDcW : vehicle.maxAcW),
        current,
        sessionId: session?.id,
      },
    ];
  });
}

/** Whoever charges there is not of this depot, has no duty, or is not known at all. */
function baysWithoutPlan(
  settings: SiteSettings,
  running: readonly Session[],
  vehicles: readonly VehicleFacts[],
): readonly SiteBay[] {
  const planned = new Set(vehicles.map(({ sessionId }) => sessionId));
  const busy = new Set(running.filter(({ id }) => !planned.has(id)).map(({ evseKey }) => evseKey.toLowerCase()));
  return settings.bays.filter(({ evseKey }) => busy.has(evseKey.toLowerCase()));
}

function isPluggedAtYard(position: Position | undefined, depot: Depot): boolean {
  if (position === undefined || (position.activity !== 'plugged' && position.activity !== 'charging')) return false;
  const eastDeg = (position.longitude - depot.longitude) * Math.cos((depot.latitude * Math.PI) / 180);
  return Math.hypot(position.latitude - depot.latitude, eastDeg) < NEAR_DEG;
}

function dutiesByVehicle(duties: readonly Duty[]): ReadonlyMap<string, readonly Duty[]> {
  const byVehicle = new Map<string, Duty[]>();
  for (const duty of duties) {
    const key = duty.vehicleId.toLowerCase();
    const list = byVehicle.get(key);
    if (list) list.push(duty);
    else byVehicle.set(key, [duty]);
  }
  return byVehicle;
}

/** Where each is plugged in, else where it was last, else a bay nobody else has, in the order both are listed. */
function assignBays(
  settings: SiteSettings,
  vehicles: readonly Vehicle[],
  sessions: ReadonlyMap<string, Session>,
  usualBays: Map<string, string>,
): ReadonlyMap<string, SiteBay> {
  const byKey = new Map(settings.bays.map((bay) => [bay.evseKey.toLowerCase(), bay]));
  const taken = new Set<SiteBay>();
  const assigned = new Map<string, SiteBay>();
  const give = (vehicle: Vehicle, evseKey: string | undefined): void => {
    const bay = evseKey === undefined ? undefined : byKey.get(evseKey.toLowerCase());
    if (bay === undefined || taken.has(bay) || assigned.has(vehicle.id)) return;
    taken.add(bay);
    assigned.set(vehicle.id, bay);
  };
  for (const vehicle of vehicles) give(vehicle, sessions.get(vehicle.id.toLowerCase())?.evseKey);
  for (const [vehicleId, { evseKey }] of sessions) usualBays.set(vehicleId, evseKey);
  for (const vehicle of vehicles) give(vehicle, usualBays.get(vehicle.id.toLowerCase()));
  const free = settings.bays.filter((bay) => !taken.has(bay));
  for (const vehicle of vehicles) if (!assigned.has(vehicle.id)) give(vehicle, free.shift()?.evseKey);
  return assigned;
}
