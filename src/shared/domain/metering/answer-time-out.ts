/**
 * How long to wait for a meter. An answer that came late says the meter is slower than was believed, so it is waited for
 * longer; punctual answers lower the time-out again, slowly, because a slow meter tends to stay slow. Bounded: while one is
 * waited for, the others of its line are not asked.
 */
export const FIRST_TIMEOUT_MS = 1_000;
export const GREATEST_TIMEOUT_MS = 4_000;

/** An answer that took this long must not be called late next time. */
const MARGIN = 1.5;
const FALL_PER_ANSWER = 0.98;

/** @param lateByMs how long after its time-out the answer came */
export function raiseTimeout(timeoutMs: number, lateByMs: number): number {
  return Math.round(Math.min(GREATEST_TIMEOUT_MS, Math.max(timeoutMs, (timeoutMs + lateByMs) * MARGIN)));
}

/** @param tookMs from the question to the last byte of the answer that came in time */
export function lowerTimeout(timeoutMs: number, tookMs: number): number {
  const least = Math.max(FIRST_TIMEOUT_MS, tookMs * MARGIN);
  return Math.min(timeoutMs, Math.round(Math.max(least, timeoutMs * FALL_PER_ANSWER)));
}
