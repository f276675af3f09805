/** What a review begins with: read from the failures themselves, for a person to change. */
import type { DemandSignal, InfrastructureGap } from '../../shared/domain/insight/demand-signal.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';

export type ReviewDraft = Pick<
  DemandSignal,
  'fromHour' | 'toHour' | 'energyKwhPerDay' | 'powerKw' | 'windowFromMs' | 'windowToMs' | 'commitment' | 'note'
>;

const DAY_MS = 86_400_000;
const HORIZON_DAYS = 90;

/** @param seenDays how long the failures were gathered for */
export function proposeReview(
  gap: Pick<InfrastructureGap, 'byHour' | 'energyWh' | 'peakPowerW'>,
  seenDays: number,
  nowMs: EpochMs,
): ReviewDraft {
  const hours = gap.byHour.flatMap((count, hour) => (count > 0 ? [hour] : []));
  return {
    fromHour: hours[0] ?? 0,
    toHour: (hours.at(-1) ?? 23) + 1,
    energyKwhPerDay: Math.ceil(gap.energyWh / 1000 / Math.max(1, seenDays)),
    powerKw: Math.ceil(gap.peakPowerW / 1000),
    windowFromMs: nowMs,
    windowToMs: nowMs + HORIZON_DAYS * DAY_MS,
    commitment: 'indicative',
    note: '',
  };
}

/** Why it cannot be kept as it is; undefined when it can. */
export function whyNotReady(draft: ReviewDraft): string | undefined {
  if (draft.toHour <= draft.fromHour) return 'The hours end before they begin.';
  if (!(draft.energyKwhPerDay > 0)) return 'A signal needs an energy above 0.';
  if (!(draft.powerKw > 0)) return 'A signal needs a power above 0.';
  if (draft.windowToMs <= draft.windowFromMs) return 'The window ends before it begins.';
  return undefined;
}
