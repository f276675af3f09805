/** What is off in one node by itself, from the coarse to the fine: what is explained already is left out of what follows. */
import type { BalanceSettings, BalanceRow } from '../balance.ts';
import type { NodeSeries } from '../error-budget.ts';
import { measuredStretches } from '../sum-rows.ts';
import { findChanges } from './find-changes.ts';
import { findStandstills, withEdges, type ClaimedWh } from './find-standstills.ts';
import { findSteadyLoad } from './find-steady-load.ts';
import type { NodeModel } from './node-model.ts';
import type { Suspicion } from './suspicion.ts';

/** What never runs through a meter and is worth no walk: contactors, surge arresters, the meters themselves. */
const IDLE_LOAD_W = 300;
const QUARTERS_AN_HOUR = 4;

export function examineNode(
  node: NodeSeries,
  settings: BalanceSettings,
  whole: BalanceRow,
  claimedWh: ClaimedWh,
): { readonly suspicions: readonly Suspicion[]; readonly model: NodeModel | undefined } {
  const measured = measuredStretches(node);
  const standstills = findStandstills(node, settings, measured, claimedWh);
  const slots = measured.reduce((count, { first, end }) => count + end - first, 0);
  const uncertainLossWh = whole.expectedLossWh * settings.lossUncertainty;
  const leastLoadWh = Math.max(IDLE_LOAD_W / QUARTERS_AN_HOUR, uncertainLossWh / Math.max(1, slots));
  const without = standstills.map(({ stretch }) => withEdges(stretch));
  const { model, suspicions: changes } = findChanges(node, settings, without, leastLoadWh);
  const loads = model === undefined ? [] : findSteadyLoad(model, leastLoadWh);
  return { suspicions: [...standstills, ...changes, ...loads], model };
}
