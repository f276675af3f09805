/** Instants as local time of a named zone, by Intl; formatters are costly to make, so each is made once. */
import type { EpochMs } from '../../../shared/kernel/instant.ts';

/** British order and 24 hours everywhere: the same instant must read the same on every screen of the room. */
const LOCALE = 'en-GB';
/** A zone's everyday abbreviation is known only to locales that use it: IST to India, EST to the United States. */
const NAMING_LOCALES = ['en-GB', 'en-IN', 'en-US', 'en-AU', 'en-ZA', 'en-NZ'] as const;

const SHAPES = {
  /** 05:42:18 */
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  /** 05:42 */
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  /** Tue 24 Nov */
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  /** 24 Nov 2026, 05:42:18 */
  full: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type TimeShape = keyof typeof SHAPES;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  locale: string,
  zone: string,
  name: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${name}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formatters.set(key, made);
  return made;
}

/** The zone the computer itself is in: for what has no depot. */
export function computerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A depot's zone comes from outside; one that Intl does not know is shown as UTC, and its name says so. */
function usableZone(zone: string): string {
  try {
    formatter(LOCALE, zone, 'time', SHAPES.time);
    return zone;
  } catch {
    return 'UTC';
  }
}

export function formatInZone(atMs: EpochMs, zone: string, shape: TimeShape): string {
  const made = formatter(LOCALE, usableZone(zone), shape, SHAPES[shape]);
  return shape === 'day' ? made.format(atMs).replace(',', '') : made.format(atMs);
}

/** `IST`, `CET`, or `GMT+5:45` where no short name is in use. At this instant: summer time has another name. */
export function zoneName(zone: string, atMs: EpochMs): string {
  const usable = usableZone(zone);
  let fallback = usable;
  for (const locale of NAMING_LOCALES) {
    const parts = formatter(locale, usable, 'name', { timeZoneName: 'short' }).formatToParts(atMs);
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? usable;
    if (!/^(GMT|UTC)[+-]/u.test(name)) return name;
    fallback = name;
  }
  return fallback;
}
