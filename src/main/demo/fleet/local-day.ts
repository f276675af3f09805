/**
 * Local calendar days of a time zone as instants. Invariant: day n begins at local midnight, so a day of the change
 * to or from summer time has 23 or 25 hours.
 */
export type LocalDays = {
  /** Number of the local day (days since 1970-01-01) that holds the instant. */
  readonly dayOf: (atMs: number) => number;
  /** The instant at which local clocks show this many minutes after midnight of the day. */
  readonly instantOf: (day: number, minutes: number) => number;
  readonly hourOf: (atMs: number) => number;
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export function createLocalDays(timeZone: string): LocalDays {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const known = new Map<number, number>();
  // Zones change their offset at whole quarter hours of UTC, so one answer serves the quarter hour.
  const offsetMs = (atMs: number): number => {
    const quarter = Math.floor(atMs / 900_000);
    const hit = known.get(quarter);
    if (hit !== undefined) return hit;
    if (known.size > 5000) known.clear();
    const wholeMs = quarter * 900_000;
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(wholeMs)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - wholeMs;
    known.set(quarter, offset);
    return offset;
  };
  return {
    dayOf: (atMs) => Math.floor((atMs + offsetMs(atMs)) / DAY_MS),
    instantOf: (day, minutes) => {
      const localMs = day * DAY_MS + minutes * 60_000;
      const guess = localMs - offsetMs(localMs);
      return localMs - offsetMs(guess);
    },
    hourOf: (atMs) => ((((atMs + offsetMs(atMs)) % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS,
  };
}
