/** Where nothing was measured, nothing is drawn: a line through a gap would claim to know what happened in it. */

export type Gap = { readonly fromMs: number; readonly toMs: number };

export type BrokenSeries = {
  readonly atMs: readonly number[];
  readonly series: readonly (readonly (number | null)[])[];
  readonly gaps: readonly Gap[];
};

/**
 * @param atMs instants, oldest first
 * @param series values, one list a series, each as long as `atMs`
 * @param longestStepMs a longer time between neighbours is a gap
 */
export function breakGaps(
  atMs: readonly number[],
  series: readonly (readonly number[])[],
  longestStepMs: number,
): BrokenSeries {
  const times: number[] = [];
  const values: (number | null)[][] = series.map(() => []);
  const gaps: Gap[] = [];
  atMs.forEach((at, place) => {
    const before = atMs[place - 1];
    if (before !== undefined && at - before > longestStepMs) {
      gaps.push({ fromMs: before, toMs: at });
      times.push(before + 1);
      for (const list of values) list.push(null);
    }
    times.push(at);
    series.forEach((list, which) => values[which]?.push(list[place] ?? null));
  });
  return { atMs: times, series: values, gaps };
}
