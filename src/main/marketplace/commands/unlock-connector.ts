/** Use case: release a connector whose cable is stuck. One transaction, as for the start. */
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import { mayUnlock } from '../../../shared/domain/marketplace/session-command.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../../outbox/command-answer.ts';
import { readEvseByKey } from '../network/evse-table.ts';
import { readRunningSessions } from '../sessions/session-table.ts';
import { giveCommand, type CommandParts } from './give-command.ts';
import { readOpenSessionCommands } from './session-command-table.ts';

export function unlockConnector(
  parts: CommandParts,
  input: { readonly commandId: string; readonly evseKey: string; readonly connectorId: string },
  operator: string,
): CommandAnswer {
  const { connectorId } = input;
  const commandId = input.commandId.toLowerCase();
  const kind = 'UNLOCK_CONNECTOR';
  const action = { evseKey: input.evseKey, connectorId };
  return parts.store.write((tx) => {
    const again = answerAgain(tx, commandId, kind, action);
    if (again !== undefined) return again;
    const allowed = mayUnlock({
      evse: readEvseByKey(tx, input.evseKey),
      connectorId,
      activeSessions: readRunningSessions(tx),
      openCommands: readOpenSessionCommands(tx),
    });
    if (!allowed.ok) return refuseWith(allowed);
    const { evse } = allowed.value;
    const body = { location_id: evse.locationId, evse_uid: evse.uid, connector_id: connectorId };
    const given = giveCommand(parts, tx, { commandId, kind, operator, evseKey: evse.key, action, body });
    return given.ok ? ACCEPTED : refuseWith(given);
  });
}
