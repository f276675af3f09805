/**
 * A day, week or month of a depot's own clocks as two instants, and its neighbours. A link names it by its kind and a date,
 * so that it means the same days wherever it is opened.
 */
import { openLocalTime, type LocalTime } from '../../../shared/kernel/local-time.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';

export const PERIOD_KINDS = ['day', 'week', 'month'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

export type LocalPeriod = {
  readonly kind: PeriodKind;
  /** Its first day, `2026-11-24`. */
  readonly date: string;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly label: string;
  readonly before: string;
  /** Undefined where all of it lies ahead. */
  readonly after: string | undefined;
  readonly isNow: boolean;
};

const DAY_MS = 86_400_000;
const NOON_MS = DAY_MS / 2;

/** @param date any day in it; today when undefined or no date */
export function localPeriod(zone: string, kind: PeriodKind, date: string | undefined, nowMs: EpochMs): LocalPeriod {
  const time = openLocalTime(zone) ?? utc();
  const today = nowMs + time.offsetMs(nowMs);
  const wanted = date === undefined ? Number.NaN : Date.parse(`${date}T00:00:00Z`);
  const first = firstDayOf(kind, startOfDay(Number.isNaN(wanted) ? today : Math.min(wanted, today)));
  const next = stepOf(kind, first, 1);
  return {
    kind,
    date: dateText(first),
    fromMs: beginOfDay(time, first),
    toMs: beginOfDay(time, next),
    label: labelOf(kind, first),
    before: dateText(stepOf(kind, first, -1)),
    after: next <= startOfDay(today) ? dateText(next) : undefined,
    isNow: next > startOfDay(today),
  };
}

function utc(): LocalTime {
  const made = openLocalTime('UTC');
  if (made === undefined) throw new Error('The platform does not know UTC.');
  return made;
}

/** Local clocks as if they were UTC, here and below. */
function startOfDay(localMs: number): number {
  return Math.floor(localMs / DAY_MS) * DAY_MS;
}

function firstDayOf(kind: PeriodKind, dayMs: number): number {
  const day = new Date(dayMs);
  if (kind === 'month') return Date.UTC(day.getUTCFullYear(), day.getUTCMonth());
  // Monday is the first (ISO 8601).
  return kind === 'week' ? dayMs - ((day.getUTCDay() + 6) % 7) * DAY_MS : dayMs;
}

function stepOf(kind: PeriodKind, firstMs: number, by: 1 | -1): number {
  const day = new Date(firstMs);
  if (kind === 'month') return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + by);
  return firstMs + by * (kind === 'week' ? 7 : 1) * DAY_MS;
}

/** Noon is skipped by no clock, midnight by some. */
function beginOfDay(time: LocalTime, dayMs: number): EpochMs {
  const noonMs = time.instantsOf(dayMs + NOON_MS)[0] ?? dayMs + NOON_MS - time.offsetMs(dayMs + NOON_MS);
  return time.spanOf('day', noonMs).beginMs;
}

function dateText(dayMs: number): string {
  return new Date(dayMs).toISOString().slice(0, 10);
}

const LABELS: Readonly<Record<PeriodKind, Intl.DateTimeFormat>> = {
  day: labelFormat({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
  week: labelFormat({ day: 'numeric', month: 'short', year: 'numeric' }),
  month: labelFormat({ month: 'long', year: 'numeric' }),
};

function labelFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
}

function labelOf(kind: PeriodKind, firstMs: number): string {
  const text = LABELS[kind].format(firstMs).replace(',', '');
  return kind === 'week' ? `Week from ${text}` : text;
}

/** The local days of a period, oldest first. */
export function daysOf(
  zone: string,
  fromMs: EpochMs,
  toMs: EpochMs,
): readonly { readonly beginMs: EpochMs; readonly endMs: EpochMs }[] {
  const time = openLocalTime(zone) ?? utc();
  const days: { beginMs: EpochMs; endMs: EpochMs }[] = [];
  for (let atMs = fromMs; atMs < toMs;) {
    const day = time.spanOf('day', atMs);
    days.push(day);
    atMs = day.endMs;
  }
  return days;
}
