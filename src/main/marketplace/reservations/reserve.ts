/**
 * Use case: hold a charge point for a vehicle. Decided like a start; the reservation, its command, its outbox row and the record of the
 * action are one transaction. The command's id is the reservation's.
 */
import { mayReserve } from '../../../shared/domain/marketplace/may-reserve.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import { readVehicle } from '../../fleet/vehicle-table.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../../outbox/command-answer.ts';
import { authoriseStart } from '../commands/authorise-start.ts';
import { giveCommand, type CommandParts } from '../commands/give-command.ts';
import { readOpenSessionCommands } from '../commands/session-command-table.ts';
import { readEvseByKey } from '../network/evse-table.ts';
import type { Reservations } from './keep-reservations.ts';
import { readOpenReservations } from './reservation-table.ts';

export function reserve(
  parts: CommandParts & { readonly reservations: Reservations },
  input: {
    readonly commandId: string;
    readonly vehicleId: string;
    readonly evseKey: string;
    readonly expiresAtMs: number;
  },
  operator: string,
): CommandAnswer {
  const commandId = input.commandId.toLowerCase();
  const kind = 'RESERVE_NOW';
  const action = { vehicleId: input.vehicleId, evseKey: input.evseKey, expiresAtMs: input.expiresAtMs };
  return parts.store.write((tx) => {
    const again = answerAgain(tx, commandId, kind, action);
    if (again !== undefined) return again;
    const vehicle = readVehicle(tx, input.vehicleId);
    const vehicleId = vehicle?.id ?? input.vehicleId;
    const nowMs = parts.clock.nowMs();
    const allowed = mayReserve({
      vehicleId,
      vehicleKnown: vehicle !== undefined,
      evse: readEvseByKey(tx, input.evseKey),
      expiresAtMs: input.expiresAtMs,
      nowMs,
      reservations: readOpenReservations(tx),
      openCommands: readOpenSessionCommands(tx),
    });
    if (!allowed.ok) return refuseWith(allowed);
    const credit = authoriseStart(tx, vehicleId, nowMs);
    if (!credit.ok) return refuseWith(credit);
    const { evse } = allowed.value;
    const given = giveCommand(parts, tx, {
      commandId,
      kind,
      operator,
      vehicleId,
      evseKey: evse.key,
      reservationId: commandId,
      action,
      body: {
        location_id: evse.locationId,
        evse_uid: evse.uid,
        vehicle_id: vehicleId,
        reservation_id: commandId,
        expiry_date: new Date(input.expiresAtMs).toISOString(),
      },
    });
    if (!given.ok) return refuseWith(given);
    parts.reservations.request(tx, {
      reservationId: commandId,
      state: 'requested',
      reason: undefined,
      vehicleId,
      evseKey: evse.key,
      expiresAtMs: input.expiresAtMs,
      operator,
      requestedAtMs: nowMs,
      changedAtMs: nowMs,
    });
    return ACCEPTED;
  });
}
