/**
 * Whether a meter's reading may still be shown as the present. Power steers loads and is asked every two seconds, so it
 * ages faster than a vehicle's position does.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { Freshness } from '../fleet/freshness.ts';

/** Four questions missed, or one on a line so slow that its meters are asked every ten seconds. */
export const METER_STALE_AFTER_MS = 10_000;
/** Beyond this the meter is not merely late: somebody should look at the line. */
export const METER_SILENT_AFTER_MS = 2 * 60_000;

/**
 * @param readAtMs when the meter answered, by the profile's clock; undefined when it never did
 * @param nowMs the profile's clock; a reading ahead of it was taken before the clock was put back, and how old it is cannot
 *   be said
 * @param clockRate how fast the profile's clock runs: meters are asked by the wall's second
 */
export function judgeMeterFreshness(readAtMs: EpochMs | undefined, nowMs: EpochMs, clockRate = 1): Freshness {
  if (readAtMs === undefined) return 'never';
  const ageMs = (nowMs - readAtMs) / clockRate;
  if (Math.abs(ageMs) <= METER_STALE_AFTER_MS) return 'fresh';
  return ageMs <= METER_SILENT_AFTER_MS ? 'stale' : 'silent';
}
