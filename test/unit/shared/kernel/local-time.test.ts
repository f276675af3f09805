import { describe, expect, it } from 'vitest';
import { INTERVAL_MS } from '../../../../src/shared/domain/metering/interval.ts';
import { openLocalTime, type LocalTime } from '../../../../src/shared/kernel/local-time.ts';

function zone(name: string): LocalTime {
  const opened = openLocalTime(name);
  if (opened === undefined) throw new Error(`${name} is no zone here`);
  return opened;
}

function quartersOfDay(name: string, iso: string): number {
  const { beginMs, endMs } = zone(name).spanOf('day', Date.parse(iso));
  return (endMs - beginMs) / INTERVAL_MS;
}

describe('a local day', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T12:00:00Z', 92],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', 100],
    ['Europe/Berlin', '2026-06-01T12:00:00Z', 96],
    ['Asia/Kolkata', '2026-03-29T12:00:00Z', 96],
    ['Asia/Kathmandu', '2026-03-29T12:00:00Z', 96],
    ['Australia/Lord_Howe', '2026-04-04T18:00:00Z', 98],
    ['Africa/Cairo', '2026-04-24T12:00:00Z', 92],
  ])('of %s around %s has %i quarter hours', (name, iso, quarters) => {
    expect(quartersOfDay(name, iso)).toBe(quarters);
  });

  it.each(['Europe/Berlin', 'Asia/Kolkata', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/New_York'])(
    'of %s follows the one before without gap or overlap, all year, as do months and hours',
    (name) => {
      const local = zone(name);
      for (const kind of ['hour', 'day', 'month'] as const) {
        let atMs = Date.UTC(2026, 0, 1);
        while (atMs < Date.UTC(2027, 0, 1)) {
          const span = local.spanOf(kind, atMs);
          expect(span.endMs).toBeGreaterThan(span.beginMs);
          expect(local.spanOf(kind, span.beginMs)).toEqual(span);
          expect(local.spanOf(kind, span.endMs - 1)).toEqual(span);
          expect(local.spanOf(kind, span.endMs).beginMs).toBe(span.endMs);
          atMs = span.endMs;
        }
      }
    },
  );
});

describe('a local time', () => {
  const berlin = zone('Europe/Berlin');
  const local = (iso: string) => berlin.instantsOf(Date.parse(`${iso}Z`)).map((atMs) => new Date(atMs).toISOString());

  it('is one instant, none when it is skipped, two when it comes twice', () => {
    expect(local('2026-06-01T12:00:00')).toEqual(['2026-06-01T10:00:00.000Z']);
    expect(local('2026-03-29T02:30:00')).toEqual([]);
    expect(local('2026-10-25T02:30:00')).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
    expect(local('2026-10-25T03:00:00')).toEqual(['2026-10-25T02:00:00.000Z']);
  });

  it('is unknown in a zone nobody knows', () => {
    expect(openLocalTime('Mars/Olympus')).toBeUndefined();
  });
});
