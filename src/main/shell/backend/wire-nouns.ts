/**
 * Puts link, outbox and nouns together over a store: the part of the wiring that the console and the command line share.
 * The order is the direction of imports: machinery first, then nouns downhill; nothing leaves or arrives before `start`.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store } from '../../database/sqlite.ts';
import type { FeedHub } from '../../feed/feed-hub.ts';
import { startFleet } from '../../fleet/start-fleet.ts';
import type { Answers } from '../../ipc/answers.ts';
import { startMarketplace } from '../../marketplace/start-marketplace.ts';
import { startMarketplaceLink } from '../../marketplace-link/start-marketplace-link.ts';
import { createOutbox } from '../../outbox/create-outbox.ts';
import type { Log } from '../log.ts';

export function wireNouns(parts: {
  readonly store: Store;
  readonly feeds: FeedHub;
  readonly answers: Answers;
  /** The profile's clock. */
  readonly clock: Clock;
  readonly log: Log;
  readonly marketplace: { readonly url: string; readonly token: string };
  readonly clientName: string;
  readonly linkName: string;
}) {
  const { store, feeds, answers, clock, log } = parts;
  const wallClock: Clock = { nowMs: () => Date.now() };
  const outbox = createOutbox({ store, wallClock, log });
  const link = startMarketplaceLink({
    ...parts.marketplace,
    store,
    wallClock,
    log,
    clientName: parts.clientName,
    linkName: parts.linkName,
    randomBytes,
    queue: outbox,
  });
  const fleet = startFleet({ store, feeds, answers, link, clock, log });
  const marketplace = startMarketplace({ store, feeds, answers, outbox, link, clock });
  return {
    link,
    fleet,
    start: () => {
      outbox.start(link);
      link.connect();
    },
    stop: () => {
      marketplace.stop();
      outbox.stop();
      link.stop();
      fleet.telemetry.stop();
      feeds.stop();
    },
  };
}
