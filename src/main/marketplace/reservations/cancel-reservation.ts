/** Use case: give a reservation up. One transaction, as for the reservation. */
import { followReservation } from '../../../shared/domain/marketplace/follow-reservation.ts';
import { mayCancelReservation } from '../../../shared/domain/marketplace/may-reserve.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../../outbox/command-answer.ts';
import { giveCommand, type CommandParts } from '../commands/give-command.ts';
import { readOpenSessionCommands } from '../commands/session-command-table.ts';
import type { Reservations } from './keep-reservations.ts';
import { readReservation } from './reservation-table.ts';

export function cancelReservation(
  parts: CommandParts & { readonly reservations: Reservations },
  input: { readonly commandId: string; readonly reservationId: string },
  operator: string,
): CommandAnswer {
  const commandId = input.commandId.toLowerCase();
  const reservationId = input.reservationId.toLowerCase();
  const kind = 'CANCEL_RESERVATION';
  const action = { reservationId };
  return parts.store.write((tx) => {
    const again = answerAgain(tx, commandId, kind, action);
    if (again !== undefined) return again;
    const allowed = mayCancelReservation({
      reservation: readReservation(tx, reservationId),
      openCommands: readOpenSessionCommands(tx),
    });
    if (!allowed.ok) return refuseWith(allowed);
    const { reservation } = allowed.value;
    const given = giveCommand(parts, tx, {
      commandId,
      kind,
      operator,
      vehicleId: reservation.vehicleId,
      evseKey: reservation.evseKey,
      reservationId,
      action,
      body: { reservation_id: reservationId },
    });
    if (!given.ok) return refuseWith(given);
    const event = { type: 'cancel-outcome', state: 'queued', reason: undefined, wasConfirmed: false } as const;
    parts.reservations.request(tx, { ...followReservation(reservation, event), changedAtMs: parts.clock.nowMs() });
    return ACCEPTED;
  });
}
