import { describe, expect, it } from 'vitest';
import { openFrame, sealFrame } from '../../../../../src/main/demo/metering/rtu-frame.ts';
import { spoilAnswer } from '../../../../../src/main/demo/metering/spoil-answer.ts';

const frame = sealFrame(Uint8Array.from({ length: 83 }, (_, index) => (index === 2 ? 80 : index)));
const spoil = (number: number, late: boolean, noisy: boolean, line = 'LINE') =>
  spoilAnswer(7, line, number, frame, { late, noisy });
const RUN = Array.from({ length: 1000 }, (_, number) => number);

describe('an answer on its way', () => {
  it('takes a few milliseconds and is left alone without a fault', () => {
    for (const number of RUN) {
      const { bytes, delayMs, isLate, isDamaged } = spoil(number, false, false);
      expect(bytes).toBe(frame);
      expect(delayMs).toBeGreaterThanOrEqual(4);
      expect(delayMs).toBeLessThan(9);
      expect(isLate || isDamaged).toBe(false);
    }
  });

  it('is late by less than the time-out, by more, and by more than the guard after it, and sometimes not', () => {
    const delays = RUN.map((number) => spoil(number, true, false).delayMs);
    const share = (from: number, to: number): number =>
      delays.filter((ms) => ms >= from && ms < to).length / RUN.length;
    expect(share(0, 10)).toBeGreaterThan(0.25);
    expect(share(100, 900)).toBeGreaterThan(0.15);
    expect(share(1000, 1500)).toBeGreaterThan(0.12);
    expect(share(1600, 2500)).toBeGreaterThan(0.12);
    expect(RUN.every((number) => spoil(number, true, false).isLate === (delays[number] ?? 0) > 100)).toBe(true);
  });

  it('is damaged for a share, and never in a way that its CRC forgives', () => {
    const damaged = RUN.map((number) => spoil(number, false, true)).filter(({ isDamaged }) => isDamaged);
    expect(damaged.length).toBeGreaterThan(300);
    expect(damaged.length).toBeLessThan(500);
    for (const { bytes } of damaged) expect(openFrame(bytes)).toBeUndefined();
    const lengths = new Set(damaged.map(({ bytes }) => Math.sign(bytes.length - frame.length)));
    expect(lengths).toEqual(new Set([-1, 0, 1]));
  });

  it('has the same fate in the same run, and another on another line', () => {
    expect(RUN.map((number) => spoil(number, true, true))).toEqual(RUN.map((number) => spoil(number, true, true)));
    expect(RUN.map((number) => spoil(number, true, true))).not.toEqual(
      RUN.map((number) => spoil(number, true, true, 'OTHER')),
    );
  });
});
