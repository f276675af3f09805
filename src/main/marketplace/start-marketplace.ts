/**
 * Brings the marketplace to life: its streams, its commands, its feeds. Feeds hold what is present and what ended within
 * a day of the profile's clock; what grows older is taken out once a minute.
 */
import type { Clock } from '../../shared/kernel/instant.ts';
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import { settleHold } from '../account/move-holds.ts';
import type { Store, Transaction } from '../database/sqlite.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import type { Fleet } from '../fleet/start-fleet.ts';
import type { StreamDefinition } from '../marketplace-link/stream-definition.ts';
import type { CommandOutcome, Outbox } from '../outbox/create-outbox.ts';
import { commandsStream } from './commands/commands-stream.ts';
import { SESSION_COMMAND_EXPIRY_MS } from './commands/give-command.ts';
import { updateSessionCommand } from './commands/session-command-table.ts';
import { answerMarketplaceCommands } from './marketplace-answers.ts';
import { openTopics, publishCommand, SHOWN_AFTER_END_MS, sweepTopics } from './marketplace-topics.ts';
import { networkStream } from './network/network-stream.ts';
import { forgetOldStatuses } from './network/status-change-table.ts';
import { startParties } from './parties/start-parties.ts';
import { readPerformance } from './performance/read-performance.ts';
import { keepPlaces } from './places/keep-places.ts';
import { answerPlaces } from './places/place-answers.ts';
import { countTariffUse } from './places/tariff-use.ts';
import { startRecords, type Records } from './records/start-records.ts';
import { keepReservations } from './reservations/keep-reservations.ts';
import { holdMoneyFor } from './sessions/hold-money.ts';
import { sessionsStream } from './sessions/sessions-stream.ts';

const SWEEP_MS = 60_000;
const EXPIRE_MS = 1000;
const FORGET_MS = 600_000;

const COMMAND_KINDS = [
  'START_SESSION',
  'STOP_SESSION',
  'RESERVE_NOW',
  'CANCEL_RESERVATION',
  'UNLOCK_CONNECTOR',
] as const;

export type Marketplace = {
  /** Tells of each change of a command, in its transaction. */
  readonly onCommandOutcome: (tell: (tx: Transaction, commandId: string) => void) => void;
  /** Calls after each change of a session or of a charge point's state. */
  readonly onYardChange: (listener: () => void) => void;
  /** How many connectors name each tariff, by `CC*PPP*id` in capitals. */
  readonly tariffUse: () => ReadonlyMap<string, number>;
  /** Charge records that a pinned or revoked key makes worth something else. */
  readonly keyDecided: Records['keyDecided'];
  readonly stop: () => void;
};

/** Call before the link connects and before the outbox starts. */
export function startMarketplace(parts: {
  readonly store: Store;
  readonly feeds: Pick<FeedHub, 'open'>;
  readonly answers: AnswerRegistry;
  readonly outbox: Outbox;
  readonly link: { readonly registerStream: (definition: StreamDefinition) => void };
  readonly clock: Clock;
  readonly fleet: Pick<Fleet, 'onDepots'>;
  readonly log: (line: string, detail?: unknown) => void;
}): Marketplace {
  const { store, outbox, link, clock } = parts;
  const parties = startParties(parts);
  const records = startRecords(parts);
  const shownSinceMs = (): number => clock.nowMs() - SHOWN_AFTER_END_MS;
  const places = keepPlaces(store, () => topics.places);
  const topics = openTopics(parts.feeds, { store, shownSinceMs, places });
  const reservations = keepReservations({ store, clock, topic: topics.reservations });
  parts.fleet.onDepots(places.depotsChanged);

  const yardListeners: (() => void)[] = [];
  const tellYard = (tx: Transaction): void =>
    tx.afterCommit(() => {
      for (const tell of yardListeners) tell();
    });
  const outcomeListeners: ((tx: Transaction, commandId: string) => void)[] = [];
  function onOutcome(tx: Transaction, outcome: CommandOutcome): void {
    updateSessionCommand(tx, outcome.commandId, outcome.state, outcome.reason, clock.nowMs());
    publishCommand(tx, topics, outcome.commandId);
    reservations.commandChanged(tx, outcome);
    if (outcome.kind === 'START_SESSION')
      settleHold(tx, { commandId: outcome.commandId, outcome: outcome.state, atMs: clock.nowMs() });
    for (const tell of outcomeListeners) tell(tx, outcome.commandId);
  }
  for (const kind of COMMAND_KINDS) outbox.registerKind(kind, { expiryMs: SESSION_COMMAND_EXPIRY_MS, onOutcome });

  link.registerStream(
    networkStream(topics, parties, {
      locationChanged: places.touch,
      evseChanged: (tx, before, evse) => {
        reservations.evseChanged(tx, before, evse);
        tellYard(tx);
      },
    }),
  );
  link.registerStream(
    sessionsStream(
      topics,
      {
        commandDone: (tx, commandId) => {
          outbox.recordResult(tx, commandId.toLowerCase(), { verdict: 'done' });
        },
        sessionChanged: (tx, session) => {
          reservations.sessionChanged(tx, session);
          holdMoneyFor(tx, session, clock.nowMs());
          records.sessionChanged(tx, session);
          tellYard(tx);
        },
      },
      shownSinceMs,
    ),
  );
  link.registerStream(commandsStream({ recordResult: outbox.recordResult, reservationGone: reservations.gone }));
  answerPlaces(parts.answers, { store, clock, places });
  parts.answers.query('marketplace/performance', (question) => readPerformance(store, question));
  answerMarketplaceCommands(parts.answers, { ...parts, topics, reservations });

  const stopTimers = keepTime({
    log: parts.log,
    sweep: sweepTopics(topics, store, shownSinceMs),
    expire: reservations.timePassed,
    forget: () => {
      store.write((tx) => forgetOldStatuses(tx, clock.nowMs()));
    },
  });
  return {
    onCommandOutcome: (tell) => {
      outcomeListeners.push(tell);
    },
    onYardChange: (listener) => {
      yardListeners.push(listener);
    },
    tariffUse: () => countTariffUse(places.all().values()),
    keyDecided: records.keyDecided,
    stop: () => {
      stopTimers();
      records.stop();
    },
  };
}

/** What only time brings about. A disk that refuses is tried again with the next turn, and said once. */
function keepTime(parts: {
  readonly log: (line: string, detail?: unknown) => void;
  readonly sweep: () => void;
  readonly expire: () => void;
  readonly forget: () => void;
}): () => void {
  let isRefused = false;
  const every = (intervalMs: number, act: () => void): NodeJS.Timeout =>
    setInterval(() => {
      try {
        act();
        isRefused = false;
      } catch (error) {
        if (!isRefused)
          parts.log('What time changed at the marketplace could not be stored; it is tried again.', error);
        isRefused = true;
      }
    }, intervalMs);
  const timers = [every(SWEEP_MS, parts.sweep), every(EXPIRE_MS, parts.expire), every(FORGET_MS, parts.forget)];
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
