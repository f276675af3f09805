/**
 * Whether a value may still be shown as the present. Stale never looks fresh: whoever draws a live value asks here.
 * The thresholds suppose a vehicle reports every second while it moves and at least every ten seconds at rest.
 */
import type { EpochMs } from '../../kernel/instant.ts';

export type Freshness = 'fresh' | 'stale' | 'silent' | 'never';

/** Beyond this a position is no longer where the vehicle is: at 50 km/h it has gone 280 m. */
export const STALE_AFTER_MS = 20_000;
/** Beyond this the vehicle has not merely missed a cell tower: somebody should ask. */
export const SILENT_AFTER_MS = 10 * 60_000;

/** A vehicle's clock may be a little ahead of ours; beyond this its time means nothing. */
export const MAX_AHEAD_MS = 5 * 60_000;

/**
 * @param measuredAtMs when the source measured the value, or undefined when it never did
 * @param nowMs the profile's clock; a measurement slightly ahead of it (another clock) counts as fresh, one further ahead
 *   does not: how old it is cannot be said
 * @param clockRate how fast the profile's clock runs: reports come by the wall's second, so the demo at sixty times the
 *   speed of life hears of a vehicle once a virtual minute, and that is not late
 */
export function judgeFreshness(measuredAtMs: EpochMs | undefined, nowMs: EpochMs, clockRate = 1): Freshness {
  if (measuredAtMs === undefined || measuredAtMs <= 0) return 'never';
  if (measuredAtMs - nowMs > MAX_AHEAD_MS) return 'stale';
  const ageMs = (nowMs - measuredAtMs) / clockRate;
  if (ageMs <= STALE_AFTER_MS) return 'fresh';
  return ageMs <= SILENT_AFTER_MS ? 'stale' : 'silent';
}
