/** What runs and what is about to start, as plain values: handed down to whoever foresees how the money goes. */
import { foreseeEnd } from '../../../shared/domain/marketplace/foresee-end.ts';
import type { Session } from '../../../shared/domain/marketplace/session.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { WhatRuns } from '../../account/read-standings.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readLatestPosition } from '../../fleet/position-latest-table.ts';
import { readVehicle } from '../../fleet/vehicle-table.ts';
import { readOpenReservations } from '../reservations/reservation-table.ts';
import { readRunningSessions } from './session-table.ts';

/** Ends are estimates. No cost is foreseen here, so that what is left of a session is priced at the rate at which it ran so far. */
export function readWhatRuns(store: ReadableStore): WhatRuns {
  return {
    sessions: readRunningSessions(store)
      .filter(({ status }) => status === 'ACTIVE')
      .map((session) => ({
        sessionId: session.id,
        vehicleId: session.vehicleId,
        beganAtMs: session.startAtMs,
        toldAtMs: session.updatedAtMs,
        cost: session.totalCost,
        currency: session.currency,
        expectedCost: undefined,
        expectedEndMs: endOf(store, session),
      })),
    starts: readOpenReservations(store).map(({ vehicleId, expiresAtMs }) => ({ vehicleId, atMs: expiresAtMs })),
  };
}

function endOf(store: ReadableStore, session: Session): EpochMs | undefined {
  const vehicle = session.vehicleId === undefined ? undefined : readVehicle(store, session.vehicleId);
  return vehicle && foreseeEnd(session, vehicle, readLatestPosition(store, vehicle.number));
}
