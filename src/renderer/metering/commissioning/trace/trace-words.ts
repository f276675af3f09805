/** What went over a line, as text: for the list, the filter, the clipboard and a file that somebody sends to a maker. */
import type { TraceEntry } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import { formatInZone } from '../../../instruments/clock/zone-time.ts';

export const TRACE_KINDS = ['sent', 'heard', 'discarded', 'note'] as const;
export type TraceKind = TraceEntry['kind'];

export type TraceFilter = { readonly kind: TraceKind | 'all'; readonly text: string };

/** How many the window holds: the oldest leave first. */
export const MOST_ENTRIES = 2000;

export function addEntries(before: readonly TraceEntry[], more: readonly TraceEntry[]): readonly TraceEntry[] {
  const last = before.at(-1)?.sequence ?? -1;
  const fresh = more.filter(({ sequence }) => sequence > last);
  return fresh.length === 0 ? before : [...before, ...fresh].slice(-MOST_ENTRIES);
}

/** Words and bytes alike: `04 4C` finds the bytes, with or without their spaces. */
export function filterEntries(entries: readonly TraceEntry[], { kind, text }: TraceFilter): readonly TraceEntry[] {
  const wanted = text.trim().toLowerCase();
  if (kind === 'all' && wanted === '') return entries;
  const bytes = wanted.replaceAll(' ', '');
  const asksBytes = /^(?:[0-9a-f]{2})+$/u.test(bytes);
  return entries.filter(
    (entry) =>
      (kind === 'all' || entry.kind === kind) &&
      (wanted === '' ||
        entry.meaning.toLowerCase().includes(wanted) ||
        (asksBytes && spacedBytes(entry.bytes).replaceAll(' ', '').toLowerCase().includes(bytes))),
  );
}

/** `01 04 0B D3`, however it came. */
export function spacedBytes(bytes: string): string {
  return (bytes.replaceAll(/[^0-9A-Fa-f]/gu, '').match(/../gu) ?? []).join(' ').toUpperCase();
}

export function traceTime(atMs: number, zone: string): string {
  return `${formatInZone(atMs, zone, 'time')}.${String(Math.floor(atMs) % 1000).padStart(3, '0')}`;
}

/** A file for people: one line an entry, parted by tabs, its place and its zone at the top. */
export function traceText(
  entries: readonly TraceEntry[],
  about: { readonly line: string; readonly filter: TraceFilter },
): string {
  const { kind, text } = about.filter;
  const first = entries[0];
  const last = entries.at(-1);
  const span = first === undefined || last === undefined ? 'no entries' : `${utc(first.atMs)} to ${utc(last.atMs)}`;
  const head = [
    `Trace of ${about.line}`,
    `${entries.length} entries, ${span}, times in UTC`,
    `Shown: ${kind === 'all' ? 'everything' : kind}${text.trim() === '' ? '' : `, with “${text.trim()}”`}`,
    '',
    'time (UTC)\tdirection\tbytes\thexadecimal\tmeaning',
  ];
  const rows = entries.map((entry) =>
    [
      utc(entry.atMs),
      entry.kind,
      String(entry.byteCount),
      spacedBytes(entry.bytes),
      entry.meaning.replaceAll(/\s+/gu, ' '),
    ].join('\t'),
  );
  return `${[...head, ...rows].join('\n')}\n`;
}

function utc(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** A name that every file system takes. */
export function traceFileName(line: string, atMs: number): string {
  const stamp = new Date(atMs).toISOString().slice(0, 19).replaceAll(/[-:]/gu, '').replace('T', '-');
  return `trace-${
    line
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/gu, '')
      .slice(0, 40) || 'line'
  }-${stamp}Z.txt`;
}
