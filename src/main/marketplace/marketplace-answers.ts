/**
 * The marketplace's side of the contract: its three commands. The last refusals are remembered while the process lives, so
 * that a window that repeats a request it got no answer to is answered alike; after a restart it is decided anew.
 */
import type { CommandInput, CommandName } from '../../shared/ipc/console-api.ts';
import type { CommandAnswer } from '../../shared/ipc/contract.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import type { Store } from '../database/sqlite.ts';
import type { Outbox } from '../outbox/create-outbox.ts';
import type { MarketplaceTopics } from './marketplace-topics.ts';
import { setAsideCommand } from './set-aside-command.ts';
import { startSession } from './start-session.ts';
import { stopSession } from './stop-session.ts';

export type CommandRegistry = {
  readonly command: <N extends CommandName>(
    name: N,
    run: (input: CommandInput<N>, by: { readonly operator: string }) => CommandAnswer | Promise<CommandAnswer>,
  ) => void;
};

const REMEMBERED_REFUSALS = 1000;

export function answerMarketplaceCommands(
  answers: CommandRegistry,
  parts: { readonly store: Store; readonly clock: Clock; readonly outbox: Outbox; readonly topics: MarketplaceTopics },
): void {
  const refusals = new Map<string, CommandAnswer>();

  function once(id: string, decide: () => CommandAnswer): CommandAnswer {
    const commandId = id.toLowerCase();
    const before = refusals.get(commandId);
    if (before !== undefined) return before;
    const answer = decide();
    if (answer.outcome === 'refused') {
      refusals.set(commandId, answer);
      const oldest = refusals.keys().next().value;
      if (refusals.size > REMEMBERED_REFUSALS && oldest !== undefined) refusals.delete(oldest);
    }
    return answer;
  }

  answers.command('marketplace/start-session', (input, by) =>
    once(input.commandId, () => startSession(parts, input, by.operator)),
  );
  answers.command('marketplace/stop-session', (input, by) =>
    once(input.commandId, () => stopSession(parts, input, by.operator)),
  );
  answers.command('marketplace/set-aside', (input, by) =>
    once(input.commandId, () => setAsideCommand(parts, input, by.operator)),
  );
}
