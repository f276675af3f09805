/** SQL of `reservation`: what is or was held for vehicles of the fleet. Kept for ever. */
import type { Reservation, ReservationState } from '../../../shared/domain/marketplace/reservation.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

type ReservationRow = {
  reservation_id: string;
  state: string;
  reason: string | null;
  vehicle_id: string;
  evse_key: string;
  expires_at_ms: number;
  operator: string;
  requested_at_ms: number;
  changed_at_ms: number;
};

/** Word for word the condition of the partial index. */
const MAY_BE_HELD = `state IN ('requested', 'confirmed', 'cancelling', 'unknown')`;

export function readReservation(store: ReadableStore, reservationId: string): Reservation | undefined {
  const row = store
    .prepare<[string], ReservationRow>('SELECT * FROM reservation WHERE reservation_id = ?')
    .get(reservationId);
  return row === undefined ? undefined : readRow(row);
}

export function readOpenReservations(store: ReadableStore): Reservation[] {
  return store.prepare<[], ReservationRow>(`SELECT * FROM reservation WHERE ${MAY_BE_HELD}`).all().map(readRow);
}

/** At one charge point: those that may be held or ran out, for which a session may still come to be told. Newest first. */
export function readReservationsOf(store: ReadableStore, evseKey: string): Reservation[] {
  return store
    .prepare<[string], ReservationRow>(
      `SELECT * FROM reservation WHERE evse_key = ? AND state NOT IN ('cancelled', 'used', 'refused')
       ORDER BY requested_at_ms DESC LIMIT 10`,
    )
    .all(evseKey)
    .map(readRow);
}

/** Those that may be held, and the others that changed since. */
export function readReservationsSince(store: ReadableStore, changedAfterMs: EpochMs): Reservation[] {
  return store
    .prepare<[number], ReservationRow>(
      `SELECT * FROM reservation WHERE ${MAY_BE_HELD}
       UNION ALL SELECT * FROM reservation WHERE NOT ${MAY_BE_HELD} AND changed_at_ms > ?`,
    )
    .all(changedAfterMs)
    .map(readRow);
}

/** Those that are over and changed last in (fromMs, toMs]. */
export function readOverBetween(store: ReadableStore, fromMs: EpochMs, toMs: EpochMs): string[] {
  return store
    .prepare<[number, number], { reservation_id: string }>(
      `SELECT reservation_id FROM reservation WHERE NOT ${MAY_BE_HELD} AND changed_at_ms > ? AND changed_at_ms <= ?`,
    )
    .all(fromMs, toMs)
    .map((row) => row.reservation_id);
}

export function putReservation(tx: Transaction, reservation: Reservation): void {
  tx.prepare(
    `INSERT INTO reservation (reservation_id, state, reason, vehicle_id, evse_key, expires_at_ms, operator, requested_at_ms,
       changed_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (reservation_id) DO UPDATE SET state = excluded.state, reason = excluded.reason,
       changed_at_ms = excluded.changed_at_ms`,
  ).run(
    reservation.reservationId,
    reservation.state,
    reservation.reason ?? null,
    reservation.vehicleId,
    reservation.evseKey,
    reservation.expiresAtMs,
    reservation.operator,
    reservation.requestedAtMs,
    reservation.changedAtMs,
  );
}

function readRow(row: ReservationRow): Reservation {
  return {
    reservationId: row.reservation_id,
    state: row.state as ReservationState,
    reason: row.reason ?? undefined,
    vehicleId: row.vehicle_id,
    evseKey: row.evse_key,
    expiresAtMs: row.expires_at_ms,
    operator: row.operator,
    requestedAtMs: row.requested_at_ms,
    changedAtMs: row.changed_at_ms,
  };
}
