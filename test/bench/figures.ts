/** The few figures a bench says of many samples. */

/** Nearest rank, so that a percentile is always a value that occurred; NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1))] ?? NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

export type Sample = { readonly atMs: number; readonly value: number };

/** By least squares, per minute. */
export function slopePerMinute(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, one) => sum + of(one), 0) / samples.length;
  const [meanAt, meanValue] = [mean((one) => one.atMs), mean((one) => one.value)];
  let [over, under] = [0, 0];
  for (const { atMs, value } of samples) {
    over += (atMs - meanAt) * (value - meanValue);
    under += (atMs - meanAt) ** 2;
  }
  return under === 0 ? 0 : (over / under) * 60_000;
}

/** How much greater the last third is than the first, as a fraction: medians, so that one collection more or less is nothing. */
export function growthOf(samples: readonly Sample[]): number {
  const third = Math.floor(samples.length / 3);
  const values = samples.map(({ value }) => value);
  return median(values.slice(-third)) / median(values.slice(0, third)) - 1;
}
