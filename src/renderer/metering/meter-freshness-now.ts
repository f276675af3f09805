/** A meter's freshness rule with this profile's clock and its speed put in. */
import type { Freshness } from '../../shared/domain/fleet/freshness.ts';
import { judgeMeterFreshness } from '../../shared/domain/metering/meter-freshness.ts';
import { clockRate } from '../fleet/freshness-now.ts';
import { nowMs } from '../instruments/clock/profile-clock.ts';

export function meterFreshnessNow(readAtMs: number | undefined, now = nowMs()): Freshness {
  return judgeMeterFreshness(readAtMs, now, clockRate());
}
