/**
 * Brings charging plans to life: a planner for each depot that is set up, woken by whatever its plan depends on; decisions to the store and the
 * windows; what charge points are to do to the outbox, where a person lets them be steered.
 */
import type { Readiness } from '../../shared/domain/charging/site-plan.ts';
import type { SiteSettings } from '../../shared/domain/charging/site-settings.ts';
import type { SiteTerms } from '../../shared/domain/charging/site-terms.ts';
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import type { CommandAnswer } from '../../shared/ipc/contract.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import type { Store, Transaction } from '../database/sqlite.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import { readDepot } from '../fleet/depot-table.ts';
import type { Fleet } from '../fleet/start-fleet.ts';
import { readLastBays } from '../marketplace/sessions/session-table.ts';
import type { Marketplace } from '../marketplace/start-marketplace.ts';
import type { Outbox } from '../outbox/create-outbox.ts';
import { SLOT_MS } from './gather/building-load.ts';
import { watchMeters } from './gather/watch-meters.ts';
import { readDecisions } from './planning/decision-table.ts';
import { planSite, type SitePlanner } from './planning/plan-site.ts';
import type { PlanThread } from './planning/plan-thread.ts';
import { headOf, readinessOf, sitePlanOf } from './planning/plan-views.ts';
import { startSteering } from './set-points/steer-site.ts';
import { siteCost } from './studies/site-cost.ts';
import { capCurve, findRemedies, whatIf } from './studies/study-site.ts';
import { chooseSteering, declareSite, enterSettings, enterTerms } from './terms/set-up-site.ts';
import { readAllSettings, readSettings } from './terms/site-settings-table.ts';
import { readTerms } from './terms/site-terms-table.ts';
import { giveWish, withdrawWish } from './wishes/give-wish.ts';
import { readWish } from './wishes/wish-table.ts';

export type Charging = {
  /** What a demo tells of its yards; what a person entered since stays. */
  readonly declareSites: (sites: readonly { readonly settings: SiteSettings; readonly terms: SiteTerms }[]) => void;
  readonly start: () => void;
  readonly stop: () => void;
};

const TICK_MS = 1000;
/** How often a plan with a vehicle whose charge was never heard looks whether it was. */
const UNHEARD_TICKS = 5;

export type ChargingParts = {
  readonly store: Store;
  readonly feeds: Pick<FeedHub, 'open'>;
  readonly answers: AnswerRegistry;
  readonly outbox: Pick<Outbox, 'registerKind' | 'enqueue'>;
  readonly clock: Clock;
  readonly fleet: Pick<Fleet, 'onDepots' | 'onDuties'>;
  readonly marketplace: Pick<Marketplace, 'onYardChange'>;
  readonly log: (line: string, detail?: unknown) => void;
  readonly thread: PlanThread;
};

export function startCharging(parts: ChargingParts): Charging {
  const { store, feeds, clock, log, thread } = parts;
  const planners = new Map<string, SitePlanner>();
  const usualBays = new Map(readLastBays(store));
  let isStarted = false;
  const shown = new Map<string, readonly Readiness[]>();

  const allReadiness = (): readonly Readiness[] =>
    [...planners.values()].flatMap((planner) => {
      const planned = planner.planned();
      return planned ? readinessOf(planned) : [];
    });
  const sites = feeds.open('charging/sites', { load: () => readAllSettings(store).map(headOfSite) });
  const readiness = feeds.open('charging/readiness', { load: allReadiness });
  const decisions = feeds.open('charging/decisions', { load: () => readDecisions(store) });
  const steering = startSteering({ ...parts, onAnswer: (depotId) => steer(depotId) });

  function headOfSite(settings: SiteSettings) {
    const planner = planners.get(settings.depotId);
    return headOf(
      store,
      settings,
      planner?.planned(),
      planner?.trouble() ?? (planner ? undefined : 'The plan is being made.'),
      {
        nowMs: clock.nowMs(),
        crossCheck: undefined,
        currency: readDepot(store, settings.depotId)?.currency ?? '',
      },
    );
  }

  function steer(depotId: string): void {
    const planned = planners.get(depotId)?.planned();
    if (planned === undefined || readSettings(store, depotId)?.steering !== 'steer') return;
    steering.steer(planned, clock.nowMs());
  }

  function follow(): void {
    if (!isStarted) return;
    for (const { depotId } of readAllSettings(store)) {
      if (planners.has(depotId)) continue;
      const planner = planSite({
        depotId,
        store,
        clock,
        thread,
        usualBays,
        log,
        onDecision: (tx, decision) => tx.afterCommit(() => decisions.upsert([decision])),
        onPlanned: () => {
          publish(depotId);
          steer(depotId);
        },
      });
      planners.set(depotId, planner);
    }
  }

  function publish(depotId: string): void {
    const settings = readSettings(store, depotId);
    if (settings !== undefined) sites.upsert([headOfSite(settings)]);
    const planned = planners.get(depotId)?.planned();
    const now = planned === undefined ? [] : readinessOf(planned);
    const before = shown.get(depotId) ?? [];
    shown.set(depotId, now);
    // A vehicle that has moved to another depot is there already.
    const present = new Set([...shown.values()].flatMap((all) => all.map(({ vehicleId }) => vehicleId)));
    readiness.upsert(now);
    readiness.remove(before.filter((each) => !present.has(each.vehicleId)).map(({ vehicleId }) => vehicleId));
  }

  const wakeAll = (): void => {
    for (const planner of planners.values()) planner.wake();
  };
  parts.fleet.onDuties(wakeAll);
  parts.fleet.onDepots(wakeAll);
  parts.marketplace.onYardChange(wakeAll);
  const meters = watchMeters(store, (depotId, detail) => planners.get(depotId)?.wake('meter', detail));
  let ticks = 0;
  const wakeUnheard = (): void => {
    for (const planner of planners.values())
      if (planner.planned()?.gathered.facts.vehicles.some(({ socPercent }) => socPercent === undefined)) planner.wake();
  };
  const nextSlot = { atMs: 0 };
  const timer = setInterval(() => {
    meters.look();
    if (++ticks % UNHEARD_TICKS === 0) wakeUnheard();
    const slotMs = Math.floor(clock.nowMs() / SLOT_MS) * SLOT_MS;
    if (slotMs === nextSlot.atMs) return;
    nextSlot.atMs = slotMs;
    for (const planner of planners.values()) planner.wake('time');
  }, TICK_MS);

  answerCharging({ ...parts, planners, headOfSite, follow, publish });
  return {
    declareSites: (told) => {
      store.write((tx) => {
        for (const { settings, terms } of told) declareSite(tx, settings, terms, clock.nowMs());
        tx.afterCommit(follow);
      });
    },
    start: () => {
      isStarted = true;
      follow();
    },
    stop: () => {
      clearInterval(timer);
      for (const planner of planners.values()) planner.stop();
      thread.stop();
    },
  };
}

function answerCharging(
  parts: ChargingParts & {
    readonly planners: ReadonlyMap<string, SitePlanner>;
    readonly headOfSite: (settings: SiteSettings) => ReturnType<typeof headOf>;
    readonly follow: () => void;
    readonly publish: (depotId: string) => void;
  },
): void {
  const { store, answers, clock, planners } = parts;
  answers.query('charging/plan', ({ depotId }) => {
    const planned = planners.get(depotId)?.planned();
    const settings = readSettings(store, depotId);
    return planned && settings && sitePlanOf(store, planned, parts.headOfSite(settings), clock.nowMs());
  });
  answers.query('charging/cost', ({ depotId }) => {
    const planned = planners.get(depotId)?.planned();
    return planned && siteCost(store, planned, clock.nowMs());
  });
  answers.query('charging/cap-curve', ({ depotId }) => {
    const planner = planners.get(depotId);
    return planner ? capCurve(planner) : [];
  });
  answers.query('charging/what-if', ({ depotId, add, withdraw }) => {
    const planner = planners.get(depotId);
    return planner && whatIf(planner, add, withdraw);
  });
  answers.query('charging/remedies', async ({ vehicleId }) => {
    for (const planner of planners.values()) {
      const planned = planner.planned();
      const own = planned && readinessOf(planned).find((each) => each.vehicleId === vehicleId);
      if (own) return findRemedies(planner, own);
    }
    return [];
  });
  answers.query('charging/site-settings', ({ depotId }) => readSettings(store, depotId));
  answers.query('charging/site-terms', ({ depotId }) => readTerms(store, depotId));

  const decide = (
    depotIdOf: (tx: Transaction) => string | undefined,
    reason: 'wish' | 'price',
    run: (tx: Transaction) => CommandAnswer,
  ): CommandAnswer =>
    store.write((tx) => {
      const depotId = depotIdOf(tx);
      const answer = run(tx);
      if (answer.outcome === 'accepted')
        tx.afterCommit(() => {
          parts.follow();
          if (depotId === undefined) return;
          planners.get(depotId)?.wake(reason);
          parts.publish(depotId);
        });
      return answer;
    });
  answers.command('charging/wish', (input, { operator }) =>
    decide(
      () => input.depotId,
      'wish',
      (tx) => giveWish(tx, input, operator, clock.nowMs()),
    ),
  );
  answers.command('charging/withdraw-wish', (input, { operator }) =>
    decide(
      (tx) => readWish(tx, input.wishId)?.depotId,
      'wish',
      (tx) => withdrawWish(tx, input, operator, clock.nowMs()),
    ),
  );
  answers.command('charging/steer', (input, { operator }) =>
    decide(
      () => input.depotId,
      'price',
      (tx) => chooseSteering(tx, input, operator, clock.nowMs()),
    ),
  );
  answers.command('charging/put-site-terms', (input, { operator }) =>
    decide(
      () => input.terms.depotId,
      'price',
      (tx) => enterTerms(tx, input, operator, clock.nowMs()),
    ),
  );
  answers.command('charging/put-site-settings', (input, { operator }) =>
    decide(
      () => input.settings.depotId,
      'price',
      (tx) => enterSettings(tx, input, operator, clock.nowMs()),
    ),
  );
}
