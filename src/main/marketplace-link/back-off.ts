/** How long to wait before the next try: doubling, bounded, and randomised so that a fleet of consoles does not knock in step. */
export type BackOff = { readonly firstMs: number; readonly maxMs: number };

/**
 * @param failures how many tries have failed in a row, at least 1
 * @param fraction random, 0 (inclusive) to 1 (exclusive)
 * @returns ms between half of the step and the whole of it, never under `firstMs` / 2
 */
export function pauseBeforeTry(failures: number, backOff: BackOff, fraction: number): number {
  const step = Math.min(backOff.maxMs, backOff.firstMs * 2 ** Math.min(Math.max(0, failures - 1), 30));
  return Math.round(step / 2 + (step / 2) * fraction);
}
