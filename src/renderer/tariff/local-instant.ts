/** The text of a date and time field, `2026-11-24 05:42`, as an instant of a zone's clocks, and back. */
import type { EpochMs } from '../../shared/kernel/instant.ts';
import { openLocalTime } from '../../shared/kernel/local-time.ts';

const FIELD = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/u;

/** The earlier one where clocks are put back over it; undefined for no time, or for one that clocks skip. */
export function instantOfField(text: string, zone: string): EpochMs | undefined {
  if (!FIELD.test(text)) return undefined;
  const localMs = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(localMs) ? undefined : openLocalTime(zone)?.instantsOf(localMs)[0];
}

export function fieldOfInstant(atMs: EpochMs, zone: string): string {
  const offsetMs = openLocalTime(zone)?.offsetMs(atMs) ?? 0;
  return new Date(atMs + offsetMs).toISOString().slice(0, 16).replace('T', ' ');
}
