/** The energy balance in the words of the control room. */
import type {
  BalanceRow,
  BalanceSettings,
  BalanceVerdict,
  ErrorBudget,
  FindingKind,
  NodeBalance,
} from '../../../shared/domain/metering/balance/balance.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { measured } from '../meter/meter-words.ts';

export const VERDICT_WORDS: Readonly<Record<BalanceVerdict, string>> = {
  balanced: 'balanced',
  warning: 'beyond the likely error',
  alarm: 'beyond the worst error',
  unknown: 'not known',
};

export const VERDICT_PRIORITY: Readonly<Record<BalanceVerdict, 2 | 3 | undefined>> = {
  balanced: undefined,
  warning: 3,
  alarm: 2,
  unknown: undefined,
};

export const FINDING_WORDS: Readonly<Record<FindingKind, string>> = {
  'unmetered-load': 'Load without a meter',
  'constant-bias': 'A meter counts a steady share wrong',
  'failing-meter': 'A meter fails',
  'unbilled-charging': 'Charging that nobody bills',
  'double-billed': 'Billed more than was charged',
  'clock-slip': 'Clocks apart',
};

/** kWh by their size: three figures that say something. */
export function kwh(energyWh: number | undefined): string {
  if (energyWh === undefined) return measured(undefined, 0);
  const size = Math.abs(energyWh / 1000);
  return measured(energyWh / 1000, size >= 100 ? 1 : size >= 10 ? 2 : 3);
}

export function saySize(row: BalanceRow): string {
  const { residualWh, budget, verdict } = row;
  if (residualWh === undefined || verdict === 'unknown') return row.reason ?? 'Not all of its energies are known.';
  const size = `${kwh(Math.abs(residualWh))} kWh`;
  const explained = `the instruments’ error explains ${kwh(budget.likelyWh)} kWh likely and ${kwh(budget.worstWh)} kWh at worst`;
  if (verdict === 'balanced') return `Within the error: ${size} ${side(residualWh)}; ${explained}.`;
  return `${size} ${side(residualWh)}; ${explained}.`;
}

function side(residualWh: number): string {
  return residualWh >= 0 ? 'came in and were seen by no outgoing meter' : 'more went out than came in';
}

/** What an empty list of findings means: it never calls fine what a node beside it says does not add up. */
export function sayNothingFound(nodes: readonly NodeBalance[]): string {
  if (!nodes.some(({ rows }) => rows.some(({ verdict }) => verdict !== 'unknown')))
    return 'Nothing can be found yet: no quarter hour of this period is known at a node’s every meter.';
  const doubtful = nodes.filter(({ whole }) => whole.verdict === 'warning' || whole.verdict === 'alarm').length;
  if (doubtful === 0) return 'Nothing found: what came in went out again, within the error of the meters.';
  return `${doubtful === 1 ? 'One node does' : `${doubtful} nodes do`} not add up in this period, and no cause could be told yet. Read the quarter hours of the marked node; a longer period may tell.`;
}

export type BudgetPart = { readonly name: string; readonly means: string; readonly energyWh: number };

/** Part by part, in plain words, the largest first. */
export function budgetParts(budget: ErrorBudget, settings: BalanceSettings): readonly BudgetPart[] {
  const percent = (share: number) => `${decimals(share * 100, 0, 1)} %`;
  return [
    {
      name: 'Accuracy',
      means: 'What each meter may be off by in its class: A 3.5 %, B 2 %, C 0.7 % of what it counted',
      energyWh: budget.accuracyWh,
    },
    { name: 'Resolution', means: 'One last digit of each register, at both ends', energyWh: budget.resolutionWh },
    {
      name: 'Loss',
      means: `Cables and bars are expected to lose ${percent(settings.lossShare)}; that itself is known to ±${percent(settings.lossUncertainty)}`,
      energyWh: budget.lossWh,
    },
    {
      name: 'Clocks',
      means: `Readings of two meters may be ${decimals(settings.clockSlipMs / 1000, 0, 1)} s apart while power flows`,
      energyWh: budget.clockWh,
    },
    {
      name: 'Interpolation',
      means: 'Ends that fell between readings far apart, and energies spread over a gap',
      energyWh: budget.interpolationWh,
    },
  ].toSorted((one, other) => other.energyWh - one.energyWh);
}
