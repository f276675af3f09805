/**
 * One pass over the fleet: who is shown, and the counts beside it. Taken at most once a second, so that 10 000 vehicles
 * cost a few milliseconds and no number on the screen flickers faster than a person reads.
 */
import { judgeFreshness } from '../../../shared/domain/fleet/freshness.ts';
import type { Depot, Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import { distanceM } from '../distance.ts';
import { compileScope, headingOf, HEADINGS, type FleetFilter, type Heading } from './fleet-filter.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { ACTIVITIES } from '../../../shared/domain/fleet/position.ts';

export type HeadingCounts = Readonly<Record<Heading, number>>;

export type LowestCharge = { readonly vehicle: Vehicle; readonly socPercent: number; readonly atMs: number };

export type DepotPresence = {
  readonly vehicles: number;
  /** Within `AT_DEPOT_M` of the depot, by a fresh position. */
  readonly present: number;
  readonly out: number;
  /** No fresh position: where they are is not known. */
  readonly notKnown: number;
  readonly newestAtMs: number | undefined;
};

export type FleetCensus = {
  readonly total: number;
  readonly shown: number;
  /** The whole fleet by heading. */
  readonly fleet: HeadingCounts;
  /** Within text and depot: what choosing the chip would show. */
  readonly inScope: HeadingCounts;
  readonly silent: number;
  readonly neverReported: number;
  readonly oldestStaleAtMs: number | undefined;
  readonly newestAtMs: number | undefined;
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
  const wanted = new Set<Heading>(filter.headings.length === 0 ? HEADINGS : filter.headings);
  const members = new Uint8Array(vehicles.reduce((most, vehicle) => Math.max(most, vehicle.number), 0) + 1);
  const presence = new Map<string, Writable<DepotPresence>>();
  for (const id of depots.keys())
    presence.set(id, { vehicles: 0, present: 0, out: 0, notKnown: 0, newestAtMs: undefined });
  const fleet = noCounts();
  const inScope = noCounts();
  let shown = 0;
  let silent = 0;
  let neverReported = 0;
  let oldestStaleAtMs: number | undefined;
  let newestAtMs: number | undefined;
  let lowestDriving: LowestCharge | undefined;

  for (const vehicle of vehicles) {
    const row = reports.rowOfVehicle(vehicle.number);
    const atMs = row === undefined ? undefined : columns.atMs[row];
    const freshness = judgeFreshness(atMs, nowMs, clockRate);
    const activity = ACTIVITIES[row === undefined ? 1 : (columns.activity[row] ?? 1)] ?? 'idle';
    const heading = headingOf(activity, freshness === 'fresh');
    fleet[heading]++;
    if (freshness === 'silent') silent++;
    if (freshness === 'never') neverReported++;
    else if (atMs !== undefined) {
      if (heading === 'stale' && atMs < (oldestStaleAtMs ?? Infinity)) oldestStaleAtMs = atMs;
      if (atMs > (newestAtMs ?? 0)) newestAtMs = atMs;
    }
    if (row !== undefined && atMs !== undefined) {
      const socPercent = columns.socPercent[row] ?? 0;
      if (heading === 'driving' && socPercent < (lowestDriving?.socPercent ?? Infinity))
        lowestDriving = { vehicle, socPercent, atMs };
    }
    const depot = depots.get(vehicle.depotId);
    const there = presence.get(vehicle.depotId);
    if (depot !== undefined && there !== undefined) {
      there.vehicles++;
      if (row === undefined || heading === 'stale') there.notKnown++;
      else {
        const at = { latitude: columns.latitude[row] ?? 0, longitude: columns.longitude[row] ?? 0 };
        if (distanceM(at, depot) <= AT_DEPOT_M) there.present++;
        else there.out++;
        if (atMs !== undefined && atMs > (there.newestAtMs ?? 0)) there.newestAtMs = atMs;
      }
    }
    if (inScopeOf(vehicle)) {
      inScope[heading]++;
      if (wanted.has(heading)) {
        members[vehicle.number] = 1;
        shown++;
      }
    }
  }
  return {
    total: vehicles.length,
    shown,
    fleet,
    inScope,
    silent,
    neverReported,
    oldestStaleAtMs,
    newestAtMs,
    lowestDriving,
    depots: presence,
    members,
  };
}

export function sameMembers(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let number = 0; number < one.length; number++) if (one[number] !== other[number]) return false;
  return true;
}
