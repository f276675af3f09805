import { expect, test } from 'vitest';
import { fieldOfInstant, instantOfField } from '../../../../src/renderer/tariff/local-instant.ts';

test('a field is a time of the zone’s clocks, and back', () => {
  const atMs = Date.parse('2026-11-24T00:12:00Z');
  expect(fieldOfInstant(atMs, 'Asia/Kolkata')).toBe('2026-11-24 05:42');
  expect(instantOfField('2026-11-24 05:42', 'Asia/Kolkata')).toBe(atMs);
});

test('the hour that comes twice is its first, the one that clocks skip is none', () => {
  expect(instantOfField('2026-10-25 02:30', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T00:30:00Z'));
  expect(instantOfField('2026-03-29 02:30', 'Europe/Berlin')).toBeUndefined();
});

test('half a time is none', () => {
  expect(instantOfField('', 'UTC')).toBeUndefined();
  expect(instantOfField('2026-13-40 99:99', 'UTC')).toBeUndefined();
});
