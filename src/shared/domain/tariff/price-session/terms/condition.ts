/**
 * The restrictions of a tariff element (OCPI 2.2.1, 11.4.6) as conditions that are judged at one moment of a charge. Each is half-open: what
 * it begins with belongs to it, what it ends with does not.
 *
 * Invariant: a condition answers `unknown` only where the record does not tell the current or power that it asks for, or tells of values on
 * both sides of its limit.
 */
import { compare, exactOf, readExact, type Exact } from '../../../../kernel/exact.ts';
import { accept, refuse, type Result } from '../../../../kernel/result.ts';
import type { DayOfWeek, DecimalText, TariffRestrictions } from '../../tariff.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** Sunday first, as the calendar of the platform counts. */
const DAYS: readonly DayOfWeek[] = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

export type Condition =
  | { readonly kind: 'time-of-day'; readonly fromMinute: number; readonly toMinute: number }
  | { readonly kind: 'date'; readonly fromDay: number; readonly toDay: number }
  | { readonly kind: 'day-of-week'; readonly days: readonly DayOfWeek[] }
  | { readonly kind: 'duration'; readonly fromMs: number; readonly toMs: number }
  | {
      readonly kind: 'energy' | 'current' | 'power';
      readonly from: Exact | undefined;
      readonly to: Exact | undefined;
      readonly fromText: DecimalText | undefined;
      readonly toText: DecimalText | undefined;
    };

/** The least and the greatest that a period saw; equal where only one is told. */
export type Range = { readonly least: Exact; readonly greatest: Exact };

/** What conditions are judged by: a moment of the charge, and what its period tells of it. */
export type Moment = {
  /** Local clocks, given as if they were UTC. */
  readonly localMs: number;
  /** kWh since the session began. */
  readonly energy: Exact;
  readonly elapsedMs: number;
  readonly current: Range | undefined;
  readonly power: Range | undefined;
};

export type Judgement = 'holds' | 'fails' | 'unknown';

export function judgeCondition(condition: Condition, moment: Moment): Judgement {
  switch (condition.kind) {
    case 'time-of-day':
      return answer(
        isWithinDay(condition, (moment.localMs - Math.floor(moment.localMs / DAY_MS) * DAY_MS) / MINUTE_MS),
      );
    case 'date': {
      const day = Math.floor(moment.localMs / DAY_MS);
      return answer(day >= condition.fromDay && day < condition.toDay);
    }
    case 'day-of-week':
      return answer(condition.days.includes(dayOfWeekAt(moment.localMs)));
    case 'duration':
      return answer(moment.elapsedMs >= condition.fromMs && moment.elapsedMs < condition.toMs);
    case 'energy':
      return judgeRange(condition, { least: moment.energy, greatest: moment.energy });
    case 'current':
      return judgeRange(condition, moment.current);
    case 'power':
      return judgeRange(condition, moment.power);
  }
}

export function dayOfWeekAt(localMs: number): DayOfWeek {
  return DAYS[new Date(localMs).getUTCDay()] as DayOfWeek;
}

function answer(holds: boolean): Judgement {
  return holds ? 'holds' : 'fails';
}

/** An end that is not after the begin is one of the next day. */
function isWithinDay({ fromMinute, toMinute }: { fromMinute: number; toMinute: number }, minute: number): boolean {
  return fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}

function judgeRange(limits: { from: Exact | undefined; to: Exact | undefined }, range: Range | undefined): Judgement {
  if (range === undefined) return 'unknown';
  const { from, to } = limits;
  if (from !== undefined && compare(range.greatest, from) < 0) return 'fails';
  if (to !== undefined && compare(range.least, to) >= 0) return 'fails';
  const isWithin =
    (from === undefined || compare(range.least, from) >= 0) && (to === undefined || compare(range.greatest, to) < 0);
  return isWithin ? 'holds' : 'unknown';
}

/** Reads what an element restricts itself to; the reservation is not among it, since it chooses elements before any is judged. */
export function readConditions(
  restrictions: TariffRestrictions | undefined,
): Result<readonly Condition[], 'tariff-unreadable'> {
  if (restrictions === undefined) return accept([]);
  const unreadable = findUnreadable(restrictions);
  if (unreadable !== undefined)
    return refuse(
      'tariff-unreadable',
      `A restriction of the tariff reads “${unreadable}”, which is no time, date or number. Ask the operator for a corrected tariff.`,
    );
  return accept([...clockConditions(restrictions), ...usageConditions(restrictions)]);
}

function clockConditions(restrictions: TariffRestrictions): readonly Condition[] {
  const { startTime, endTime, startDate, endDate, daysOfWeek } = restrictions;
  const conditions: Condition[] = [];
  if (startTime !== undefined || endTime !== undefined)
    conditions.push({
      kind: 'time-of-day',
      fromMinute: minuteOf(startTime ?? '00:00'),
      toMinute: minuteOf(endTime ?? '24:00'),
    });
  if (startDate !== undefined || endDate !== undefined)
    conditions.push({
      kind: 'date',
      fromDay: startDate === undefined ? -Infinity : dayOf(startDate),
      toDay: endDate === undefined ? Infinity : dayOf(endDate),
    });
  // An empty list restricts nothing: several operators send one with every element.
  if (daysOfWeek !== undefined && daysOfWeek.length > 0) conditions.push({ kind: 'day-of-week', days: daysOfWeek });
  return conditions;
}

function usageConditions(restrictions: TariffRestrictions): readonly Condition[] {
  const { minDurationS, maxDurationS } = restrictions;
  const conditions: Condition[] = [
    ...rangeCondition('energy', restrictions.minKwh, restrictions.maxKwh),
    ...rangeCondition('current', restrictions.minCurrent, restrictions.maxCurrent),
    ...rangeCondition('power', restrictions.minPower, restrictions.maxPower),
  ];
  if (minDurationS !== undefined || maxDurationS !== undefined)
    conditions.push({
      kind: 'duration',
      fromMs: minDurationS === undefined ? -Infinity : minDurationS * 1000,
      toMs: maxDurationS === undefined ? Infinity : maxDurationS * 1000,
    });
  return conditions;
}

function rangeCondition(
  kind: 'energy' | 'current' | 'power',
  fromText: DecimalText | undefined,
  toText: DecimalText | undefined,
): readonly Condition[] {
  if (fromText === undefined && toText === undefined) return [];
  const from = fromText === undefined ? undefined : exactOf(fromText);
  const to = toText === undefined ? undefined : exactOf(toText);
  return [{ kind, from, to, fromText, toText }];
}

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d(?::00)?$|^24:00$/;

function findUnreadable(restrictions: TariffRestrictions): string | undefined {
  const { startTime, endTime, startDate, endDate, minKwh, maxKwh, minCurrent, maxCurrent, minPower, maxPower } =
    restrictions;
  const isNot = (isReadable: (text: string) => boolean) => (text: string | undefined) =>
    text !== undefined && !isReadable(text);
  return (
    [startTime, endTime].find(isNot((text) => CLOCK.test(text))) ??
    [startDate, endDate].find(isNot((text) => Number.isFinite(dayOf(text)))) ??
    [minKwh, maxKwh, minCurrent, maxCurrent, minPower, maxPower].find(isNot((text) => readExact(text) !== undefined))
  );
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** Days since 1970-01-01 by the calendar. */
function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}
