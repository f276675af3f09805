/**
 * Use case: start a charging session. Decided by the domain's rule on what the store holds at this moment; the command, its hold on the
 * account, its outbox row and the record of the action are one transaction, so *accepted* means stored.
 */
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import { mayStartSession } from '../../../shared/domain/marketplace/session-command.ts';
import { openHold } from '../../account/move-holds.ts';
import { readVehicle } from '../../fleet/vehicle-table.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../../outbox/command-answer.ts';
import { readEvseByKey } from '../network/evse-table.ts';
import { readOpenReservations } from '../reservations/reservation-table.ts';
import { readRunningSessions } from '../sessions/session-table.ts';
import { authoriseStart } from './authorise-start.ts';
import { giveCommand, type CommandParts } from './give-command.ts';
import { readOpenSessionCommands } from './session-command-table.ts';

export function startSession(
  parts: CommandParts,
  input: {
    readonly commandId: string;
    readonly vehicleId: string;
    readonly evseKey: string;
    readonly connectorId: string;
  },
  operator: string,
): CommandAnswer {
  const { evseKey, connectorId } = input;
  const commandId = input.commandId.toLowerCase();
  const kind = 'START_SESSION';
  const action = { vehicleId: input.vehicleId, evseKey, connectorId };
  return parts.store.write((tx) => {
    const again = answerAgain(tx, commandId, kind, action);
    if (again !== undefined) return again;
    const vehicle = readVehicle(tx, input.vehicleId);
    const vehicleId = vehicle?.id ?? input.vehicleId;
    const allowed = mayStartSession({
      vehicleId,
      vehicleKnown: vehicle !== undefined,
      evse: readEvseByKey(tx, evseKey),
      connectorId,
      activeSessions: readRunningSessions(tx),
      openCommands: readOpenSessionCommands(tx),
      reservations: readOpenReservations(tx),
    });
    if (!allowed.ok) return refuseWith(allowed);
    const { evse, reservation } = allowed.value;
    const atMs = parts.clock.nowMs();
    const credit = authoriseStart(tx, vehicleId, atMs);
    if (!credit.ok) return refuseWith(credit);
    const given = giveCommand(parts, tx, {
      commandId,
      kind,
      operator,
      vehicleId,
      evseKey: evse.key,
      reservationId: reservation?.reservationId,
      action,
      body: {
        location_id: evse.locationId,
        evse_uid: evse.uid,
        connector_id: connectorId,
        vehicle_id: vehicleId,
        reservation_id: reservation?.reservationId,
      },
    });
    if (!given.ok) return refuseWith(given);
    openHold(tx, { commandId, vehicleId, atMs });
    return ACCEPTED;
  });
}
