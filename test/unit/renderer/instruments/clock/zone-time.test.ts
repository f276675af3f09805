import { describe, expect, test } from 'vitest';
import { formatInZone, zoneName } from '../../../../../src/renderer/instruments/clock/zone-time.ts';

const WINTER = Date.UTC(2026, 10, 24, 0, 12, 18);
const SUMMER = Date.UTC(2026, 5, 9, 4, 10, 4);

describe('a depot’s time', () => {
  test('is local, with 24 hours', () => {
    expect(formatInZone(WINTER, 'Asia/Kolkata', 'time')).toBe('05:42:18');
    expect(formatInZone(WINTER, 'Europe/Berlin', 'time')).toBe('01:12:18');
    expect(formatInZone(WINTER, 'Asia/Kolkata', 'day')).toBe('Tue 24 Nov');
  });

  test('midnight is 00, never 24', () => {
    expect(formatInZone(Date.UTC(2026, 0, 1), 'UTC', 'time')).toBe('00:00:00');
  });

  test('names its zone as people there do, summer time included', () => {
    expect(zoneName('Asia/Kolkata', WINTER)).toBe('IST');
    expect(zoneName('Europe/Berlin', WINTER)).toBe('CET');
    expect(zoneName('Europe/Berlin', SUMMER)).toBe('CEST');
    expect(zoneName('America/New_York', WINTER)).toBe('EST');
    expect(zoneName('Asia/Kathmandu', WINTER)).toBe('GMT+5:45');
  });

  test('in a zone nobody knows is UTC, and says so', () => {
    expect(formatInZone(WINTER, 'Mars/Olympus', 'time')).toBe('00:12:18');
    expect(zoneName('Mars/Olympus', WINTER)).toBe('UTC');
  });
});
