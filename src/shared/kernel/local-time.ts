/**
 * Local clocks of a time zone, as far as energies and prices need them: which instants a local time means, and the
 * hours, days and months that local clocks show. A zone's rules come from the platform.
 *
 * Invariant: the spans of one kind follow each other without gap or overlap, so a day has 92, 96 or 100 quarter hours. A day
 * whose midnight is skipped begins where clocks were put forward.
 */
import type { EpochMs } from './instant.ts';

/** No zone changes its clocks at another minute than one of these. */
const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export type LocalSpan = { readonly beginMs: EpochMs; readonly endMs: EpochMs };

export type LocalTime = {
  readonly zone: string;
  readonly offsetMs: (atMs: EpochMs) => number;
  /**
   * The instants at which local clocks show this, given as if it were UTC: none when they skip it, two when they are put
   * back over it, the earlier first.
   */
  readonly instantsOf: (localMs: number) => readonly EpochMs[];
  /** The hour, day or month of local clocks that holds the instant. */
  readonly spanOf: (kind: 'hour' | 'day' | 'month', atMs: EpochMs) => LocalSpan;
};

const opened = new Map<string, LocalTime>();

/** Undefined when the platform does not know the zone. */
export function openLocalTime(zone: string): LocalTime | undefined {
  const known = opened.get(zone);
  if (known !== undefined) return known;
  try {
    const made = createLocalTime(zone);
    opened.set(zone, made);
    return made;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function createLocalTime(zone: string): LocalTime {
  const offsetMs = readOffsets(zone);

  function instantsOf(localMs: number): readonly EpochMs[] {
    const offsets = new Set([offsetMs(localMs - DAY_MS), offsetMs(localMs + DAY_MS)]);
    return [...offsets]
      .map((offset) => localMs - offset)
      .filter((atMs) => atMs + offsetMs(atMs) === localMs)
      .toSorted((a, b) => a - b);
  }

  /** Clocks that skip it are put forward at the instant they would have shown it. */
  const firstInstantOf = (localMs: number): EpochMs => instantsOf(localMs)[0] ?? localMs - offsetMs(localMs - DAY_MS);

  /** An hour ends early where clocks are changed by less than one. */
  function hourOf(atMs: EpochMs): LocalSpan {
    const offset = offsetMs(atMs);
    let beginMs = Math.floor((atMs + offset) / HOUR_MS) * HOUR_MS - offset;
    let endMs = beginMs + HOUR_MS;
    while (offsetMs(beginMs) !== offset) beginMs += QUARTER_MS;
    while (offsetMs(endMs - 1) !== offset) endMs -= QUARTER_MS;
    return { beginMs, endMs };
  }

  return {
    zone,
    offsetMs,
    instantsOf,
    spanOf: (kind, atMs) => {
      if (kind === 'hour') return hourOf(atMs);
      const localMs = atMs + offsetMs(atMs);
      const local = new Date(localMs);
      const [fromLocalMs, toLocalMs] =
        kind === 'day'
          ? [Math.floor(localMs / DAY_MS) * DAY_MS, (Math.floor(localMs / DAY_MS) + 1) * DAY_MS]
          : [0, 1].map((next) => Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + next));
      return { beginMs: firstInstantOf(fromLocalMs ?? 0), endMs: firstInstantOf(toLocalMs ?? 0) };
    },
  };
}

/** Asking the platform takes microseconds, so a day without a change is asked for once, and one with a change by quarter hours. */
function readOffsets(zone: string): (atMs: EpochMs) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const days = new Map<number, number | 'changes'>();
  const quarters = new Map<number, number>();

  function ask(atMs: EpochMs): number {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - atMs;
  }

  return (atMs) => {
    const day = Math.floor(atMs / DAY_MS);
    let ofDay = days.get(day);
    if (ofDay === undefined) {
      const [first, last] = [ask(day * DAY_MS), ask((day + 1) * DAY_MS)];
      ofDay = first === last ? first : 'changes';
      days.set(day, ofDay);
    }
    if (ofDay !== 'changes') return ofDay;
    const quarter = Math.floor(atMs / QUARTER_MS);
    const known = quarters.get(quarter);
    if (known !== undefined) return known;
    const offset = ask(quarter * QUARTER_MS);
    quarters.set(quarter, offset);
    return offset;
  };
}
