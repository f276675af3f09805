/**
 * Puts link, outbox and nouns together over a store: the part of the wiring that the console and the command line share.
 * The order is the direction of imports: machinery first, then nouns downhill; nothing leaves or arrives before `start`.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../shared/kernel/instant.ts';
import { startAccount } from '../../account/start-account.ts';
import { startAlarms } from '../../alarm/start-alarms.ts';
import { startPlanThread, type PlanThread } from '../../charging/planning/plan-thread.ts';
import { startCharging } from '../../charging/start-charging.ts';
import type { Store } from '../../database/sqlite.ts';
import type { FeedHub } from '../../feed/feed-hub.ts';
import { startFleet } from '../../fleet/start-fleet.ts';
import { startInsight } from '../../insight/start-insight.ts';
import type { Answers } from '../../ipc/answers.ts';
import { readChargedKwh } from '../../marketplace/records/assess/gather-facts.ts';
import { readBilledEnergy } from '../../marketplace/sessions/billed-energy.ts';
import { readWhatRuns } from '../../marketplace/sessions/what-runs.ts';
import { sessionsKnownFrom, sessionsKnownTo } from '../../marketplace/sessions/session-table.ts';
import { startMarketplace } from '../../marketplace/start-marketplace.ts';
import { startMarketplaceLink } from '../../marketplace-link/start-marketplace-link.ts';
import { startMetering } from '../../metering/start-metering.ts';
import { createOutbox } from '../../outbox/create-outbox.ts';
import type { ListAdapters } from '../../serial/line-address.ts';
import { startTariff } from '../../tariff/start-tariff.ts';
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
  /** Absent where no meter is read. */
  readonly listAdapters?: ListAdapters;
  /** Tests that stop the planner bring their own. */
  readonly planThread?: PlanThread | undefined;
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
  const alarms = startAlarms({ store, feeds, answers, clock, wallClock, log });
  const fleet = startFleet({ store, feeds, answers, link, clock, log });
  const tariffs = startTariff({ store, answers, link, clock });
  const account = startAccount({ store, feeds, answers, link, clock, log, alarms });
  const metering = startMetering({ store, feeds, answers, clock, log, alarms, listAdapters: parts.listAdapters });
  metering.billedBy((evseKeys, fromMs, toMs) => ({
    energies: readBilledEnergy(store, evseKeys, fromMs, toMs),
    knownFromMs: sessionsKnownFrom(store),
    knownToMs: link.status().state === 'live' ? Infinity : sessionsKnownTo(store),
  }));
  const marketplace = startMarketplace({ store, feeds, answers, outbox, link, clock, fleet, log });
  account.usageBy((contractId, fromMs, toMs) => readChargedKwh(store, contractId, fromMs, toMs));
  account.runningBy(() => readWhatRuns(store));
  tariffs.usedBy(marketplace.tariffUse);
  metering.onKeyDecided(marketplace.keyDecided);
  const charging = startCharging({
    store,
    feeds,
    answers,
    outbox,
    clock,
    fleet,
    marketplace,
    log,
    thread: parts.planThread ?? startPlanThread(log),
  });
  startInsight({ store, feeds, answers, outbox, clock, marketplace });
  return {
    link,
    fleet,
    metering,
    charging,
    start: () => {
      outbox.start(link);
      link.connect();
      metering.start();
      charging.start();
    },
    stop: () => {
      charging.stop();
      marketplace.stop();
      account.stop();
      outbox.stop();
      link.stop();
      metering.stop();
      alarms.stop();
      fleet.telemetry.stop();
      feeds.stop();
    },
  };
}
