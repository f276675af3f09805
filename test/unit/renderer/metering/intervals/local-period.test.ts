import { expect, test } from 'vitest';
import { daysOf, localPeriod } from '../../../../../src/renderer/metering/intervals/local-period.ts';

const NOW = Date.parse('2026-06-09T20:00:00Z');
const QUARTER = 15 * 60_000;

test('a day is the depot’s own: at 20:00 UTC it is tomorrow in Bengaluru', () => {
  const day = localPeriod('Asia/Kolkata', 'day', undefined, NOW);
  expect(day).toMatchObject({ date: '2026-06-10', label: 'Wed 10 Jun 2026', before: '2026-06-09', isNow: true });
  expect(day.after).toBeUndefined();
  expect(new Date(day.fromMs).toISOString()).toBe('2026-06-09T18:30:00.000Z');
});

test.each([
  ['2026-03-29', 92],
  ['2026-06-09', 96],
  ['2026-10-25', 100],
])('in Berlin %s has %i quarter hours', (date, quarters) => {
  const day = localPeriod('Europe/Berlin', 'day', date, Date.parse('2027-01-01T00:00:00Z'));
  expect((day.toMs - day.fromMs) / QUARTER).toBe(quarters);
});

test('a week begins on Monday and holds its seven days also when clocks change', () => {
  const week = localPeriod('Europe/Berlin', 'week', '2026-10-25', Date.parse('2026-12-01T00:00:00Z'));
  expect(week).toMatchObject({ date: '2026-10-19', after: '2026-10-26', before: '2026-10-12', isNow: false });
  expect(daysOf('Europe/Berlin', week.fromMs, week.toMs)).toHaveLength(7);
  expect((week.toMs - week.fromMs) / QUARTER).toBe(7 * 96 + 4);
});

test('a month is named by its first day and steps over the turn of the year', () => {
  const month = localPeriod('Europe/Berlin', 'month', '2026-01-31', NOW);
  expect(month).toMatchObject({ date: '2026-01-01', label: 'January 2026', before: '2025-12-01', after: '2026-02-01' });
  expect(daysOf('Europe/Berlin', month.fromMs, month.toMs)).toHaveLength(31);
});

test('what lies ahead, or is no date, is now', () => {
  expect(localPeriod('UTC', 'day', '2031-01-01', NOW).date).toBe('2026-06-09');
  expect(localPeriod('UTC', 'day', '2026-13-45', NOW).date).toBe('2026-06-09');
});

test('neighbours meet without gap or overlap', () => {
  for (const kind of ['day', 'week', 'month'] as const) {
    const one = localPeriod('Europe/Berlin', kind, '2026-03-29', NOW);
    expect(localPeriod('Europe/Berlin', kind, one.before, NOW).toMs).toBe(one.fromMs);
    expect(localPeriod('Europe/Berlin', kind, one.after, NOW).fromMs).toBe(one.toMs);
  }
});
