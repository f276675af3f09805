/**
 * May this charge point be held for this vehicle, and may a reservation be given up? The same rules preview the action in the window and
 * decide it in the store (OCPI 2.2.1, 13.3.3 ReserveNow and 13.3.1 CancelReservation).
 */
import type { EpochMs } from '../../kernel/instant.ts';
import { accept, refuse, type Result } from '../../kernel/result.ts';
import { hasCapability, type Evse } from './evse.ts';
import { mayBeHeld, type Reservation } from './reservation.ts';
import { sameId } from './same-id.ts';
import { isOpen, type SessionCommand } from './session-command.ts';

/** How far ahead a charge point may be held. */
export const LONGEST_RESERVATION_MS = 24 * 3_600_000;

export type ReserveRefusal =
  | 'evse-unknown'
  | 'evse-not-available'
  | 'evse-not-reservable'
  | 'vehicle-unknown'
  | 'vehicle-has-reservation'
  | 'reservation-time'
  | 'reserve-already-open';

export function mayReserve(facts: {
  readonly vehicleId: string;
  readonly vehicleKnown: boolean;
  readonly evse: Evse | undefined;
  readonly expiresAtMs: EpochMs;
  readonly nowMs: EpochMs;
  /** Those that may be held. */
  readonly reservations: readonly Reservation[];
  readonly openCommands: readonly SessionCommand[];
}): Result<{ readonly evse: Evse }, ReserveRefusal> {
  const { evse } = facts;
  if (!facts.vehicleKnown) return refuse('vehicle-unknown', 'This vehicle is not in the fleet. Choose another.');
  if (evse === undefined || evse.status === 'REMOVED')
    return refuse('evse-unknown', 'This charge point is no longer in the network. Choose another.');
  if (facts.expiresAtMs <= facts.nowMs)
    return refuse('reservation-time', 'This time is over. Choose a later end of the reservation.');
  if (facts.expiresAtMs - facts.nowMs > LONGEST_RESERVATION_MS)
    return refuse('reservation-time', 'A charge point is held for at most 24 hours. Choose an earlier end.');
  if (hasCapability(evse, 'RESERVABLE') === false)
    return refuse('evse-not-reservable', `${evse.label} cannot be reserved. Choose another, or start without.`);
  const held = facts.reservations.find(
    (each) => mayBeHeld(each) && (sameId(each.vehicleId, facts.vehicleId) || sameId(each.evseKey, evse.key)),
  );
  if (held !== undefined)
    return refuse(
      'vehicle-has-reservation',
      sameId(held.vehicleId, facts.vehicleId)
        ? 'This vehicle has a reservation already. Cancel it first.'
        : `${evse.label} is reserved for another vehicle of the fleet. Choose another.`,
    );
  if (evse.status !== 'AVAILABLE')
    return refuse('evse-not-available', `${evse.label} is ${evse.status.toLowerCase()}. Choose an available one.`);
  const rival = facts.openCommands.find(
    (command) =>
      (command.kind === 'START_SESSION' || command.kind === 'RESERVE_NOW') &&
      sameId(command.evseKey, evse.key) &&
      isOpen(command),
  );
  if (rival !== undefined)
    return refuse(
      'reserve-already-open',
      `A ${rival.kind === 'START_SESSION' ? 'start' : 'reservation'} for this charge point is ${rival.state}. Wait for its outcome.`,
    );
  return accept({ evse });
}

export type CancelRefusal =
  | 'reservation-unknown'
  | 'reservation-over'
  | 'reservation-not-confirmed'
  | 'cancel-already-open';

export function mayCancelReservation(facts: {
  readonly reservation: Reservation | undefined;
  readonly openCommands: readonly SessionCommand[];
}): Result<{ readonly reservation: Reservation }, CancelRefusal> {
  const { reservation } = facts;
  if (reservation === undefined)
    return refuse('reservation-unknown', 'This reservation is not known here. Reload the list.');
  const rival = facts.openCommands.some(
    (command) =>
      command.kind === 'CANCEL_RESERVATION' &&
      sameId(command.reservationId, reservation.reservationId) &&
      isOpen(command),
  );
  if (rival) return refuse('cancel-already-open', 'Its cancellation is under way. Wait for the outcome.');
  if (!mayBeHeld(reservation))
    return refuse('reservation-over', `This reservation is ${reservation.state}. There is nothing to cancel.`);
  if (reservation.state === 'requested')
    return refuse('reservation-not-confirmed', 'It is still being requested. Wait for the charge point’s answer.');
  return accept({ reservation });
}
