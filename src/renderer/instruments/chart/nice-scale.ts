/** A scale whose ticks are round numbers and whose ends hold every value. */

export type NiceScale = { readonly range: readonly [number, number]; readonly ticks: readonly number[] };

const STEPS = [1, 2, 2.5, 5, 10] as const;

/**
 * From nought, or from below it where values are, to at least the greatest value.
 *
 * @param most about how many ticks fit above the first
 */
export function niceScale(values: Iterable<number>, most: number): NiceScale {
  let least = 0;
  let greatest = 0;
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const step = niceStep((greatest - least) / most);
  const from = Math.floor(least / step);
  // The last tick lies above what is measured, so a level line never hides in the frame.
  const to = Math.max(from + 1, Math.ceil((greatest * 1.02) / step));
  const ticks = Array.from({ length: to - from + 1 }, (_, place) => round((from + place) * step));
  return { range: [ticks[0] ?? 0, ticks.at(-1) ?? 1], ticks };
}

function niceStep(rough: number): number {
  if (rough <= 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  return magnitude * (STEPS.find((step) => step * magnitude >= rough) ?? 10);
}

/** 0.30000000000000004 is no tick. */
function round(value: number): number {
  return Number(value.toPrecision(12)) || 0;
}
