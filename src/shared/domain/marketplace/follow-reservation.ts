/**
 * What becomes of a reservation by what is heard of it: our two commands, the charge point's status, sessions, and time. Pure.
 *
 * Invariant: `cancelled`, `used` and `refused` never change; `expired` only when it turns out that the vehicle was there in time.
 * OCPI 2.2.1, 13.3.3 ReserveNow and 13.4.2 CommandResultType.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import { assertNever } from '../../kernel/assert.ts';
import type { EvseStatus } from './evse.ts';
import { mayBeHeld, type Reservation } from './reservation.ts';
import { sameId } from './same-id.ts';
import type { CommandState } from './session-command.ts';
import type { Session } from './session.ts';

export type ReservationEvent =
  | { readonly type: 'reserve-outcome'; readonly state: CommandState; readonly reason: string | undefined }
  | {
      readonly type: 'cancel-outcome';
      readonly state: CommandState;
      readonly reason: string | undefined;
      /** Whether the charge point ever said yes to the reservation. */
      readonly wasConfirmed: boolean;
    }
  /** The CPO gave it up, or says that it knows of none. */
  | { readonly type: 'gone'; readonly reason: string }
  | {
      readonly type: 'evse-status';
      readonly before: EvseStatus;
      readonly now: EvseStatus;
      readonly atMs: EpochMs;
      readonly label: string;
    }
  | { readonly type: 'session'; readonly session: Session }
  | { readonly type: 'time'; readonly nowMs: EpochMs };

/** Clocks of vehicles, CPOs and consoles differ: a session may seem to have begun a little before it was reserved for. */
const CLOCK_SLACK_MS = 60_000;

const EXPIRED = 'Its time is over, and no session of the vehicle began there.';

/** The same object when the event changes nothing. */
export function followReservation(reservation: Reservation, event: ReservationEvent): Reservation {
  switch (event.type) {
    case 'reserve-outcome':
      return followReserve(reservation, event.state, event.reason);
    case 'cancel-outcome':
      return followCancel(reservation, event);
    case 'gone':
      return mayBeHeld(reservation) ? become(reservation, 'cancelled', event.reason) : reservation;
    case 'evse-status':
      return followStatus(reservation, event);
    case 'session':
      return followSession(reservation, event.session);
    case 'time':
      return mayBeHeld(reservation) && event.nowMs >= reservation.expiresAtMs
        ? become(reservation, 'expired', EXPIRED)
        : reservation;
    default:
      return assertNever(event);
  }
}

function become(reservation: Reservation, state: Reservation['state'], reason: string | undefined): Reservation {
  return reservation.state === state && reservation.reason === reason ? reservation : { ...reservation, state, reason };
}

function followReserve(reservation: Reservation, state: CommandState, reason: string | undefined): Reservation {
  // A cancellation under way is the later word; time and sessions are better evidence than an old command's answer.
  if (reservation.state !== 'requested' && reservation.state !== 'unknown') return reservation;
  switch (state) {
    case 'queued':
    case 'sent':
    case 'accepted':
      return become(reservation, 'requested', undefined);
    case 'done':
      return become(reservation, 'confirmed', undefined);
    case 'refused':
    case 'expired':
      return become(reservation, 'refused', reason);
    case 'unknown':
      return become(reservation, 'unknown', reason);
    default:
      return assertNever(state);
  }
}

function followCancel(
  reservation: Reservation,
  { state, reason, wasConfirmed }: Extract<ReservationEvent, { type: 'cancel-outcome' }>,
): Reservation {
  if (!mayBeHeld(reservation)) return reservation;
  switch (state) {
    case 'queued':
    case 'sent':
    case 'accepted':
      return become(reservation, 'cancelling', undefined);
    case 'done':
      return become(reservation, 'cancelled', 'It was cancelled here.');
    case 'refused':
    case 'expired':
      return become(
        reservation,
        wasConfirmed ? 'confirmed' : 'unknown',
        `It was not cancelled. ${reason ?? 'No reason was given.'}`,
      );
    case 'unknown':
      return become(reservation, 'unknown', reason);
    default:
      return assertNever(state);
  }
}

/** Only a charge point that was seen reserved and then is not has been given up: news of the two streams come in no order. */
function followStatus(
  reservation: Reservation,
  { before, now, atMs, label }: Extract<ReservationEvent, { type: 'evse-status' }>,
): Reservation {
  if (!mayBeHeld(reservation) || reservation.state === 'requested' || before !== 'RESERVED') return reservation;
  switch (now) {
    case 'AVAILABLE':
      if (atMs >= reservation.expiresAtMs - CLOCK_SLACK_MS) return become(reservation, 'expired', EXPIRED);
      return become(reservation, 'cancelled', `${label} is available to all again: the operator gave it up.`);
    case 'INOPERATIVE':
    case 'OUTOFORDER':
      return become(reservation, 'cancelled', `${label} is out of order.`);
    case 'PLANNED':
    case 'REMOVED':
      return become(reservation, 'cancelled', `${label} is no longer in the network.`);
    // Somebody is there, perhaps the vehicle itself: its session will tell. UNKNOWN tells nothing.
    case 'BLOCKED':
    case 'CHARGING':
    case 'RESERVED':
    case 'UNKNOWN':
      return reservation;
    default:
      return assertNever(now);
  }
}

function followSession(reservation: Reservation, session: Session): Reservation {
  const began = session.status === 'ACTIVE' || session.status === 'COMPLETED';
  const inItsTime =
    session.startAtMs >= reservation.requestedAtMs - CLOCK_SLACK_MS && session.startAtMs < reservation.expiresAtMs;
  if (!began || !inItsTime || !sameId(session.evseKey, reservation.evseKey)) return reservation;
  const isLate = reservation.state === 'expired';
  if (!mayBeHeld(reservation) && !isLate) return reservation;
  if (sameId(session.vehicleId, reservation.vehicleId)) return become(reservation, 'used', undefined);
  if (session.vehicleId === undefined || isLate || reservation.state === 'requested') return reservation;
  return become(reservation, 'cancelled', 'Another vehicle began to charge there.');
}
