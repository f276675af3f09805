/** Where nothing was measured, nothing is drawn: a line through a gap would claim to know what happened in it. */

export type Gap = { readonly fromMs: number; readonly toMs: number };

export type BrokenSeries = {
  readonly atMs: readonly number[];
  readonly series: readonly (readonly (number | null)[])[];
  readonly gaps: readonly Gap[];
};

/**
 * @param atMs instants, oldest first
 * @param series values, one list a series, each as long as `atMs`; null: nothing was told at that instant
 * @param honestStepsMs for each instant, the longest time since the one before that is no gap
 */
export function breakGaps(
  atMs: readonly number[],
  series: readonly (readonly (number | null)[])[],
  honestStepsMs: readonly number[],
): BrokenSeries {
  const times: number[] = [];
  const values: (number | null)[][] = series.map(() => []);
  const gaps: Gap[] = [];
  atMs.forEach((at, place) => {
    const before = atMs[place - 1];
    if (before !== undefined && at - before > (honestStepsMs[place] ?? Infinity)) {
      gaps.push({ fromMs: before, toMs: at });
      times.push(before + 1);
      for (const list of values) list.push(null);
    }
    times.push(at);
    series.forEach((list, which) => values[which]?.push(list[place] ?? null));
  });
  return { atMs: times, series: values, gaps };
}

/** A vehicle that stands still may well be as quiet as this. */
const SHORTEST_GAP_MS = 90_000;
/** A vehicle's reports come as its movement has it. */
const UNUSUAL = 5;
const NEIGHBOURS = 6;

/**
 * How far each instant may lie from the one before it without anything missing, judged by the spacing around it: a parked
 * vehicle reports seldom, a fast clock spreads its reports, thinning takes most of them, and nothing of that is silence.
 *
 * @param shortestGapMs silence as long as this is not yet a gap, however often the others reported
 * @param unusual how many times the usual spacing a silence must last to be one: the more regular the source, the fewer
 */
export function honestStepsMs(
  atMs: readonly number[],
  shortestGapMs = SHORTEST_GAP_MS,
  unusual = UNUSUAL,
): readonly number[] {
  const steps = atMs.map((at, place) => at - (atMs[place - 1] ?? at));
  return steps.map((_, place) => {
    const before = usual(steps.slice(Math.max(1, place - NEIGHBOURS), place));
    const after = usual(steps.slice(place + 1, place + 1 + NEIGHBOURS));
    // Where the pace changes the slower side is right: the first step of a slower pace is no gap.
    return Math.max(shortestGapMs, unusual * Math.max(before, after));
  });
}

/** The lower median: of two steps one may be the gap. */
function usual(steps: readonly number[]): number {
  const sorted = steps.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
