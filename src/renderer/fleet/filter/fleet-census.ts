/**
 * One pass over the fleet: who is shown, and the counts beside it. Taken at most once a second, so that 10 000 vehicles
 * cost a few milliseconds and no number on the screen flickers faster than a person reads.
 */
import { judgeFreshness } from '../../../shared/domain/fleet/freshness.ts';
import type { Depot, Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import { distanceM } from '../distance.ts';
import { compileScope, HEADINGS, standsUnder, type FleetFilter, type Heading } from './fleet-filter.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { ACTIVITIES } from '../../../shared/domain/fleet/position.ts';

export type HeadingCounts = Readonly<Record<Heading, number>>;

export type LowestCharge = { readonly vehicle: Vehicle; readonly socPercent: number; readonly atMs: number };

export type DepotPresence = {
  readonly vehicles: number;
  /** Within `AT_DEPOT_M` of the depot, by their last position. */
  readonly present: number;
  readonly out: number;
  /** Of `present` and `out`, those whose position is no longer the present. */
  readonly stale: number;
  readonly neverReported: number;
  readonly newestAtMs: number | undefined;
};

export type FleetCensus = {
  readonly total: number;
  readonly shown: number;
  /** The whole fleet by heading; `stale` cuts across the others. */
  readonly fleet: HeadingCounts;
  /** Of `fleet`, those whose report is no longer the present. */
  readonly staleFleet: HeadingCounts;
  /** Within text and depot: what choosing the chip would show. */
  readonly inScope: HeadingCounts;
  readonly silent: number;
  readonly neverReported: number;
  readonly oldestStaleAtMs: number | undefined;
  readonly newestAtMs: number | undefined;
  /** Among the fresh; only where none of them drives, among the last known. */
  readonly lowestDriving: LowestCharge | undefined;
  readonly depots: ReadonlyMap<string, DepotPresence>;
  /** By vehicle number: 1 is shown. */
  readonly members: Uint8Array;
};

export type Reports = Pick<TelemetryStore, 'columns' | 'rowOfVehicle'>;

/** A depot yard and the streets around its gate. */
export const AT_DEPOT_M = 300;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function noCounts(): Writable<HeadingCounts> {
  return { driving: 0, charging: 0, plugged: 0, idle: 0, stale: 0 };
}

export function takeCensus(
  vehicles: readonly Vehicle[],
  depots: ReadonlyMap<string, Depot>,
  reports: Reports,
  filter: FleetFilter,
  nowMs: number,
  clockRate = 1,
): FleetCensus {
  const columns = reports.columns();
  const inScopeOf = compileScope(filter);
  const wanted = filter.headings;
  const members = new Uint8Array(vehicles.reduce((most, vehicle) => Math.max(most, vehicle.number), 0) + 1);
  const presence = new Map<string, Writable<DepotPresence>>();
  for (const id of depots.keys())
    presence.set(id, { vehicles: 0, present: 0, out: 0, stale: 0, neverReported: 0, newestAtMs: undefined });
  const fleet = noCounts();
  const staleFleet = noCounts();
  const inScope = noCounts();
  let shown = 0;
  let silent = 0;
  let neverReported = 0;
  let oldestStaleAtMs: number | undefined;
  let newestAtMs: number | undefined;
  let lowestFresh: LowestCharge | undefined;
  let lowestStale: LowestCharge | undefined;

  for (const vehicle of vehicles) {
    const row = reports.rowOfVehicle(vehicle.number);
    const atMs = row === undefined ? undefined : columns.atMs[row];
    const freshness = judgeFreshness(atMs, nowMs, clockRate);
    const isFresh = freshness === 'fresh';
    const activity = row === undefined || freshness === 'never' ? undefined : ACTIVITIES[columns.activity[row] ?? 1];
    const isUnder = (heading: Heading) => standsUnder(heading, activity, isFresh);
    for (const heading of HEADINGS) {
      if (!isUnder(heading)) continue;
      fleet[heading]++;
      if (!isFresh) staleFleet[heading]++;
    }
    if (freshness === 'silent') silent++;
    if (freshness === 'never') neverReported++;
    else if (atMs !== undefined) {
      if (!isFresh && atMs < (oldestStaleAtMs ?? Infinity)) oldestStaleAtMs = atMs;
      if (atMs > (newestAtMs ?? 0)) newestAtMs = atMs;
    }
    if (row !== undefined && atMs !== undefined) {
      const socPercent = columns.socPercent[row] ?? 0;
      const lowest = isFresh ? lowestFresh : lowestStale;
      if (activity === 'driving' && socPercent < (lowest?.socPercent ?? Infinity)) {
        if (isFresh) lowestFresh = { vehicle, socPercent, atMs };
        else lowestStale = { vehicle, socPercent, atMs };
      }
    }
    const depot = depots.get(vehicle.depotId);
    const there = presence.get(vehicle.depotId);
    if (depot !== undefined && there !== undefined) {
      there.vehicles++;
      if (row === undefined || freshness === 'never') there.neverReported++;
      else {
        const at = { latitude: columns.latitude[row] ?? 0, longitude: columns.longitude[row] ?? 0 };
        if (distanceM(at, depot) <= AT_DEPOT_M) there.present++;
        else there.out++;
        if (!isFresh) there.stale++;
        if (atMs !== undefined && atMs > (there.newestAtMs ?? 0)) there.newestAtMs = atMs;
      }
    }
    if (inScopeOf(vehicle)) {
      for (const heading of HEADINGS) if (isUnder(heading)) inScope[heading]++;
      if (wanted.length === 0 || wanted.some(isUnder)) {
        members[vehicle.number] = 1;
        shown++;
      }
    }
  }
  return {
    total: vehicles.length,
    shown,
    fleet,
    staleFleet,
    inScope,
    silent,
    neverReported,
    oldestStaleAtMs,
    newestAtMs,
    lowestDriving: lowestFresh ?? lowestStale,
    depots: presence,
    members,
  };
}

export function sameMembers(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let number = 0; number < one.length; number++) if (one[number] !== other[number]) return false;
  return true;
}
