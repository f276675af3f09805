/**
 * What a charge point is told: a power for each stretch of a short time to come. When it is over, or when none was told, the charge
 * point gives its declared fallback, so a planner that dies leaves nothing behind that could break a limit (OCPP 2.1, K15; OCPI 2.2.1,
 * ChargingProfile).
 */
import type { EpochMs } from '../../../kernel/instant.ts';

export type Profile = {
  readonly toMs: EpochMs;
  /** Rising; the first says when it begins. */
  readonly periods: readonly ProfilePeriod[];
};

export type ProfilePeriod = { readonly fromMs: EpochMs; readonly limitW: number };

/** Of a charge point that was never told anything. */
export const NOTHING_TOLD: Profile = { toMs: 0, periods: [] };

/** Whole W, rounded down, with neighbours that are equal as one. Slots are those from `fromMs` on. */
export function profileOf(powerW: readonly number[], fromMs: EpochMs, slotMs: number, toMs: EpochMs): Profile {
  const periods: ProfilePeriod[] = [];
  for (let slot = 0; fromMs + slot * slotMs < toMs; slot++) {
    const limitW = Math.max(0, Math.floor(powerW[slot] ?? 0));
    if (periods.at(-1)?.limitW !== limitW) periods.push({ fromMs: fromMs + slot * slotMs, limitW });
  }
  return { toMs, periods };
}

/** Before it begins and after it is over, the fallback. */
export function limitAt({ periods, toMs }: Profile, fallbackW: number, atMs: EpochMs): number {
  if (atMs >= toMs) return fallbackW;
  return periods.findLast(({ fromMs }) => fromMs <= atMs)?.limitW ?? fallbackW;
}

/** Whether both say the same from now on until the one that ends first does. */
export function agreeFrom(a: Profile, b: Profile, nowMs: EpochMs): boolean {
  const untilMs = Math.min(a.toMs, b.toMs);
  const at = (profile: Profile, atMs: EpochMs) => limitAt(profile, NaN, atMs);
  return [nowMs, ...a.periods.map(({ fromMs }) => fromMs), ...b.periods.map(({ fromMs }) => fromMs)].every(
    (atMs) => atMs < nowMs || atMs >= untilMs || at(a, atMs) === at(b, atMs),
  );
}
