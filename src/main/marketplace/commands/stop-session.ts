/** Use case: stop a charging session. One transaction, as for the start. */
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import { mayStopSession } from '../../../shared/domain/marketplace/session-command.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../../outbox/command-answer.ts';
import { readSession } from '../sessions/session-table.ts';
import { giveCommand, type CommandParts } from './give-command.ts';
import { readOpenSessionCommands } from './session-command-table.ts';

export function stopSession(
  parts: CommandParts,
  input: { readonly commandId: string; readonly sessionId: string },
  operator: string,
): CommandAnswer {
  const commandId = input.commandId.toLowerCase();
  const kind = 'STOP_SESSION';
  const action = { sessionId: input.sessionId };
  return parts.store.write((tx) => {
    const again = answerAgain(tx, commandId, kind, action);
    if (again !== undefined) return again;
    const allowed = mayStopSession({
      session: readSession(tx, input.sessionId),
      openCommands: readOpenSessionCommands(tx),
    });
    if (!allowed.ok) return refuseWith(allowed);
    const { id: sessionId, evseKey, vehicleId } = allowed.value.session;
    // The charge point orders it behind the start it may belong to.
    const body = { session_id: sessionId };
    const given = giveCommand(parts, tx, { commandId, kind, operator, vehicleId, evseKey, sessionId, action, body });
    return given.ok ? ACCEPTED : refuseWith(given);
  });
}
