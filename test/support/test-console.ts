/** The console's backend without its shell: real store, link, outbox, fleet and marketplace, put together for tests. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../src/shared/kernel/instant.ts';
import { startAccount } from '../../src/main/account/start-account.ts';
import { openStore } from '../../src/main/database/open-store.ts';
import type { Store } from '../../src/main/database/sqlite.ts';
import { createFeedHub } from '../../src/main/feed/feed-hub.ts';
import { startFleet } from '../../src/main/fleet/start-fleet.ts';
import { startInsight } from '../../src/main/insight/start-insight.ts';
import { createAnswers } from '../../src/main/ipc/answers.ts';
import { startMarketplaceLink, type LinkTiming } from '../../src/main/marketplace-link/start-marketplace-link.ts';
import type { OpenSocket } from '../../src/main/marketplace-link/link-connection.ts';
import type { StreamDefinition } from '../../src/main/marketplace-link/stream-definition.ts';
import { startMarketplace } from '../../src/main/marketplace/start-marketplace.ts';
import type { CommandSender } from '../../src/main/outbox/command-sender.ts';
import { createOutbox } from '../../src/main/outbox/create-outbox.ts';
import { startTariff } from '../../src/main/tariff/start-tariff.ts';

export const FAST: LinkTiming = {
  backOff: { firstMs: 30, maxMs: 200 },
  helloTimeoutMs: 1_000,
  silenceLimitMs: 5_000,
  answerTimeoutMs: 500,
  stallMs: 2_000,
};

export type TestConsoleOptions = {
  readonly path: string;
  readonly url: string;
  readonly token: string;
  readonly timing?: Partial<LinkTiming>;
  readonly expiryMs?: number;
  /** The profile's clock; the wall clock when absent. */
  readonly clock?: Clock;
  readonly openSocket?: OpenSocket;
  readonly wrapStore?: (store: Store) => Store;
  readonly wrapSender?: (sender: CommandSender) => CommandSender;
  readonly wrapStream?: (definition: StreamDefinition) => StreamDefinition;
  readonly log?: (line: string, detail?: unknown) => void;
};

export function startTestConsole(options: TestConsoleOptions) {
  const opened = openStore({ path: options.path });
  const store = options.wrapStore?.(opened) ?? opened;
  const wallClock = { nowMs: () => Date.now() };
  const clock = options.clock ?? wallClock;
  const lines: string[] = [];
  const log =
    options.log ??
    ((line: string, detail?: unknown) => {
      lines.push(detail instanceof Error ? `${line} ${detail.message}` : line);
      if (lines.length > 1000) lines.shift();
    });
  const made = createOutbox({ store, wallClock, log, tickMs: 50, askAgainMs: 300 });
  const outbox: typeof made = {
    ...made,
    registerKind: (kind, definition) =>
      made.registerKind(kind, { ...definition, expiryMs: options.expiryMs ?? definition.expiryMs }),
  };
  const link = startMarketplaceLink({
    store,
    wallClock,
    url: options.url,
    token: options.token,
    clientName: 'switchyard/test',
    linkName: 'Test marketplace',
    randomBytes: (count) => randomBytes(count),
    log,
    queue: outbox,
    timing: { ...FAST, ...options.timing },
    ...(options.openSocket && { openSocket: options.openSocket }),
  });
  const feeds = createFeedHub();
  const answers = createAnswers(log);
  const registerStream = (definition: StreamDefinition): void =>
    link.registerStream(options.wrapStream?.(definition) ?? definition);
  const fleet = startFleet({ store, feeds, answers, link: { registerStream }, clock, log });
  startTariff({ store, answers, link: { registerStream }, clock });
  const account = startAccount({ store, feeds, answers, link: { registerStream }, clock, log });
  const marketplace = startMarketplace({
    store,
    feeds,
    answers,
    outbox,
    link: { registerStream },
    clock,
    fleet,
    log,
  });
  startInsight({ store, feeds, answers, outbox, clock, marketplace });
  outbox.start(options.wrapSender?.(link) ?? link);
  link.connect();
  return {
    store,
    link,
    outbox,
    answers,
    feeds,
    lines,
    stop: () => {
      marketplace.stop();
      account.stop();
      outbox.stop();
      link.stop();
      feeds.stop();
      opened.close();
    },
  };
}
