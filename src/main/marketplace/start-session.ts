/**
 * Use case: start a charging session. Decided by the domain's rule on what the store holds at this moment; the command,
 * its outbox row and the record of the action are one transaction, so *accepted* means stored.
 */
import type { Clock } from '../../shared/kernel/instant.ts';
import type { CommandAnswer } from '../../shared/ipc/contract.ts';
import { mayStartSession } from '../../shared/domain/marketplace/session-command.ts';
import type { Store } from '../database/sqlite.ts';
import { readVehicle } from '../fleet/vehicle-table.ts';
import { appendAction } from '../outbox/action-log.ts';
import type { Outbox } from '../outbox/create-outbox.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../outbox/command-answer.ts';
import { readEvseByKey } from './evse-table.ts';
import { publishCommand, type MarketplaceTopics } from './marketplace-topics.ts';
import { insertSessionCommand, readOpenSessionCommands } from './session-command-table.ts';
import { readRunningSessions } from './session-table.ts';

/** After this a start or stop that was not sent never will be: the driver has done something else by then. */
export const SESSION_COMMAND_EXPIRY_MS = 30_000;

export function startSession(
  parts: {
    readonly store: Store;
    readonly clock: Clock;
    readonly outbox: Outbox;
    readonly topics: Pick<MarketplaceTopics, 'commands'>;
  },
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
    });
    if (!allowed.ok) return refuseWith(allowed);
    const { evse } = allowed.value;
    const stored = parts.outbox.enqueue(tx, {
      commandId,
      kind,
      orderKey: `evse:${evse.key}`,
      body: { location_id: evse.locationId, evse_uid: evse.uid, connector_id: connectorId, vehicle_id: vehicleId },
    });
    if (!stored.ok) return refuseWith(stored);
    const atMs = parts.clock.nowMs();
    insertSessionCommand(tx, {
      commandId,
      kind,
      operator,
      vehicleId,
      evseKey: evse.key,
      sessionId: undefined,
      issuedAtMs: atMs,
    });
    appendAction(tx, { atMs, operator, commandId, kind, body: action });
    publishCommand(tx, parts.topics, commandId);
    return ACCEPTED;
  });
}
