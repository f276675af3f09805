/**
 * Plans one depot, again and again: what changed is gathered for a moment, the case is planned in the planner's thread, and a new plan takes
 * the place of the one that holds where it must or where it is worth it. Invariant: a decision is stored before anybody is told or
 * steered by it; one plan is asked for at a time, and what happens meanwhile is planned right after.
 */
import { gravestFirst, isSameYard, whatHappened } from '../../../shared/domain/charging/live/what-happened.ts';
import type { DecisionReason, PlanDecision } from '../../../shared/domain/charging/site-plan.ts';
import type { Wish } from '../../../shared/domain/charging/wish.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import type { Store, Transaction } from '../../database/sqlite.ts';
import { gatherSite } from '../gather/gather-site.ts';
import { readSettings } from '../terms/site-settings-table.ts';
import { readWishes } from '../wishes/wish-table.ts';
import { decidePlan, type Decided } from './decide-plan.ts';
import { insertDecision, readStoredPlan } from './decision-table.ts';
import { clockOf, type PlannedSite, type StudiedPlan } from './planned-site.ts';
import type { PlanThread } from './plan-thread.ts';
import { solveSite } from './solve-site.ts';

export type SitePlanner = {
  /** `detail` says what happened, where that is known better than by the reason alone. */
  readonly wake: (reason?: DecisionReason, detail?: string) => void;
  readonly planned: () => PlannedSite | undefined;
  /** Why nothing is planned, as a sentence; undefined while something is. */
  readonly trouble: () => string | undefined;
  /** The plan under other wishes; nothing is kept of it. */
  readonly study: (wishes: readonly Wish[]) => Promise<Result<StudiedPlan>>;
  readonly stop: () => void;
};

export type SitePlannerParts = {
  readonly depotId: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly thread: Pick<PlanThread, 'plan'>;
  readonly usualBays: Map<string, string>;
  readonly log: (line: string, detail?: unknown) => void;
  /** In the transaction of the decision. */
  readonly onDecision: (tx: Transaction, decision: PlanDecision, planned: PlannedSite) => void;
  /** After each look, whether or not it changed the plan. */
  readonly onPlanned: () => void;
};

/** Events that belong together come together. */
const GATHER_MS = 50;
const AFTER_FAILURE_MS = 2000;

export function planSite(parts: SitePlannerParts): SitePlanner {
  const { depotId, store, clock, thread } = parts;
  let planned: PlannedSite | undefined;
  let trouble: string | undefined = 'The plan is being made.';
  let waking: NodeJS.Timeout | undefined;
  let isPlanning = false;
  let isAskedAgain = false;
  let reasons = new Map<DecisionReason, string | undefined>([['start', undefined]]);
  let wokenAtMs = performance.now();
  let isStopped = false;

  function wake(reason?: DecisionReason, detail?: string, afterMs = GATHER_MS): void {
    if (reason !== undefined) reasons.set(reason, detail);
    if (isStopped || waking !== undefined || isPlanning) {
      isAskedAgain = isPlanning;
      return;
    }
    wokenAtMs = performance.now();
    waking = setTimeout(() => {
      waking = undefined;
      void look();
    }, afterMs);
  }

  async function look(): Promise<void> {
    isPlanning = true;
    const asked = reasons;
    reasons = new Map();
    let againAfterMs: number | undefined;
    try {
      const done = await planNow(asked);
      if (!done) againAfterMs = AFTER_FAILURE_MS;
    } catch (error) {
      trouble = 'The last look at this depot failed; it is tried again. The log has the details.';
      parts.log(`The plan of ${depotId} could not be made.`, error);
      againAfterMs = AFTER_FAILURE_MS;
    }
    isPlanning = false;
    if (againAfterMs !== undefined) for (const [reason, detail] of asked) reasons.set(reason, detail);
    if (isStopped) return;
    parts.onPlanned();
    if (againAfterMs !== undefined) wake(undefined, undefined, againAfterMs);
    else if (isAskedAgain) wake();
    isAskedAgain = false;
  }

  /** False when it is to be tried again. */
  async function planNow(asked: ReadonlyMap<DecisionReason, string | undefined>): Promise<boolean> {
    const settings = readSettings(store, depotId);
    if (settings === undefined) return true;
    const nowMs = clock.nowMs();
    const gathered = gatherSite(store, settings, nowMs, parts.usualBays);
    if (!gathered.ok) {
      trouble = gathered.message;
      planned = undefined;
      return gathered.code !== 'depot-unknown';
    }
    const wishes = readWishes(store, depotId, nowMs);
    const seen = planned ? whatHappened(planned.gathered.facts, gathered.value.facts, clockOf(gathered.value)) : [];
    const happenings = gravestFirst([
      ...seen,
      ...[...asked].flatMap(([reason, detail]) => (detail === undefined ? [] : [{ reason, detail }])),
    ]);
    const isAsBefore = planned !== undefined && isSameYard(planned.gathered.facts, gathered.value.facts);
    if (isAsBefore && asked.size === 0 && happenings.length === 0) return true;
    const stored = readStoredPlan(store, depotId)?.plan;
    const studied = await solveSite(thread, gathered.value, wishes, stored);
    if (isStopped) return true;
    if (!studied.ok) {
      trouble = studied.message;
      return false;
    }
    trouble = undefined;
    keep(
      decidePlan({
        gathered: gathered.value,
        wishes,
        studied: studied.value,
        before: planned,
        stored,
        asked: new Set(asked.keys()),
        happenings,
        nowMs: clock.nowMs(),
        tookMs: performance.now() - wokenAtMs,
      }),
    );
    return true;
  }

  function keep({ next, decision, plan }: Decided): void {
    if (decision === undefined || plan === undefined) {
      planned = next;
      return;
    }
    store.write((tx) => {
      const numbered = insertDecision(tx, decision, plan);
      const decided: PlannedSite = { ...next, decision: numbered };
      parts.onDecision(tx, numbered, decided);
      tx.afterCommit(() => {
        planned = decided;
      });
    });
  }

  wake();
  return {
    wake,
    planned: () => planned,
    trouble: () => trouble,
    study: (wishes) =>
      planned
        ? solveSite(thread, planned.gathered, wishes, readStoredPlan(store, depotId)?.plan)
        : Promise.resolve(nothingPlanned(trouble)),
    stop: () => {
      isStopped = true;
      clearTimeout(waking);
    },
  };
}

function nothingPlanned(trouble: string | undefined): Result<never> {
  return { ok: false, code: 'nothing-planned', message: trouble ?? 'This depot has no plan yet.' };
}
