/**
 * The balance of a node in each quarter hour: alarm beyond the worst case, warning beyond the likely one.
 *
 * Where the clocks of two meters differ, one quarter hour lacks what its neighbour has too much. Such a pair balances
 * together, so it is a warning at most.
 */
import type { EpochMs } from '../../../kernel/instant.ts';
import { INTERVAL_MS } from '../interval.ts';
import type { BalanceRow, BalanceSettings, BalanceVerdict, ErrorBudget } from './balance.ts';
import { budgetOf, expectedLossOf, type NodeSeries } from './error-budget.ts';

export function judgeIntervals(node: NodeSeries, settings: BalanceSettings, fromMs: EpochMs): BalanceRow[] {
  const rows = Array.from({ length: node.parent.netWh.length }, (_, slot) =>
    judgeInterval(node, settings, fromMs, slot),
  );
  return rows.map((row, slot) =>
    row.verdict === 'alarm' && [slot - 1, slot].some((first) => cancels(node, settings, rows, first))
      ? { ...row, verdict: 'warning' }
      : row,
  );
}

function judgeInterval(node: NodeSeries, settings: BalanceSettings, fromMs: EpochMs, slot: number): BalanceRow {
  const stretch = [{ first: slot, end: slot + 1 }];
  const [beginMs, endMs] = [fromMs + slot * INTERVAL_MS, fromMs + (slot + 1) * INTERVAL_MS];
  const expectedLossWh = expectedLossOf(node, settings, stretch);
  const budget = budgetOf(node, settings, stretch);
  const inWh = node.parent.netWh[slot] ?? Number.NaN;
  const outWh = outgoingWh(node, slot);
  const residualWh = inWh - outWh - expectedLossWh;
  if (Number.isNaN(residualWh)) {
    const silent = [node.parent, ...node.children].filter(({ netWh }) => Number.isNaN(netWh[slot]));
    const names = silent.map(({ meter }) => meter.name).join(', ');
    const reason = `The energy of ${names} is not known in this quarter hour.`;
    const known = { inWh: orUndefined(inWh), outWh: orUndefined(outWh), residualWh: undefined };
    return { beginMs, endMs, ...known, expectedLossWh, budget, verdict: 'unknown', reason };
  }
  const verdict = judgeResidual(residualWh, budget);
  return { beginMs, endMs, inWh, outWh, expectedLossWh, residualWh, budget, verdict, reason: undefined };
}

export function judgeResidual(residualWh: number, budget: ErrorBudget): Exclude<BalanceVerdict, 'unknown'> {
  if (Math.abs(residualWh) > budget.worstWh) return 'alarm';
  return Math.abs(residualWh) > budget.likelyWh ? 'warning' : 'balanced';
}

/** NaN where one of them is not known. */
export function outgoingWh(node: NodeSeries, slot: number): number {
  return node.children.reduce((sumWh, { netWh }) => sumWh + (netWh[slot] ?? Number.NaN), 0);
}

/** Two neighbours with opposite signs that are within the likely error as one. */
function cancels(node: NodeSeries, settings: BalanceSettings, rows: readonly BalanceRow[], first: number): boolean {
  const [one, other] = [rows[first]?.residualWh, rows[first + 1]?.residualWh];
  if (one === undefined || other === undefined || Math.sign(one) === Math.sign(other)) return false;
  return Math.abs(one + other) <= budgetOf(node, settings, [{ first, end: first + 2 }]).likelyWh;
}

function orUndefined(energyWh: number): number | undefined {
  return Number.isNaN(energyWh) ? undefined : energyWh;
}
