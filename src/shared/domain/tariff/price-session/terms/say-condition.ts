/** What a condition asks and what was found, as a sentence with its numbers: why an element applied, or why it was passed over. */
import { compare, toShortText } from '../../../../kernel/exact.ts';
import {
  dayOfWeekAt,
  DAY_MS,
  judgeCondition,
  MINUTE_MS,
  type Condition,
  type Moment,
  type Range,
} from './condition.ts';

export function sayCondition(condition: Condition, moment: Moment): string {
  const verb = { holds: 'is', fails: 'is not', unknown: 'is not known to be' }[judgeCondition(condition, moment)];
  const clock = new Date(moment.localMs).toISOString();
  switch (condition.kind) {
    case 'time-of-day':
      return `local time ${clock.slice(11, 19)} ${verb} within ${sayMinute(condition.fromMinute)} to ${sayMinute(condition.toMinute)}`;
    case 'date':
      return `${clock.slice(0, 10)} ${verb} ${sayBounds(sayDay(condition.fromDay), sayDay(condition.toDay), '', 'before')}`;
    case 'day-of-week':
      return `${sayDays([dayOfWeekAt(moment.localMs)])} ${verb} among ${sayDays(condition.days)}`;
    case 'duration':
      return `${sayDuration(moment.elapsedMs)} since the session began ${verb} ${sayBounds(sayLimit(condition.fromMs), sayLimit(condition.toMs), '')}`;
    case 'energy':
      return `${toShortText(moment.energy)} kWh so far ${verb} ${sayBounds(condition.fromText, condition.toText, ' kWh')}`;
    case 'current':
      return `a current of ${sayRange(moment.current)} A ${verb} ${sayBounds(condition.fromText, condition.toText, ' A')}`;
    case 'power':
      return `a power of ${sayRange(moment.power)} kW ${verb} ${sayBounds(condition.fromText, condition.toText, ' kW')}`;
  }
}

function sayBounds(from: string | undefined, to: string | undefined, unit: string, below = 'below'): string {
  if (to === undefined) return `from ${from ?? '0'}${unit}`;
  return from === undefined ? `${below} ${to}${unit}` : `from ${from} and ${below} ${to}${unit}`;
}

function sayMinute(minute: number): string {
  return new Date(minute * MINUTE_MS).toISOString().slice(11, 16);
}

function sayDay(day: number): string | undefined {
  return Number.isFinite(day) ? new Date(day * DAY_MS).toISOString().slice(0, 10) : undefined;
}

function sayDays(days: readonly string[]): string {
  return days.map((day) => day.charAt(0) + day.slice(1).toLowerCase()).join(', ');
}

function sayLimit(durationMs: number): string | undefined {
  return Number.isFinite(durationMs) ? sayDuration(durationMs) : undefined;
}

export function sayDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const parts = [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`, rest > 0 && `${rest} s`].filter(Boolean);
  return parts.length === 0 ? '0 min' : parts.join(' ');
}

function sayRange(range: Range | undefined): string {
  if (range === undefined) return 'unknown';
  const least = toShortText(range.least);
  return compare(range.least, range.greatest) === 0 ? least : `${least} to ${toShortText(range.greatest)}`;
}
