/** The stream `telemetry`: positions in bulk, into the ring and into the newest of each vehicle. */
import { MAX_AHEAD_MS } from '../../shared/domain/fleet/freshness.ts';
import { ACTIVITIES, type Activity, type Position } from '../../shared/domain/fleet/position.ts';
import type { Clock, EpochMs } from '../../shared/kernel/instant.ts';
import { refuse } from '../../shared/kernel/result.ts';
import type { Transaction } from '../database/sqlite.ts';
import { itemKind, type ApplyAnswer, type StreamDefinition } from '../marketplace-link/stream-definition.ts';
import type { WirePosition } from '../marketplace-link/wire/v1/fleet-objects.ts';
import { itemKinds } from '../marketplace-link/wire/v1/item-kinds.ts';
import type { LatestPositions } from './position-latest-table.ts';
import type { PositionRing } from './position-ring-table.ts';
import { countUnannounced, numberOfVehicle, numberVehicle } from './vehicle-table.ts';

/** More than a vehicle's clock may be ahead: stored positions beyond it were taken under a clock that was wrong. */
const WRONG_CLOCK_MS = 3_600_000;
/** Vehicles of which there are positions only. More than any fleet has; less than fills a disk. */
const MAX_UNANNOUNCED = 100_000;
/** Beyond it the table is asked each time: a vehicle has one spelling, or a few. */
const MOST_SPELLINGS = 400_000;

/** Forgets positions that were stored under a clock that was ahead: they would hold off all that comes later. */
export function dropFuturePositions(
  tx: Transaction,
  parts: { readonly ring: PositionRing; readonly latest: LatestPositions },
  nowMs: EpochMs,
): void {
  parts.ring.dropAfter(tx, nowMs + WRONG_CLOCK_MS);
  parts.latest.dropAfter(tx, nowMs + WRONG_CLOCK_MS);
}

export function telemetryStream(parts: {
  readonly ring: PositionRing;
  readonly latest: LatestPositions;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly maxUnannounced?: number;
}): StreamDefinition {
  const { ring, latest, clock, maxUnannounced = MAX_UNANNOUNCED } = parts;
  /** By id as it was spelled: OCPI ids are compared without case, which the table does, once for each spelling. */
  const numbers = new Map<string, number>();
  let unannounced: number | undefined;
  let tooOld = 0;

  /** Numbers never change, so they are remembered; one given inside a transaction that fails is forgotten with it. */
  function numberOf(tx: Transaction, vehicleId: string): number | undefined {
    const remembered = numbers.get(vehicleId);
    if (remembered !== undefined) return remembered;
    const known = numberOfVehicle(tx, vehicleId);
    if (known === undefined) {
      unannounced ??= countUnannounced(tx);
      if (unannounced >= maxUnannounced) return undefined;
      unannounced += 1;
    }
    const given = known ?? numberVehicle(tx, vehicleId);
    if (numbers.size >= MOST_SPELLINGS) return given;
    tx.afterRollback(() => numbers.delete(vehicleId));
    numbers.set(vehicleId, given);
    return given;
  }

  function take(tx: Transaction, { positions }: { readonly positions: readonly WirePosition[] }): ApplyAnswer {
    const newestAllowedMs = clock.nowMs() + MAX_AHEAD_MS;
    let fromTheFuture = 0;
    let ofStrangers = 0;
    for (const wire of positions) {
      if (wire.at_ms > newestAllowedMs) {
        fromTheFuture += 1;
        continue;
      }
      const number = numberOf(tx, wire.vehicle_id);
      if (number === undefined) {
        ofStrangers += 1;
        continue;
      }
      const position = fromWire(wire, number);
      if (ring.store(tx, position) === 'too-old') tooOld += 1;
      latest.take(tx, position);
    }
    if (ofStrangers > 0)
      return refuse(
        'too-many-strangers',
        `${ofStrangers} of ${positions.length} positions are of vehicles that were never announced, of which there are ${maxUnannounced} already; they were not taken.`,
      );
    if (fromTheFuture === 0) return undefined;
    return refuse(
      'position-in-future',
      `${fromTheFuture} of ${positions.length} positions are dated more than five minutes ahead of this console; they were not taken.`,
    );
  }

  return {
    name: 'telemetry',
    isBulk: true,
    kinds: { positions: itemKind(itemKinds.telemetry.positions, take) },
    beginPage: (tx) => {
      tooOld = 0;
      // Counted anew for each page: what was a stranger may have been announced since.
      unannounced = undefined;
      // A clock that was put back leaves hours that are yet to come.
      if (ring.dropAfter(tx, clock.nowMs() + WRONG_CLOCK_MS)) dropFuturePositions(tx, parts, clock.nowMs());
    },
    endPage: (tx) => {
      ring.settle(tx);
      latest.settle(tx);
      if (tooOld > 0) parts.log(`${tooOld} positions were older than what is kept, or of an hour that had to go.`);
    },
    restart: (tx) => dropFuturePositions(tx, parts, clock.nowMs()),
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
