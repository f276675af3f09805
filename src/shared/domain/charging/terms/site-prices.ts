/**
 * What a kWh and a kW cost a depot at an instant, from its dated terms. Of rows with the same first day the one entered last holds.
 * A span over which the price changes has the mean over its minutes, which is what even consumption in it costs. Local times are
 * those of the depot's clocks, so a day on which clocks change has its prices at the hours people see.
 */
import { add, divide, exactOf, fraction, multiply, ZERO, type Exact } from '../../../kernel/exact.ts';
import type { EpochMs } from '../../../kernel/instant.ts';
import type { LocalTime } from '../../../kernel/local-time.ts';
import type { DemandTerms, LocalTimes, SiteTerms } from '../site-terms.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** Undefined before the first row begins. */
export function termsAt(terms: readonly SiteTerms[], atMs: EpochMs): SiteTerms | undefined {
  return terms.reduce<SiteTerms | undefined>(
    (best, each) =>
      each.validFromMs <= atMs && (best === undefined || each.validFromMs >= best.validFromMs) ? each : best,
    undefined,
  );
}

/** The mean price of a kWh bought from `fromMs` to `toMs`, as exact as it was written; undefined where a minute has no price. */
export function importPrice(
  terms: readonly SiteTerms[],
  local: LocalTime,
  fromMs: EpochMs,
  toMs: EpochMs,
): Exact | undefined {
  const minutesAt = new Map<string, number>();
  for (let atMs = fromMs; atMs < toMs; atMs += MINUTE_MS) {
    const price = priceText(termsAt(terms, atMs), local, atMs);
    if (price === undefined) return undefined;
    minutesAt.set(price, (minutesAt.get(price) ?? 0) + 1);
  }
  const [only, second] = minutesAt.keys();
  if (only === undefined) return undefined;
  if (second === undefined) return exactOf(only);
  let sum = ZERO;
  let minutes = 0;
  for (const [price, count] of minutesAt) {
    sum = add(sum, multiply(exactOf(price), fraction(count)));
    minutes += count;
  }
  return divide(sum, fraction(minutes));
}

function priceText(terms: SiteTerms | undefined, local: LocalTime, atMs: EpochMs): string | undefined {
  if (terms === undefined) return undefined;
  const known = terms.dynamic.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  return (known ?? terms.energy.find(({ when }) => holds(when, local, atMs)))?.pricePerKwh;
}

/** Whether a demand charge counts what is drawn at this instant. */
export function isCounted({ when }: DemandTerms, local: LocalTime, atMs: EpochMs): boolean {
  return holds(when, local, atMs);
}

/** Of one kW of the import, where the bill may be in kVA: an apparent power is the real one over the power factor. */
export function demandPricePerKw({ per, pricePerUnit }: DemandTerms, { powerFactor }: SiteTerms): Exact {
  const price = exactOf(pricePerUnit);
  return per === 'kW' ? price : divide(price, exactOf(String(powerFactor)));
}

function holds(when: LocalTimes, local: LocalTime, atMs: EpochMs): boolean {
  const clock = new Date(atMs + local.offsetMs(atMs));
  if (when.months && !when.months.includes(clock.getUTCMonth() + 1)) return false;
  // ISO 8601 counts Sunday as 7.
  if (when.weekdays && !when.weekdays.includes(clock.getUTCDay() || 7)) return false;
  const { fromMinute = 0, toMinute = DAY_MINUTES } = when;
  const minute = clock.getUTCHours() * 60 + clock.getUTCMinutes();
  return fromMinute < toMinute ? fromMinute <= minute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}
