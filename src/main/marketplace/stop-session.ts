/** Use case: stop a charging session. One transaction, as for the start. */
import type { Clock } from '../../shared/kernel/instant.ts';
import type { CommandAnswer } from '../../shared/ipc/contract.ts';
import { mayStopSession } from '../../shared/domain/marketplace/session-command.ts';
import type { Store } from '../database/sqlite.ts';
import { appendAction } from '../outbox/action-log.ts';
import type { Outbox } from '../outbox/create-outbox.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../outbox/command-answer.ts';
import { publishCommand, type MarketplaceTopics } from './marketplace-topics.ts';
import { insertSessionCommand, readOpenSessionCommands } from './session-command-table.ts';
import { readSession } from './session-table.ts';

export function stopSession(
  parts: {
    readonly store: Store;
    readonly clock: Clock;
    readonly outbox: Outbox;
    readonly topics: Pick<MarketplaceTopics, 'commands'>;
  },
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
    const stored = parts.outbox.enqueue(tx, {
      commandId,
      kind,
      orderKey: `evse:${evseKey}`,
      body: { session_id: sessionId },
    });
    if (!stored.ok) return refuseWith(stored);
    const atMs = parts.clock.nowMs();
    insertSessionCommand(tx, { commandId, kind, operator, vehicleId, evseKey, sessionId, issuedAtMs: atMs });
    appendAction(tx, { atMs, operator, commandId, kind, body: action });
    publishCommand(tx, parts.topics, commandId);
    return ACCEPTED;
  });
}
