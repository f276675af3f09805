/**
 * What every command to a charge point has in common once it is allowed: its outbox row, the marketplace's view of it and the record
 * of the action, in the caller's transaction, so *accepted* means stored. Commands to one charge point go out in their order.
 */
import type { SessionCommandKind } from '../../../shared/domain/marketplace/session-command.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import type { Store, Transaction } from '../../database/sqlite.ts';
import { appendAction } from '../../outbox/action-log.ts';
import type { Outbox } from '../../outbox/create-outbox.ts';
import { publishCommand, type MarketplaceTopics } from '../marketplace-topics.ts';
import { insertSessionCommand } from './session-command-table.ts';

/** After this a command that was not sent never will be: the driver has done something else by then. */
export const SESSION_COMMAND_EXPIRY_MS = 30_000;

export type CommandParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'enqueue'>;
  readonly topics: Pick<MarketplaceTopics, 'commands'>;
};

export function giveCommand(
  parts: CommandParts,
  tx: Transaction,
  given: {
    readonly commandId: string;
    readonly kind: SessionCommandKind;
    readonly operator: string;
    readonly evseKey: string;
    readonly vehicleId?: string | undefined;
    readonly sessionId?: string | undefined;
    readonly reservationId?: string | undefined;
    /** As the operator gave it. */
    readonly action: unknown;
    /** As the marketplace gets it. */
    readonly body: unknown;
  },
): Result<unknown> {
  const { commandId, kind, operator, evseKey, vehicleId, sessionId, reservationId } = given;
  const stored = parts.outbox.enqueue(tx, { commandId, kind, orderKey: `evse:${evseKey}`, body: given.body });
  if (!stored.ok) return stored;
  const atMs = parts.clock.nowMs();
  insertSessionCommand(tx, {
    commandId,
    kind,
    operator,
    vehicleId,
    evseKey,
    sessionId,
    reservationId,
    issuedAtMs: atMs,
  });
  appendAction(tx, { atMs, operator, commandId, kind, body: given.action });
  publishCommand(tx, parts.topics, commandId);
  return stored;
}
