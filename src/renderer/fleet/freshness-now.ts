/** The domain's freshness rule with this profile's clock and its speed put in: no screen may forget the demo's x60. */
import { judgeFreshness, STALE_AFTER_MS, type Freshness } from '../../shared/domain/fleet/freshness.ts';
import { recordStore } from '../link/record-store.ts';
import { formatAge, nowMs } from '../instruments/clock/profile-clock.ts';

export function clockRate(): number {
  return recordStore('console/facts').view().records.get('console')?.clock.rate ?? 1;
}

export function freshnessNow(measuredAtMs: number | undefined, now = nowMs()): Freshness {
  return judgeFreshness(measuredAtMs, now, clockRate());
}

/** Why an age of minutes may be fresh: empty at the speed of life, where it explains nothing. */
export function lateRule(rate = clockRate(), staleAfterMs = STALE_AFTER_MS): string {
  return rate === 1 ? '' : `Clock ×${rate}: late after ${formatAge(staleAfterMs * rate)} of fleet time.`;
}
