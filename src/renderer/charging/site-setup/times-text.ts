/** When a price holds, as people write it: `Jun-Sep Mon-Fri 12:00-18:00`. Nothing is always. */
import type { LocalTimes } from '../../../shared/domain/charging/site-terms.ts';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const CLOCK_SPAN = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/u;
const DAY_MINUTES = 1440;

export function printTimes({ months, weekdays, fromMinute, toMinute }: LocalTimes): string {
  const clocks =
    fromMinute === undefined && toMinute === undefined
      ? ''
      : `${printClock(fromMinute ?? 0)}-${printClock(toMinute ?? DAY_MINUTES)}`;
  return [printNames(months, MONTHS), printNames(weekdays, WEEKDAYS), clocks].filter((part) => part !== '').join(' ');
}

export function readTimes(text: string): Result<LocalTimes> {
  let times: LocalTimes = {};
  for (const word of text.split(/\s+/u).filter((each) => each !== '')) {
    const span = CLOCK_SPAN.exec(word);
    if (span !== null) {
      const [fromMinute, toMinute] = [minuteOf(span[1], span[2]), minuteOf(span[3], span[4])];
      if (fromMinute === undefined || toMinute === undefined)
        return refuse('times', `${word} is no time of day. Write it as 07:00-22:00, at most to 24:00.`);
      times = { ...times, fromMinute, toMinute };
      continue;
    }
    const months = readNames(word, MONTHS);
    const weekdays = readNames(word, WEEKDAYS);
    if (months !== undefined) times = { ...times, months };
    else if (weekdays !== undefined) times = { ...times, weekdays };
    else
      return refuse(
        'times',
        `“${word}” is neither months (Jun-Sep), weekdays (Mon-Fri) nor a time of day (07:00-22:00). Correct it, or leave it out for always.`,
      );
  }
  return accept(times);
}

/** `Nov-Feb,Jun`; a span may run over the end. Undefined: some of it is no name. */
function readNames(word: string, names: readonly string[]): readonly number[] | undefined {
  const placeOf = (name: string) => names.findIndex((each) => each.toLowerCase() === name.toLowerCase());
  const found = new Set<number>();
  for (const part of word.split(',')) {
    const [first = '', last = first, ...more] = part.split('-');
    const [from, to] = [placeOf(first), placeOf(last)];
    if (from < 0 || to < 0 || more.length > 0) return undefined;
    for (let at = from; ; at = (at + 1) % names.length) {
      found.add(at + 1);
      if (at === to) break;
    }
  }
  return [...found].toSorted((a, b) => a - b);
}

function printNames(numbers: readonly number[] | undefined, names: readonly string[]): string {
  if (numbers === undefined) return '';
  const spans: { from: number; to: number }[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last?.to === number - 1) last.to = number;
    else spans.push({ from: number, to: number });
  }
  const name = (number: number) => names[number - 1] ?? '';
  return spans.map(({ from, to }) => (from === to ? name(from) : `${name(from)}-${name(to)}`)).join(',');
}

function minuteOf(hours: string | undefined, minutes: string | undefined): number | undefined {
  const [hour, minute] = [Number(hours), Number(minutes)];
  const all = hour * 60 + minute;
  return minute < 60 && all <= DAY_MINUTES ? all : undefined;
}

function printClock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
