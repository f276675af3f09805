/**
 * Keeps reservations by what is heard: each piece of news is held against those that may be held, in the transaction that stores the
 * news, so that a reservation and its evidence cannot differ after a crash.
 */
import { followReservation, type ReservationEvent } from '../../../shared/domain/marketplace/follow-reservation.ts';
import type { Evse, EvseStatus } from '../../../shared/domain/marketplace/evse.ts';
import type { Reservation } from '../../../shared/domain/marketplace/reservation.ts';
import { sameId } from '../../../shared/domain/marketplace/same-id.ts';
import type { Session } from '../../../shared/domain/marketplace/session.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store, Transaction } from '../../database/sqlite.ts';
import type { Topic } from '../../feed/feed-hub.ts';
import type { CommandOutcome } from '../../outbox/create-outbox.ts';
import { readSessionCommand } from '../commands/session-command-table.ts';
import { putReservation, readOpenReservations, readReservation, readReservationsOf } from './reservation-table.ts';

export type Reservations = ReturnType<typeof keepReservations>;

export function keepReservations(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly topic: Topic<Reservation>;
}) {
  const { store, clock, topic } = parts;

  function put(tx: Transaction, reservation: Reservation): void {
    putReservation(tx, reservation);
    tx.afterCommit(() => topic.upsert([reservation]));
  }

  function follow(tx: Transaction, reservation: Reservation, event: ReservationEvent): void {
    const next = followReservation(reservation, event);
    if (next !== reservation) put(tx, { ...next, changedAtMs: clock.nowMs() });
  }

  return {
    request: put,

    /** A command changed: one that reserved, or one that cancels. */
    commandChanged: (tx: Transaction, { commandId, kind, state, reason }: CommandOutcome): void => {
      if (kind === 'RESERVE_NOW') {
        const reservation = readReservation(tx, commandId);
        if (reservation !== undefined) follow(tx, reservation, { type: 'reserve-outcome', state, reason });
      }
      if (kind === 'CANCEL_RESERVATION') {
        const reservationId = readSessionCommand(tx, commandId)?.reservationId;
        const reservation = reservationId && readReservation(tx, reservationId);
        if (!reservation) return;
        const wasConfirmed = readSessionCommand(tx, reservation.reservationId)?.state === 'done';
        follow(tx, reservation, { type: 'cancel-outcome', state, reason, wasConfirmed });
      }
    },

    /** The CPO gave it up, which it may say long after it said yes; or it does not know the one to be cancelled. */
    gone: (tx: Transaction, commandId: string, reason: string): void => {
      const reservation = readReservation(tx, readSessionCommand(tx, commandId)?.reservationId ?? commandId);
      if (reservation !== undefined) follow(tx, reservation, { type: 'gone', reason });
    },

    evseChanged: (tx: Transaction, before: EvseStatus, evse: Evse): void => {
      if (before === evse.status) return;
      for (const reservation of readOpenReservations(tx))
        if (sameId(reservation.evseKey, evse.key))
          follow(tx, reservation, {
            type: 'evse-status',
            before,
            now: evse.status,
            atMs: evse.statusAtMs,
            label: evse.label,
          });
    },

    sessionChanged: (tx: Transaction, session: Session): void => {
      for (const reservation of readReservationsOf(tx, session.evseKey))
        follow(tx, reservation, { type: 'session', session });
    },

    /** Writes only when one is over. */
    timePassed: (): void => {
      const nowMs = clock.nowMs();
      if (!readOpenReservations(store).some(({ expiresAtMs }) => expiresAtMs <= nowMs)) return;
      store.write((tx) => {
        for (const reservation of readOpenReservations(tx)) follow(tx, reservation, { type: 'time', nowMs });
      });
    },
  };
}
