/** The balance of a node over all its quarter hours that are known, with the budget of a sum over time. */
import type { EpochMs } from '../../../kernel/instant.ts';
import { INTERVAL_MS } from '../interval.ts';
import type { BalanceRow, BalanceSettings, NodeBalance } from './balance.ts';
import { budgetOf, expectedLossOf, type NodeSeries, type Stretch } from './error-budget.ts';
import { judgeResidual } from './judge-interval.ts';
import type { MeterSeries } from './meter-series.ts';

/** Where every meter of the node is known; neighbouring quarter hours as one stretch. */
function knownStretches(node: NodeSeries): Stretch[] {
  return stretchesWhere(node, ({ netWh }, slot) => !Number.isNaN(netWh[slot]));
}

/** The same without what was spread over gaps: there the energy is known, and when it flowed is not. */
export function measuredStretches(node: NodeSeries): Stretch[] {
  return stretchesWhere(node, ({ isMeasured }, slot) => isMeasured[slot] === 1);
}

function stretchesWhere(node: NodeSeries, holds: (series: MeterSeries, slot: number) => boolean): Stretch[] {
  const stretches: { first: number; end: number }[] = [];
  const all = [node.parent, ...node.children];
  for (let slot = 0; slot < node.parent.netWh.length; slot++) {
    if (!all.every((series) => holds(series, slot))) continue;
    const last = stretches.at(-1);
    if (last?.end === slot) last.end = slot + 1;
    else stretches.push({ first: slot, end: slot + 1 });
  }
  return stretches;
}

export function sumRows(
  node: NodeSeries,
  settings: BalanceSettings,
  fromMs: EpochMs,
): { readonly whole: BalanceRow; readonly outgoing: NodeBalance['outgoing'] } {
  const slots = node.parent.netWh.length;
  const stretches = knownStretches(node);
  const known = stretches.reduce((count, { first, end }) => count + end - first, 0);
  const budget = budgetOf(node, settings, stretches);
  const expectedLossWh = expectedLossOf(node, settings, stretches);
  const range = { beginMs: fromMs, endMs: fromMs + slots * INTERVAL_MS, expectedLossWh, budget };
  if (known === 0)
    return {
      whole: {
        ...range,
        inWh: undefined,
        outWh: undefined,
        residualWh: undefined,
        verdict: 'unknown',
        reason: 'There is no quarter hour in which all of these meters are known.',
      },
      outgoing: node.children.map(({ meter }) => ({ meterId: meter.id, importWh: undefined })),
    };
  const inWh = sumOver(node.parent, stretches);
  const outgoing = node.children.map((series) => ({
    meterId: series.meter.id,
    importWh: sumOver(series, stretches),
  }));
  const outWh = outgoing.reduce((sumWh, { importWh }) => sumWh + importWh, 0);
  const residualWh = inWh - outWh - expectedLossWh;
  const reason =
    known === slots
      ? undefined
      : `${slots - known} of ${slots} quarter hours are left out, because one of the meters is not known in them.`;
  return {
    whole: { ...range, inWh, outWh, residualWh, verdict: judgeResidual(residualWh, budget), reason },
    outgoing,
  };
}

/** Of slots in which the meter is known. */
export function sumOver({ netWh }: MeterSeries, stretches: readonly Stretch[]): number {
  let sumWh = 0;
  for (const { first, end } of stretches) for (let slot = first; slot < end; slot++) sumWh += netWh[slot] ?? 0;
  return sumWh;
}
