/** Brings the fleet to life: its tables, its two streams, its feeds and answers. */
import type { Position } from '../../shared/domain/fleet/position.ts';
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import { consoleApi } from '../../shared/ipc/console-api.ts';
import { encodeTelemetryFrame } from '../../shared/ipc/telemetry-frame.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import type { Store } from '../database/sqlite.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import { openFrameFeed, type FrameFeed } from '../feed/frame-feed.ts';
import type { StreamDefinition } from '../marketplace-link/stream-definition.ts';
import { readDepots } from './depot-table.ts';
import { fleetStream } from './fleet-stream.ts';
import { openLatestPositions } from './position-latest-table.ts';
import { openPositionRing } from './position-ring-table.ts';
import { dropFuturePositions, telemetryStream } from './telemetry-stream.ts';
import { thinHistory } from './vehicle-history.ts';
import { numberOfVehicle, readVehicles } from './vehicle-table.ts';

/** What the ring of positions may take on disk: a day of 1 000 vehicles at one position a second. */
const RING_BUDGET_BYTES = 4 * 2 ** 30;

export type Fleet = {
  readonly telemetry: FrameFeed;
  /** Set when the ring had to drop hours to keep its budget. */
  readonly ringShortenedToHours: () => number | undefined;
  /** Calls after each change of the depots. */
  readonly onDepots: (listener: () => void) => void;
  /** Calls after each change of the duties. */
  readonly onDuties: (listener: () => void) => void;
};

export function startFleet(parts: {
  readonly store: Store;
  readonly feeds: FeedHub;
  readonly answers: AnswerRegistry;
  readonly link: { readonly registerStream: (definition: StreamDefinition) => void };
  readonly clock: Clock;
  readonly log?: (line: string) => void;
}): Fleet {
  const { store, feeds, answers, link, clock, log = () => {} } = parts;
  const ring = openPositionRing(store, RING_BUDGET_BYTES);
  const latest = openLatestPositions(store, (vehicleNumbers) => telemetry.changed(vehicleNumbers));
  store.write((tx) => dropFuturePositions(tx, { ring, latest }, clock.nowMs()));
  const telemetry = openFrameFeed({
    maxRateHz: consoleApi['fleet/telemetry'].maxRateHz,
    encode: (numbers) => {
      const positions = numbers === undefined ? [...latest.all()] : [...numbers].map(latest.of);
      return encodeTelemetryFrame(positions.filter(isPosition), clock.nowMs(), numbers === undefined);
    },
  });

  const depotListeners: (() => void)[] = [];
  const dutyListeners: (() => void)[] = [];
  link.registerStream(
    fleetStream(
      {
        vehicles: feeds.open('fleet/vehicles', { load: () => readVehicles(store) }),
        depots: feeds.open('fleet/depots', { load: () => readDepots(store) }),
      },
      {
        depotsChanged: () => {
          for (const listener of depotListeners) listener();
        },
        dutiesChanged: () => {
          for (const listener of dutyListeners) listener();
        },
      },
    ),
  );
  link.registerStream(telemetryStream({ ring, latest, clock, log }));

  answers.query('fleet/vehicle-history', ({ vehicleId, fromMs, toMs, maxPoints }) => {
    const number = numberOfVehicle(store, vehicleId);
    return number === undefined
      ? { points: [], storedCount: 0 }
      : thinHistory(ring.track(store, number, fromMs, toMs), maxPoints);
  });
  return {
    telemetry,
    ringShortenedToHours: ring.shortenedToHours,
    onDepots: (listener) => {
      depotListeners.push(listener);
    },
    onDuties: (listener) => {
      dutyListeners.push(listener);
    },
  };
}

function isPosition(position: Position | undefined): position is Position {
  return position !== undefined;
}
