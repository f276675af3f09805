import { describe, expect, test } from 'vitest';
import { sayDifference, sayMargin, sayWish } from '../../../../src/renderer/charging/charging-words.ts';
import { powerW } from '../../../../src/shared/kernel/quantity.ts';

describe('how plans are spoken of', () => {
  test('spare time is hours and minutes, and says when it is too late', () => {
    expect(sayMargin(3_900_000)).toBe('1:05');
    expect(sayMargin(-60_000)).toBe('−0:01');
    expect(sayMargin(undefined)).toBe('–');
  });

  test('less than half a cent is no difference', () => {
    expect(sayDifference(0.004, 'EUR')).toBe('costs nothing more');
    expect(sayDifference(14, 'EUR')).toBe('costs 14.00 EUR more');
    expect(sayDifference(-2.5, 'EUR')).toBe('saves 2.50 EUR');
  });

  test('a wish names its hours on the depot’s clock', () => {
    const clock = (atMs: number) => `${atMs} o’clock`;
    expect(sayWish({ kind: 'pin', vehicleId: 'V', fromMs: 1, toMs: 2, powerW: powerW(11_000) }, clock)).toBe(
      'Pinned to 11 kW from 1 o’clock to 2 o’clock',
    );
  });
});
