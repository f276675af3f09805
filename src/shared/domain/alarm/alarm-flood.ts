/**
 * When alarms come faster than one person can answer them (EEMUA 191, ISA-18.2 clause 16.5): more than ten in ten minutes begin
 * a flood, fewer than five end it. What is shelved or explained by another was not put before anybody and does not count.
 */
import type { EpochMs } from '../../kernel/instant.ts';

export const FLOOD_WINDOW_MS = 10 * 60_000;
const BEGINS_ABOVE = 10;
const OVER_BELOW = 5;

export type AlarmFlood = {
  /** Wall clock; undefined when there is none. */
  readonly sinceMs: EpochMs | undefined;
  /** In the last ten minutes. */
  readonly raisedCount: number;
};

/** @param raisedAtMs when alarms were put before the operator; what is older than the window does not matter */
export function judgeFlood(
  before: Pick<AlarmFlood, 'sinceMs'>,
  raisedAtMs: readonly EpochMs[],
  nowMs: EpochMs,
): AlarmFlood {
  const raisedCount = raisedAtMs.filter((atMs) => Math.abs(nowMs - atMs) <= FLOOD_WINDOW_MS).length;
  const isFlood = before.sinceMs === undefined ? raisedCount > BEGINS_ABOVE : raisedCount >= OVER_BELOW;
  return { sinceMs: isFlood ? (before.sinceMs ?? nowMs) : undefined, raisedCount };
}
