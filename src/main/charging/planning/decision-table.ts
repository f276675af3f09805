/** SQL of `plan_decision` and `charging_plan`: what was decided when and why, and the plan that holds. */
import type { PlanDecision } from '../../../shared/domain/charging/site-plan.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

/** Powers by vehicle and slot: W, whole. */
export type StoredPlan = {
  readonly fromMs: EpochMs;
  readonly slotMs: number;
  readonly rows: readonly StoredRow[];
};

export type StoredRow = {
  readonly vehicleId: string;
  readonly powerW: readonly number[];
  readonly missingWh: number;
};

const SHOWN_DECISIONS = 200;
const KEPT_MS = 90 * 86_400_000;

export function insertDecision(
  tx: Transaction,
  decision: Omit<PlanDecision, 'number'>,
  plan: StoredPlan,
): PlanDecision {
  const { lastInsertRowid } = tx
    .prepare('INSERT INTO plan_decision (depot_id, decided_at_ms, inputs_hash, decision) VALUES (?, ?, ?, ?)')
    .run(decision.depotId, decision.decidedAtMs, decision.inputsHash, JSON.stringify(decision));
  const number = Number(lastInsertRowid);
  tx.prepare(
    `INSERT INTO charging_plan (depot_id, decision_number, planned_at_ms, plan) VALUES (?, ?, ?, ?)
     ON CONFLICT (depot_id) DO UPDATE SET decision_number = excluded.decision_number,
       planned_at_ms = excluded.planned_at_ms, plan = excluded.plan`,
  ).run(decision.depotId, number, decision.decidedAtMs, JSON.stringify(plan));
  tx.prepare('DELETE FROM plan_decision WHERE depot_id = ? AND decided_at_ms < ?').run(
    decision.depotId,
    decision.decidedAtMs - KEPT_MS,
  );
  return { ...decision, number };
}

export function readStoredPlan(
  store: ReadableStore,
  depotId: string,
): { readonly plan: StoredPlan; readonly decisionNumber: number; readonly plannedAtMs: EpochMs } | undefined {
  const row = store
    .prepare<[string], { plan: string; decision_number: number; planned_at_ms: number }>(
      'SELECT plan, decision_number, planned_at_ms FROM charging_plan WHERE depot_id = ?',
    )
    .get(depotId);
  return (
    row && {
      plan: JSON.parse(row.plan) as StoredPlan,
      decisionNumber: row.decision_number,
      plannedAtMs: row.planned_at_ms,
    }
  );
}

/** The last ones, oldest first. */
export function readDecisions(store: ReadableStore): readonly PlanDecision[] {
  return store
    .prepare<[number], { number: number; decision: string }>(
      'SELECT number, decision FROM plan_decision ORDER BY number DESC LIMIT ?',
    )
    .all(SHOWN_DECISIONS)
    .map(({ number, decision }) => ({ ...(JSON.parse(decision) as Omit<PlanDecision, 'number'>), number }))
    .toReversed();
}
