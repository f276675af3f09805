/** What the fleet takes from the marketplace: depots, vehicles, and the bulk, positions. */
import { ACTIVITIES, type Activity, type Position } from '../../shared/domain/fleet/position.ts';
import type { Depot, Vehicle } from '../../shared/domain/fleet/vehicle.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import { refuse } from '../../shared/kernel/result.ts';
import type { Transaction } from '../database/sqlite.ts';
import type { Topic } from '../feed/feed-hub.ts';
import { itemKind, type ApplyAnswer, type StreamDefinition } from '../marketplace-link/stream-definition.ts';
import type { WirePosition } from '../marketplace-link/wire/v1/fleet-objects.ts';
import { itemKinds } from '../marketplace-link/wire/v1/item-kinds.ts';
import { parseDateTimeMs } from '../marketplace-link/wire/v1/primitives.ts';
import { forgetDepots, putDepot, readDepot, readDepots } from './depot-table.ts';
import type { LatestPositions } from './position-latest-table.ts';
import type { PositionRing } from './position-ring-table.ts';
import {
  deleteVehicle,
  forgetVehicles,
  numberVehicle,
  putVehicle,
  readVehicle,
  readVehicles,
} from './vehicle-table.ts';

/** A vehicle's clock may be a little ahead of ours; beyond this its time means nothing. */
const MAX_AHEAD_MS = 5 * 60_000;

export type FleetTopics = { readonly vehicles: Topic<Vehicle>; readonly depots: Topic<Depot> };

export function fleetStream(topics: FleetTopics): StreamDefinition {
  return {
    name: 'fleet',
    kinds: {
      'depot.put': itemKind(itemKinds.fleet['depot.put'], (tx, depot) => {
        putDepot(tx, depot);
        const stored = readDepot(tx, depot.id);
        assert(stored !== undefined, 'a depot that was put is there');
        tx.afterCommit(() => topics.depots.upsert([stored]));
      }),
      'vehicle.put': itemKind(itemKinds.fleet['vehicle.put'], (tx, vehicle) => {
        putVehicle(tx, vehicle);
        const stored = readVehicle(tx, vehicle.id);
        assert(stored !== undefined, 'a vehicle that was put is there');
        tx.afterCommit(() => topics.vehicles.upsert([stored]));
      }),
      'vehicle.delete': itemKind(itemKinds.fleet['vehicle.delete'], (tx, { id, last_updated: at }) => {
        if (!deleteVehicle(tx, id, parseDateTimeMs(at))) return 'unchanged';
        tx.afterCommit(() => topics.vehicles.remove([id]));
        return undefined;
      }),
    },
    restart: (tx) => {
      const vehicleIds = readVehicles(tx).map((vehicle) => vehicle.id);
      const depotIds = readDepots(tx).map((depot) => depot.id);
      forgetVehicles(tx);
      forgetDepots(tx);
      tx.afterCommit(() => {
        topics.vehicles.remove(vehicleIds);
        topics.depots.remove(depotIds);
      });
    },
  };
}

export function telemetryStream(parts: {
  readonly ring: PositionRing;
  readonly latest: LatestPositions;
  readonly clock: Clock;
}): StreamDefinition {
  const numbers = new Map<string, number>();

  /** Numbers never change, so they are remembered; one given inside a transaction that fails is forgotten with it. */
  function numberOf(tx: Transaction, vehicleId: string): number {
    const known = numbers.get(vehicleId);
    if (known !== undefined) return known;
    const given = numberVehicle(tx, vehicleId);
    numbers.set(vehicleId, given);
    tx.afterRollback(() => numbers.delete(vehicleId));
    return given;
  }

  function take(tx: Transaction, { positions }: { readonly positions: readonly WirePosition[] }): ApplyAnswer {
    const newestAllowedMs = parts.clock.nowMs() + MAX_AHEAD_MS;
    let fromTheFuture = 0;
    for (const wire of positions) {
      if (wire.at_ms > newestAllowedMs) {
        fromTheFuture += 1;
        continue;
      }
      const position = fromWire(wire, numberOf(tx, wire.vehicle_id));
      parts.ring.store(tx, position);
      parts.latest.take(tx, position);
    }
    if (fromTheFuture === 0) return undefined;
    return refuse(
      'position-in-future',
      `${fromTheFuture} of ${positions.length} positions are dated more than five minutes ahead of this console; they were not taken.`,
    );
  }

  return {
    name: 'telemetry',
    kinds: { positions: itemKind(itemKinds.telemetry.positions, take) },
    endPage: (tx) => parts.ring.settle(tx),
  };
}

const ACTIVITY_OF_WIRE: Readonly<Record<WirePosition['activity'], Activity>> = {
  DRIVING: ACTIVITIES[0],
  IDLE: ACTIVITIES[1],
  PLUGGED: ACTIVITIES[2],
  CHARGING: ACTIVITIES[3],
};

function fromWire(wire: WirePosition, vehicleNumber: number): Position {
  return {
    vehicleNumber,
    atMs: wire.at_ms,
    latitude: wire.latitude,
    longitude: wire.longitude,
    speedKmh: wire.speed_kmh,
    headingDeg: wire.heading_deg,
    socPercent: wire.soc_percent,
    batteryTempC: wire.battery_temp_c,
    activity: ACTIVITY_OF_WIRE[wire.activity],
  };
}
