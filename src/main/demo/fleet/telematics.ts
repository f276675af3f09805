/** A few vehicles have poor telematics, so that an operator meets stale values in the demo as in life. */
import { hashUnit } from '../seeded-random.ts';

const FLAKY_SHARE = 0.028;
const WINDOW_MS = 20 * 60_000;

function isFlaky(seed: number, vehicle: number): boolean {
  return hashUnit(seed, 'flaky', vehicle) < FLAKY_SHARE;
}

/**
 * How old the report of a vehicle is when it arrives; 0 at once, -1 when nothing arrives. Few distinct delays, so that
 * late reports still travel in batches.
 */
export function telematicsDelayMs(seed: number, vehicle: number, atMs: number): number {
  if (!isFlaky(seed, vehicle)) return 0;
  const phase = hashUnit(seed, 'flaky-phase', vehicle);
  const place = atMs / WINDOW_MS + phase;
  const window = Math.floor(place);
  const silentFor = 0.15 + 0.35 * hashUnit(seed, 'flaky-gap', vehicle, window);
  if (place - window < silentFor) return -1;
  return hashUnit(seed, 'flaky-lag', vehicle, window) < 0.5 ? 10_000 : 20_000;
}
