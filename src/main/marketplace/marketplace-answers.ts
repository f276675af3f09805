/**
 * The marketplace's side of the contract: its commands. The last refusals are remembered while the process lives, so
 * that a window that repeats a request it got no answer to is answered alike; after a restart it is decided anew.
 */
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import type { CommandAnswer } from '../../shared/ipc/contract.ts';
import type { Outbox } from '../outbox/create-outbox.ts';
import type { CommandParts } from './commands/give-command.ts';
import { setAsideCommand } from './commands/set-aside-command.ts';
import { startSession } from './commands/start-session.ts';
import { stopSession } from './commands/stop-session.ts';
import { unlockConnector } from './commands/unlock-connector.ts';
import { cancelReservation } from './reservations/cancel-reservation.ts';
import type { Reservations } from './reservations/keep-reservations.ts';
import { reserve } from './reservations/reserve.ts';

const REMEMBERED_REFUSALS = 1000;

export function answerMarketplaceCommands(
  answers: Pick<AnswerRegistry, 'command'>,
  parts: CommandParts & { readonly outbox: Outbox; readonly reservations: Reservations },
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
  answers.command('marketplace/reserve', (input, by) =>
    once(input.commandId, () => reserve(parts, input, by.operator)),
  );
  answers.command('marketplace/cancel-reservation', (input, by) =>
    once(input.commandId, () => cancelReservation(parts, input, by.operator)),
  );
  answers.command('marketplace/unlock-connector', (input, by) =>
    once(input.commandId, () => unlockConnector(parts, input, by.operator)),
  );
  answers.command('marketplace/set-aside', (input, by) =>
    once(input.commandId, () => setAsideCommand(parts, input, by.operator)),
  );
}
