/**
 * A period's energy as bars. Invariant: every quarter hour, or day, of the period has its bar, also where nothing is known:
 * a gap is seen as a gap, and what lies ahead is no gap.
 */
import { INTERVAL_MS, type EnergyInterval, type IntervalBasis } from '../../../shared/domain/metering/interval.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { EnergySpan } from '../../../shared/ipc/metering/interval-contract.ts';

export type BasisCounts = Readonly<Record<IntervalBasis, number>>;

export type EnergyBar = {
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  readonly importWh: number | undefined;
  readonly exportWh: number | undefined;
  /** ahead: not over yet. */
  readonly basis: IntervalBasis | 'ahead';
  /** Of the quarter hours in it. */
  readonly counts: BasisCounts;
  /** How far apart the readings lie between which its ends were interpolated; undefined for more than a quarter hour. */
  readonly bracketMs: number | undefined;
};

export const NO_COUNTS: BasisCounts = { measured: 0, spread: 0, partial: 0, imported: 0, missing: 0 };

export function quarterBars(
  intervals: readonly EnergyInterval[],
  fromMs: EpochMs,
  toMs: EpochMs,
  nowMs: EpochMs,
): readonly EnergyBar[] {
  const known = new Map(intervals.map((interval) => [interval.beginMs, interval]));
  const bars: EnergyBar[] = [];
  for (let beginMs = fromMs; beginMs < toMs; beginMs += INTERVAL_MS) {
    const endMs = beginMs + INTERVAL_MS;
    const interval = known.get(beginMs);
    const isAhead = interval === undefined || interval.basis === 'missing' ? endMs > nowMs : false;
    const basis = isAhead ? 'ahead' : (interval?.basis ?? 'missing');
    bars.push({
      beginMs,
      endMs,
      importWh: isAhead ? undefined : interval?.importWh,
      exportWh: isAhead ? undefined : interval?.exportWh,
      basis,
      counts: basis === 'ahead' ? NO_COUNTS : { ...NO_COUNTS, [basis]: 1 },
      bracketMs: interval?.bracketMs,
    });
  }
  return bars;
}

/** The basis of a day is the least sure of its quarter hours; missing only where nothing at all is known. */
export function spanBars(
  spans: readonly EnergySpan[],
  days: readonly { readonly beginMs: EpochMs; readonly endMs: EpochMs }[],
  nowMs: EpochMs,
): readonly EnergyBar[] {
  const known = new Map(spans.map((span) => [span.beginMs, span]));
  return days.map(({ beginMs, endMs }) => {
    const span = known.get(beginMs);
    const isAhead = beginMs >= nowMs;
    return {
      beginMs,
      endMs,
      importWh: isAhead ? undefined : span?.importWh,
      exportWh: isAhead ? undefined : span?.exportWh,
      basis: isAhead ? 'ahead' : span === undefined ? 'missing' : basisOf(span),
      counts: span?.counts ?? NO_COUNTS,
      bracketMs: undefined,
    };
  });
}

function basisOf({ counts, importWh }: EnergySpan): IntervalBasis {
  if (importWh === undefined) return 'missing';
  if (counts.missing > 0 || counts.partial > 0) return 'partial';
  if (counts.spread > 0) return 'spread';
  return counts.imported > 0 ? 'imported' : 'measured';
}

export type EnergySum = {
  readonly importWh: number | undefined;
  readonly exportWh: number | undefined;
  readonly counts: BasisCounts;
  /** Quarter hours that are over. */
  readonly quarters: number;
  readonly highest: EnergyBar | undefined;
};

export function sumBars(bars: readonly EnergyBar[]): EnergySum {
  const counts = { ...NO_COUNTS };
  let quarters = 0;
  let highest: EnergyBar | undefined;
  for (const bar of bars) {
    for (const basis of Object.keys(counts) as IntervalBasis[]) {
      counts[basis] += bar.counts[basis];
      quarters += bar.counts[basis];
    }
    if (bar.importWh !== undefined && bar.importWh > (highest?.importWh ?? 0)) highest = bar;
  }
  return {
    importWh: sumKnown(bars.map(({ importWh }) => importWh)),
    exportWh: sumKnown(bars.map(({ exportWh }) => exportWh)),
    counts,
    quarters,
    highest,
  };
}

/** Undefined when nothing is known. */
function sumKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}
