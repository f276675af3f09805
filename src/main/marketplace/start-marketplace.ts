/**
 * Brings the marketplace to life: its streams, its commands, its feeds. Feeds hold what is present and what ended within
 * a day of the profile's clock; what grows older is taken out once a minute.
 */
import type { Clock } from '../../shared/kernel/instant.ts';
import type { Store, Transaction } from '../database/sqlite.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import type { StreamDefinition } from '../marketplace-link/stream-definition.ts';
import type { CommandOutcome, Outbox } from '../outbox/create-outbox.ts';
import { commandsStream } from './commands-stream.ts';
import { readEvses } from './evse-table.ts';
import { answerMarketplaceCommands, type CommandRegistry } from './marketplace-answers.ts';
import { publishCommand, type MarketplaceTopics } from './marketplace-topics.ts';
import { networkStream } from './network-stream.ts';
import { readSessionCommandsSince, readSettledBetween, updateSessionCommand } from './session-command-table.ts';
import { readEndedBetween, readSessionsSince } from './session-table.ts';
import { sessionsStream } from './sessions-stream.ts';
import { SESSION_COMMAND_EXPIRY_MS } from './start-session.ts';

const SHOWN_AFTER_END_MS = 24 * 3_600_000;
const SWEEP_MS = 60_000;

export type Marketplace = { readonly stop: () => void };

/** Call before the link connects and before the outbox starts. */
export function startMarketplace(parts: {
  readonly store: Store;
  readonly feeds: Pick<FeedHub, 'open'>;
  readonly answers: CommandRegistry;
  readonly outbox: Outbox;
  readonly link: { readonly registerStream: (definition: StreamDefinition) => void };
  readonly clock: Clock;
}): Marketplace {
  const { store, feeds, outbox, link, clock } = parts;
  const shownSinceMs = (): number => clock.nowMs() - SHOWN_AFTER_END_MS;
  const topics: MarketplaceTopics = {
    evses: feeds.open('marketplace/evses', { load: () => readEvses(store) }),
    sessions: feeds.open('marketplace/sessions', { load: () => readSessionsSince(store, shownSinceMs()) }),
    commands: feeds.open('marketplace/session-commands', {
      load: () => readSessionCommandsSince(store, shownSinceMs()),
    }),
  };

  function onOutcome(tx: Transaction, outcome: CommandOutcome): void {
    updateSessionCommand(tx, outcome.commandId, outcome.state, outcome.reason, clock.nowMs());
    publishCommand(tx, topics, outcome.commandId);
  }

  outbox.registerKind('START_SESSION', { expiryMs: SESSION_COMMAND_EXPIRY_MS, onOutcome });
  outbox.registerKind('STOP_SESSION', { expiryMs: SESSION_COMMAND_EXPIRY_MS, onOutcome });

  link.registerStream(networkStream(topics));
  link.registerStream(
    sessionsStream(
      topics,
      (tx, commandId) => {
        outbox.recordResult(tx, commandId.toLowerCase(), { verdict: 'done' });
      },
      shownSinceMs,
    ),
  );
  link.registerStream(commandsStream(outbox.recordResult));
  answerMarketplaceCommands(parts.answers, { store, clock, outbox, topics });

  let sweptToMs = shownSinceMs();
  const sweep = setInterval(() => {
    const toMs = shownSinceMs();
    topics.sessions.remove(readEndedBetween(store, sweptToMs, toMs));
    topics.commands.remove(readSettledBetween(store, sweptToMs, toMs));
    sweptToMs = toMs;
  }, SWEEP_MS);
  return { stop: () => clearInterval(sweep) };
}
