import { expect, test } from 'vitest';
import { sayConvention, sayReading, sayRounding } from '../../../../../src/shared/domain/tariff/say-convention.ts';

const byLine = { mode: 'half-up', scale: 2, stage: 'line', first: 'net' } as const;

test('a rounding is a sentence', () => {
  expect(sayRounding(byLine)).toBe('rounds each line, half up to 2 decimals, the net first');
  expect(sayRounding({ mode: 'down', scale: 0, stage: 'total', first: 'gross' })).toBe(
    'rounds only the total, always down to whole units, the gross first',
  );
});

test('a reading is one only where it is another', () => {
  expect(sayReading({})).toBeUndefined();
  expect(sayReading({ clock: 'utc' })).toBe('judges times and days by UTC instead of the location’s clock');
});

test('both together are one sentence', () => {
  expect(sayConvention({ rounding: byLine, reading: {} })).toBe(sayRounding(byLine));
  expect(sayConvention({ rounding: byLine, reading: { step: 'never' } })).toBe(
    'applies no step size, and rounds each line, half up to 2 decimals, the net first',
  );
});
