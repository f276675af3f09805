import { expect, test } from 'vitest';
import { sameMembers, takeCensus, type Reports } from '../../../../../src/renderer/fleet/filter/fleet-census.ts';
import { NO_FILTER, type FleetFilter } from '../../../../../src/renderer/fleet/filter/fleet-filter.ts';
import { createTelemetryStore } from '../../../../../src/renderer/fleet/telemetry-store.ts';
import type { Activity } from '../../../../../src/shared/domain/fleet/position.ts';
import type { Depot, Vehicle } from '../../../../../src/shared/domain/fleet/vehicle.ts';
import { encodeTelemetryFrame } from '../../../../../src/shared/ipc/telemetry-frame.ts';
import { energyWh, powerW } from '../../../../../src/shared/kernel/quantity.ts';

const NOW = 1_780_000_000_000;
const depot: Depot = {
  id: 'blr',
  name: 'Bengaluru North',
  latitude: 13,
  longitude: 77.6,
  timeZone: 'Asia/Kolkata',
  currency: 'INR',
  siteLimitW: powerW(450_000),
  locationIds: [],
  updatedAtMs: NOW,
};
const depots = new Map([[depot.id, depot]]);

function vehicle(number: number, registration = `KA-${number}`): Vehicle {
  return {
    id: `v${number}`,
    number,
    registration,
    model: 'eVan',
    depotId: 'blr',
    usableCapacityWh: energyWh(77_000),
    maxAcW: powerW(11_000),
    maxDcW: powerW(115_000),
  };
}

function reports(
  rows: readonly { number: number; activity: Activity; ageMs?: number; soc?: number; latitude?: number }[],
): Reports {
  const store = createTelemetryStore();
  const positions = rows.map((row) => ({
    vehicleNumber: row.number,
    atMs: NOW - (row.ageMs ?? 1000),
    latitude: row.latitude ?? 13,
    longitude: 77.6,
    speedKmh: 0,
    headingDeg: 0,
    socPercent: row.soc ?? 50,
    batteryTempC: 25,
    activity: row.activity,
  }));
  store.apply(encodeTelemetryFrame(positions, NOW, true));
  return store;
}

const fleet = [vehicle(1), vehicle(2), vehicle(3), vehicle(4), vehicle(5)];
const heard = reports([
  { number: 1, activity: 'driving', soc: 40, latitude: 13.1 },
  { number: 2, activity: 'driving', soc: 12, ageMs: 60_000 },
  { number: 3, activity: 'charging' },
  { number: 4, activity: 'plugged', ageMs: 700_000 },
]);

test('every vehicle stands under its last activity, and the silent ones under stale besides', () => {
  const census = takeCensus(fleet, depots, heard, NO_FILTER, NOW);
  expect(census.fleet).toEqual({ driving: 2, charging: 1, plugged: 1, idle: 0, stale: 3 });
  expect(census.staleFleet).toEqual({ driving: 1, charging: 0, plugged: 1, idle: 0, stale: 3 });
  const { stale, ...byActivity } = census.fleet;
  expect(Object.values(byActivity).reduce((sum, count) => sum + count) + census.neverReported).toBe(census.total);
  expect(stale).toBe(3);
  expect({ silent: census.silent, never: census.neverReported }).toEqual({ silent: 1, never: 1 });
  expect(census.oldestStaleAtMs).toBe(NOW - 700_000);
});

test('an outage empties no filter: the last known activity still passes', () => {
  const filter: FleetFilter = { ...NO_FILTER, headings: ['charging'] };
  const before = takeCensus(fleet, depots, heard, filter, NOW);
  const lost = takeCensus(fleet, depots, heard, filter, NOW + 30_000);
  expect([...lost.members]).toEqual([...before.members]);
  expect(lost.inScope).toEqual({ ...before.inScope, stale: 5 });
});

test('the lowest on the road is a fresh one, and a stale one only while nobody fresh drives', () => {
  expect(takeCensus(fleet, depots, heard, NO_FILTER, NOW).lowestDriving?.vehicle.id).toBe('v1');
  expect(takeCensus(fleet, depots, heard, NO_FILTER, NOW + 30_000).lowestDriving?.vehicle.id).toBe('v2');
});

test('the depot keeps its last counts and their age when nobody reports', () => {
  const known = { vehicles: 5, present: 3, out: 1, neverReported: 1, newestAtMs: NOW - 1000 };
  expect(takeCensus(fleet, depots, heard, NO_FILTER, NOW).depots.get('blr')).toEqual({ ...known, stale: 2 });
  expect(takeCensus(fleet, depots, heard, NO_FILTER, NOW + 30_000).depots.get('blr')).toEqual({ ...known, stale: 4 });
});

test('chips count within text and depot but regardless of the chosen chips', () => {
  const census = takeCensus(fleet, depots, heard, { text: 'ka-1', depotId: undefined, headings: ['charging'] }, NOW);
  expect(census.inScope.driving).toBe(1);
  expect(census.shown).toBe(0);
  const charging = takeCensus(fleet, depots, heard, { ...NO_FILTER, headings: ['charging'] }, NOW);
  expect([...charging.members]).toEqual([0, 0, 0, 1, 0, 0]);
});

test('a demo at sixty times the speed of life does not make the fleet stale', () => {
  expect(takeCensus(fleet, depots, heard, NO_FILTER, NOW, 60).fleet).toMatchObject({
    driving: 2,
    plugged: 1,
    stale: 1,
  });
});

test('members are the same only when every one is', () => {
  expect(sameMembers(Uint8Array.of(0, 1), Uint8Array.of(0, 1))).toBe(true);
  expect(sameMembers(Uint8Array.of(0, 1), Uint8Array.of(1, 1))).toBe(false);
  expect(sameMembers(Uint8Array.of(0, 1), Uint8Array.of(0, 1, 0))).toBe(false);
});
