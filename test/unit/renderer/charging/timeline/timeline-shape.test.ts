import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chargingSpans,
  ghostLine,
  hourMarks,
  placeOf,
  spansOf,
  stepArea,
} from '../../../../../src/renderer/charging/timeline/timeline-shape.ts';

const HOUR_MS = 3_600_000;

describe('what a timeline draws', () => {
  it('steps up and down, closed along the bottom, with a gap where nothing charges', () => {
    expect(stepArea([0, 11, 22, 0, 22], 22)).toBe('M1 1V0.5H2V0H3V1ZM4 1V0H5V1Z');
    expect(stepArea([0, 0], 22)).toBe('');
    expect(stepArea([44], 22)).toBe('M0 1V0H1V1Z');
    expect(stepArea([5], 0)).toBe('M0 1V1H1V1Z');
  });

  it('shows what the plan before wanted only where it was something else', () => {
    expect(ghostLine([11_000, 11_000, 0], [11_000, 0, 22_000], 22_000)).toBe('M1 0.5V0.5H2');
    expect(ghostLine([11_000], [11_020], 22_000)).toBe('');
  });

  it('joins neighbouring slots, in whatever order they come', () => {
    expect(spansOf([5, 1, 2, 6, 9])).toEqual([
      { from: 1, to: 3 },
      { from: 5, to: 7 },
      { from: 9, to: 10 },
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 4 })), (powers) => {
        const drawn = chargingSpans(powers).flatMap(({ from, to }) =>
          Array.from({ length: to - from }, (_, at) => from + at),
        );
        expect(drawn).toEqual(powers.flatMap((power, slot) => (power > 0 ? [slot] : [])));
      }),
    );
  });

  it('keeps what lies before and after the plan at its edges', () => {
    const plan = { fromMs: 1000, slotMs: 100, slots: 10 };
    expect([0, 1500, 9000].map((atMs) => placeOf(atMs, plan))).toEqual([0, 50, 100]);
  });

  it('marks the full hours of the depot’s own clock, also where the zone is half an hour off', () => {
    const plan = { fromMs: Date.UTC(2026, 5, 9, 16, 15), slotMs: HOUR_MS / 4, slots: 16 };
    expect(hourMarks(plan, 'Asia/Kolkata', 2).map(({ slot, clock, day }) => [slot, clock, day])).toEqual([
      [1, '22:00', undefined],
      [9, '00:00', 'Wed 10'],
    ]);
  });
});
