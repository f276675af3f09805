/**
 * What the instruments of a node may explain of its residual over stretches of quarter hours.
 *
 * Systematic over time, so added up: a meter's class error (it is the same instrument all along) and the loss. Random and
 * telescoping, so only of the ends of each stretch: the register's step, the clock, the interpolation. Between meters, worst adds
 * up and likely is the root sum square.
 */
import type { BalanceSettings, ErrorBudget } from './balance.ts';
import type { MeterSeries } from './meter-series.ts';

export type NodeSeries = { readonly parent: MeterSeries; readonly children: readonly MeterSeries[] };

/** Slots from `first` up to and without `end`, in all of which every meter of the node is known. */
export type Stretch = { readonly first: number; readonly end: number };

export function budgetOf(node: NodeSeries, settings: BalanceSettings, stretches: readonly Stretch[]): ErrorBudget {
  let accuracyWh = 0;
  let resolutionWh = 0;
  let clockWh = 0;
  let interpolationWh = 0;
  let squares = 0;
  for (const series of [node.parent, ...node.children]) {
    const ofClassWh = series.classShare * grossOf(series, stretches);
    accuracyWh += ofClassWh;
    squares += ofClassWh ** 2;
    const stepWh = series.meter.resolutionWh;
    for (const { first, end } of stretches)
      for (const boundary of [first, end]) {
        const slipWh = series.clockWh[boundary] ?? 0;
        const bracketWh = series.interpolationWh[boundary] ?? 0;
        resolutionWh += stepWh;
        clockWh += slipWh;
        interpolationWh += bracketWh;
        squares += stepWh ** 2 + slipWh ** 2 + bracketWh ** 2;
      }
  }
  const lossWh = expectedLossOf(node, settings, stretches) * settings.lossUncertainty;
  return {
    accuracyWh,
    resolutionWh,
    lossWh,
    clockWh,
    interpolationWh,
    worstWh: accuracyWh + resolutionWh + lossWh + clockWh + interpolationWh,
    likelyWh: Math.sqrt(squares + lossWh ** 2),
  };
}

/** Of what flows through the node's own meter, whichever way. */
export function expectedLossOf(node: NodeSeries, settings: BalanceSettings, stretches: readonly Stretch[]): number {
  return settings.lossShare * grossOf(node.parent, stretches);
}

function grossOf({ grossUpToWh }: MeterSeries, stretches: readonly Stretch[]): number {
  return stretches.reduce((sumWh, { first, end }) => sumWh + (grossUpToWh[end] ?? 0) - (grossUpToWh[first] ?? 0), 0);
}
