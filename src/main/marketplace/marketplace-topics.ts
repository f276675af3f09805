/** The marketplace's feeds, as what its tables publish to after a commit. */
import type { Evse } from '../../shared/domain/marketplace/evse.ts';
import type { ChargePlace } from '../../shared/domain/marketplace/place.ts';
import type { Reservation } from '../../shared/domain/marketplace/reservation.ts';
import type { Session } from '../../shared/domain/marketplace/session.ts';
import type { SessionCommand } from '../../shared/domain/marketplace/session-command.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { Store, Transaction } from '../database/sqlite.ts';
import type { FeedHub, Topic } from '../feed/feed-hub.ts';
import { readSessionCommand, readSessionCommandsSince, readSettledBetween } from './commands/session-command-table.ts';
import { readEvses } from './network/evse-table.ts';
import type { Places } from './places/keep-places.ts';
import { readOverBetween, readReservationsSince } from './reservations/reservation-table.ts';
import { readEndedBetween, readSessionsSince } from './sessions/session-table.ts';

/** How long feeds hold what is over. */
export const SHOWN_AFTER_END_MS = 24 * 3_600_000;

export type MarketplaceTopics = {
  readonly evses: Topic<Evse>;
  readonly places: Topic<ChargePlace>;
  readonly sessions: Topic<Session>;
  readonly reservations: Topic<Reservation>;
  readonly commands: Topic<SessionCommand>;
};

export function openTopics(
  feeds: Pick<FeedHub, 'open'>,
  {
    store,
    shownSinceMs,
    places,
  }: { readonly store: Store; readonly shownSinceMs: () => EpochMs; readonly places: Pick<Places, 'all'> },
): MarketplaceTopics {
  return {
    evses: feeds.open('marketplace/evses', { load: () => readEvses(store) }),
    places: feeds.open('marketplace/places', { load: () => [...places.all().values()] }),
    sessions: feeds.open('marketplace/sessions', { load: () => readSessionsSince(store, shownSinceMs()) }),
    reservations: feeds.open('marketplace/reservations', { load: () => readReservationsSince(store, shownSinceMs()) }),
    commands: feeds.open('marketplace/session-commands', {
      load: () => readSessionCommandsSince(store, shownSinceMs()),
    }),
  };
}

/** Takes out what has become too old since the last time. */
export function sweepTopics(topics: MarketplaceTopics, store: Store, shownSinceMs: () => EpochMs): () => void {
  let sweptToMs = shownSinceMs();
  return () => {
    const toMs = shownSinceMs();
    topics.sessions.remove(readEndedBetween(store, sweptToMs, toMs));
    topics.commands.remove(readSettledBetween(store, sweptToMs, toMs));
    topics.reservations.remove(readOverBetween(store, sweptToMs, toMs));
    sweptToMs = toMs;
  };
}

/** Tells of a command as it stands at the end of this transaction. */
export function publishCommand(tx: Transaction, topics: Pick<MarketplaceTopics, 'commands'>, commandId: string): void {
  const command = readSessionCommand(tx, commandId);
  if (command !== undefined) tx.afterCommit(() => topics.commands.upsert([command]));
}
