import { expect, test } from 'vitest';
import { fromLocalText, toLocalText } from '../../../../../src/renderer/pages/charge/need-bar.tsx';

test('a local time is the depot’s, there and back', () => {
  const atMs = Date.parse('2026-06-09T04:10:00Z');
  expect(toLocalText(atMs, 'Asia/Kolkata')).toBe('2026-06-09T09:40');
  expect(fromLocalText('2026-06-09T09:40', 'Asia/Kolkata')).toBe(atMs);
});

test('a time that clocks skip is the instant they would have shown it; one that comes twice is the first', () => {
  expect(fromLocalText('2026-03-29T02:30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:30:00Z'));
  expect(fromLocalText('2026-10-25T02:30', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T00:30:00Z'));
  expect(fromLocalText('', 'Europe/Berlin')).toBeUndefined();
});
