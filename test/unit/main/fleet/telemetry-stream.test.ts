import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../../src/main/database/open-store.ts';
import { fleetStream } from '../../../../src/main/fleet/fleet-stream.ts';
import { openLatestPositions } from '../../../../src/main/fleet/position-latest-table.ts';
import { openPositionRing } from '../../../../src/main/fleet/position-ring-table.ts';
import { dropFuturePositions, telemetryStream } from '../../../../src/main/fleet/telemetry-stream.ts';
import { readVehicles, spellVehicleId } from '../../../../src/main/fleet/vehicle-table.ts';
import type { ApplyAnswer, StreamDefinition } from '../../../../src/main/marketplace-link/stream-definition.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { sampleDepot, samplePosition, sampleVehicle } from '../../../support/wire-samples.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 5, 9, 4);

function stage() {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  const told: number[][] = [];
  const lines: string[] = [];
  const removed: string[] = [];
  let nowMs = NOW;
  const ring = openPositionRing(store, 1e9);
  const latest = openLatestPositions(store, (numbers) => told.push([...numbers]));
  const clock = { nowMs: () => nowMs };
  const telemetry = telemetryStream({ ring, latest, clock, log: (line) => lines.push(line), maxUnannounced: 3 });
  const nothing = { upsert: () => {}, remove: () => {} };
  const fleet = fleetStream(
    { vehicles: { ...nothing, remove: (keys) => removed.push(...keys) }, depots: nothing },
    { depotsChanged: () => {}, dutiesChanged: () => {} },
  );
  function take(stream: StreamDefinition, kind: string, body: unknown): ApplyAnswer {
    return store.write((tx) => {
      stream.beginPage?.(tx);
      const answer = stream.kinds[kind]?.apply(tx, body as never, {} as never);
      stream.endPage?.(tx);
      return answer;
    });
  }
  const report = (...fixes: readonly (readonly [string, number])[]) =>
    take(telemetry, 'positions', { positions: fixes.map(([id, atMs]) => samplePosition(id, atMs)) });
  return {
    store,
    ring,
    latest,
    telemetry,
    told,
    lines,
    removed,
    report,
    hear: (kind: string, body: unknown) => take(fleet, kind, body),
    setClock: (ms: number) => void (nowMs = ms),
    newest: () => [...latest.all()].map(({ atMs }) => atMs),
  };
}

describe('telemetry', () => {
  it('goes on after a clock that was ahead was put back: one fix does not freeze the fleet', () => {
    const { report, setClock, newest, ring, store, lines } = stage();
    setClock(NOW + 48 * HOUR_MS);
    report(['V1', NOW + 48 * HOUR_MS]);
    setClock(NOW);
    report(['V1', NOW], ['V2', NOW - 1]);
    expect(newest()).toEqual([NOW, NOW - 1]);
    expect(ring.track(store, 1, 0, Infinity).map(({ atMs }) => atMs)).toEqual([NOW]);
    expect(lines).toEqual([]);
  });

  it('forgets what is yet to come at a start and with a new log, and takes it back with its transaction', () => {
    const { report, setClock, newest, ring, latest, store, telemetry } = stage();
    const later = NOW + 48 * HOUR_MS;
    setClock(later);
    report(['V1', later], ['V2', NOW + 30 * HOUR_MS]);
    setClock(NOW);
    expect(() =>
      store.write((tx) => {
        telemetry.restart?.(tx);
        expect(newest()).toEqual([]);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(newest().length).toBe(2);
    expect(ring.track(store, 1, 0, Infinity).length).toBe(1);
    store.write((tx) => dropFuturePositions(tx, { ring, latest }, NOW));
    expect(newest()).toEqual([]);
    expect(openLatestPositions(store, () => {}).of(1)).toBe(undefined);
    expect(openPositionRing(store, 1e9).track(store, 1, 0, Infinity)).toEqual([]);
  });

  it('says once for each page how many positions were too old to be kept', () => {
    const { report, lines } = stage();
    report(['V1', NOW]);
    report(['V1', NOW - 30 * HOUR_MS], ['V2', NOW - 31 * HOUR_MS]);
    expect(lines).toEqual([expect.stringMatching(/^2 positions/u)]);
  });

  it('tells of positions again after something else failed behind a commit', () => {
    const { store, latest, report, told, newest } = stage();
    report(['V1', NOW - 9]);
    const position = latest.of(1);
    expect(position).toBeDefined();
    store.write((tx) => {
      tx.afterCommit(() => {
        throw new Error('another effect');
      });
      if (position !== undefined) latest.take(tx, { ...position, atMs: NOW - 5 });
    });
    report(['V1', NOW]);
    expect(newest()).toEqual([NOW]);
    expect(told).toEqual([[1], [1], [1]]);
  });

  it('numbers vehicles that were never announced up to a bound, whatever their spelling', () => {
    const { report, hear, newest } = stage();
    expect(report(['A', NOW], ['a', NOW + 1], ['B', NOW], ['C', NOW], ['D', NOW])).toMatchObject({
      code: 'too-many-strangers',
    });
    expect(newest()).toEqual([NOW + 1, NOW, NOW]);
    hear('vehicle.put', sampleVehicle('c'));
    expect(report(['D', NOW])).toBe(undefined);
    expect(report(['E', NOW], ['c', NOW + 1])).toMatchObject({ ok: false });
  });
});

describe('OCPI ids of the fleet', () => {
  it('are one vehicle and one depot in every spelling, under the first', () => {
    const { store, hear, removed, report } = stage();
    hear('depot.put', sampleDepot('Depot-1'));
    hear('depot.put', { ...sampleDepot('DEPOT-1'), name: 'Renamed' });
    hear('vehicle.put', sampleVehicle('VEH-1'));
    hear('vehicle.put', { ...sampleVehicle('veh-1'), model: 'Other' });
    expect(readVehicles(store)).toMatchObject([{ id: 'VEH-1', model: 'Other', depotId: 'Depot-1' }]);
    expect(store.prepare('SELECT id, name FROM depot').all()).toEqual([{ id: 'Depot-1', name: 'Renamed' }]);
    expect(spellVehicleId(store, 'vEh-1')).toBe('VEH-1');
    // Also when a position came first.
    report(['bus-2', NOW]);
    hear('vehicle.put', sampleVehicle('BUS-2'));
    expect(readVehicles(store).map(({ id }) => id)).toEqual(['VEH-1', 'bus-2']);
    hear('vehicle.delete', { id: 'veh-1', last_updated: '2026-06-09T05:00:00Z' });
    expect(removed).toEqual(['VEH-1']);
    expect(hear('vehicle.delete', { id: 'V9', last_updated: '2026-06-09T05:00:00Z' })).toBe('unchanged');
  });
});
