/**
 * Use case: the operator need not wait any more for a command whose outcome is unknown. Its state stays unknown and may
 * still be resolved; it only no longer stands in the way of a new one.
 */
import type { Clock } from '../../../shared/kernel/instant.ts';
import { refuse } from '../../../shared/kernel/result.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import type { Store } from '../../database/sqlite.ts';
import { appendAction } from '../../outbox/action-log.ts';
import type { Outbox } from '../../outbox/create-outbox.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../../outbox/command-answer.ts';
import { publishCommand, type MarketplaceTopics } from '../marketplace-topics.ts';
import { readSessionCommand, setAsideSessionCommand } from './session-command-table.ts';

export function setAsideCommand(
  parts: {
    readonly store: Store;
    readonly clock: Clock;
    readonly outbox: Pick<Outbox, 'setAside'>;
    readonly topics: Pick<MarketplaceTopics, 'commands'>;
  },
  input: { readonly commandId: string; readonly setAsideCommandId: string },
  operator: string,
): CommandAnswer {
  const commandId = input.commandId.toLowerCase();
  const setAsideCommandId = input.setAsideCommandId.toLowerCase();
  const kind = 'SET_ASIDE';
  return parts.store.write((tx) => {
    const again = answerAgain(tx, commandId, kind, { setAsideCommandId });
    if (again !== undefined) return again;
    const command = readSessionCommand(tx, setAsideCommandId);
    if (command === undefined)
      return refuseWith(refuse('command-unknown', 'This command is not known here. Reload the list.'));
    if (command.state !== 'unknown' || command.setAsideAtMs !== undefined)
      return refuseWith(
        refuse('command-not-unknown', 'This command’s outcome is known by now. There is nothing to set aside.'),
      );
    const atMs = parts.clock.nowMs();
    setAsideSessionCommand(tx, setAsideCommandId, atMs);
    parts.outbox.setAside(tx, setAsideCommandId);
    appendAction(tx, { atMs, operator, commandId, kind, body: { setAsideCommandId } });
    publishCommand(tx, parts.topics, setAsideCommandId);
    return ACCEPTED;
  });
}
