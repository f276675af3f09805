/**
 * Times as files write them: ISO 8601, day-first and month-first dates, with or without an offset, and seconds or
 * milliseconds since 1970. Invariant: a date that can be read in two ways is decided by the whole column or not at all.
 */
import { accept, refuse, type Result } from '../../../../shared/kernel/result.ts';

export type DateOrder = 'day-first' | 'month-first';

/** Local clocks' time as if it were UTC; an instant where the file says the offset. */
export type FileTime =
  | { readonly kind: 'local'; readonly localMs: number; readonly isMidnightAtEnd: boolean }
  | { readonly kind: 'instant'; readonly atMs: number; readonly localMs: number; readonly isMidnightAtEnd: boolean };

const YEAR_FIRST = /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?<rest>[T ].*)?$/u;
const YEAR_LAST = /^(?<first>\d{1,2})(?<mark>[-/.])(?<second>\d{1,2})\k<mark>(?<year>\d{4}|\d{2})(?<rest>[T, ].*)?$/u;
const CLOCK =
  /^(?<hour>\d{1,2})[:.](?<minute>\d{2})(?:[:.](?<second>\d{2})(?:[.,](?<part>\d{1,9}))?)?\s*(?<half>[AaPp]\.?[Mm]\.?)?\s*(?<offset>Z|UTC|GMT|CET|CEST|MEZ|MESZ|[+-]\d{2}(?::?\d{2})?)?$/u;
const NAMED_OFFSETS: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  CET: 60,
  MEZ: 60,
  CEST: 120,
  MESZ: 120,
};
const DAY_MS = 86_400_000;

/** Undefined where no cell leaves a choice. */
export function findDateOrder(
  cells: readonly string[],
): Result<DateOrder | undefined, 'date-order-unclear' | 'date-order-mixed'> {
  const seen = new Map<DateOrder, string>();
  let unclear: string | undefined;
  for (const cell of cells) {
    const { first, second, mark } = YEAR_LAST.exec(cell)?.groups ?? {};
    // With dots the day comes first wherever dates are written so.
    if (first === undefined || second === undefined || mark === '.') continue;
    if (Number(first) > 12) seen.set('day-first', cell);
    else if (Number(second) > 12) seen.set('month-first', cell);
    else unclear ??= cell;
  }
  if (seen.size > 1)
    return refuse(
      'date-order-mixed',
      `Dates are written in two ways: “${seen.get('day-first')}” and “${seen.get('month-first')}”. Write them one way and try again.`,
    );
  const [order] = seen.keys();
  if (order !== undefined || unclear === undefined) return accept(order);
  return refuse(
    'date-order-unclear',
    `It cannot be told which part of “${unclear}” is the day. Write dates with the year first, or take a file of more than twelve days.`,
  );
}

/** Undefined when it is no time. */
export function readTime(cell: string, order: DateOrder | undefined): FileTime | undefined {
  const sinceMs = readEpoch(cell);
  if (sinceMs !== undefined) return { kind: 'instant', atMs: sinceMs, localMs: sinceMs, isMidnightAtEnd: false };
  const yearFirst = YEAR_FIRST.exec(cell)?.groups;
  const yearLast = yearFirst === undefined ? YEAR_LAST.exec(cell)?.groups : undefined;
  const { rest } = yearFirst ?? yearLast ?? {};
  const date = yearFirst === undefined ? readYearLast(yearLast, order) : readDate(yearFirst);
  if (date === undefined) return undefined;
  if (rest === undefined) return { kind: 'local', localMs: date, isMidnightAtEnd: false };
  const clock = readClock(rest.replace(/^[T, ]+/u, '').trim());
  if (clock === undefined) return undefined;
  const localMs = date + clock.ofDayMs;
  const isMidnightAtEnd = clock.ofDayMs === DAY_MS;
  return clock.offsetMs === undefined
    ? { kind: 'local', localMs, isMidnightAtEnd }
    : { kind: 'instant', atMs: localMs - clock.offsetMs, localMs, isMidnightAtEnd };
}

export function isClockOnly(cell: string): boolean {
  return CLOCK.test(cell);
}

export function isDateOnly(cell: string): boolean {
  const { rest } = YEAR_FIRST.exec(cell)?.groups ?? YEAR_LAST.exec(cell)?.groups ?? { rest: 'none' };
  return rest === undefined;
}

/** Ten digits are seconds, thirteen are milliseconds: both until the year 2286. */
function readEpoch(cell: string): number | undefined {
  if (/^\d{10}$/u.test(cell)) return Number(cell) * 1000;
  return /^\d{13}$/u.test(cell) ? Number(cell) : undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

function readYearLast(groups: Groups | undefined, order: DateOrder | undefined): number | undefined {
  if (groups === undefined) return undefined;
  const { first, second, mark, year = '' } = groups;
  const isDayFirst = mark === '.' || order === 'day-first';
  if (!isDayFirst && order === undefined) return undefined;
  const fullYear = year.length === 2 ? `20${year}` : year;
  return readDate({ year: fullYear, month: isDayFirst ? second : first, day: isDayFirst ? first : second });
}

/** Undefined for the 30th of February, which `Date` would take for a day in March. */
function readDate({ year, month, day }: Groups): number | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const ms = Date.UTC(y, m - 1, d);
  const date = new Date(ms);
  return date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d ? ms : undefined;
}

function readClock(cell: string): { readonly ofDayMs: number; readonly offsetMs: number | undefined } | undefined {
  const groups = CLOCK.exec(cell)?.groups;
  if (groups === undefined) return undefined;
  const { minute = '', second = '0', part = '', half, offset } = groups;
  let hour = Number(groups['hour']);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (/^p/iu.test(half) ? 12 : 0);
  }
  if (Number(minute) > 59 || Number(second) > 59) return undefined;
  const partMs = Math.round(Number(`0.${part === '' ? '0' : part}`) * 1000);
  const ofDayMs = ((hour * 60 + Number(minute)) * 60 + Number(second)) * 1000 + partMs;
  if (ofDayMs > DAY_MS) return undefined;
  return { ofDayMs, offsetMs: offset === undefined ? undefined : readOffset(offset) };
}

function readOffset(offset: string): number {
  const named = NAMED_OFFSETS[offset];
  if (named !== undefined) return named * 60_000;
  const sign = offset.startsWith('-') ? -1 : 1;
  const digits = offset.replaceAll(/\D/gu, '').padEnd(4, '0');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}
