/** The marketplace's feeds, as what its tables publish to after a commit. */
import type { Evse } from '../../shared/domain/marketplace/evse.ts';
import type { Session } from '../../shared/domain/marketplace/session.ts';
import type { SessionCommand } from '../../shared/domain/marketplace/session-command.ts';
import type { Transaction } from '../database/sqlite.ts';
import type { Topic } from '../feed/feed-hub.ts';
import { readSessionCommand } from './session-command-table.ts';

export type MarketplaceTopics = {
  readonly evses: Topic<Evse>;
  readonly sessions: Topic<Session>;
  readonly commands: Topic<SessionCommand>;
};

/** Tells of a command as it stands at the end of this transaction. */
export function publishCommand(tx: Transaction, topics: Pick<MarketplaceTopics, 'commands'>, commandId: string): void {
  const command = readSessionCommand(tx, commandId);
  if (command !== undefined) tx.afterCommit(() => topics.commands.upsert([command]));
}
