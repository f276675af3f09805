import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMarkerColumns } from '../../../../../../src/renderer/instruments/map/markers/marker-columns.ts';

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const fix = fc.record({
  x: unit,
  y: unit,
  heading: fc.double({ min: 0, max: 360, noNaN: true }),
  afterMs: fc.integer({ min: 1, max: 8000 }),
});

describe('marker columns', () => {
  test('the first fix is shown at once', () => {
    const columns = createMarkerColumns();
    columns.place(0, 0.25, 0.5, 90, 1000);
    expect(columns.shownAt(0, 1000)).toEqual({ x: 0.25, y: 0.5 });
  });

  test('glides from one fix to the next within a second, and rests there', () => {
    const columns = createMarkerColumns();
    columns.place(0, 0, 0, 0, 1000);
    columns.place(0, 1, 0.5, 0, 2000);
    expect(columns.shownAt(0, 2000)).toEqual({ x: 0, y: 0 });
    expect(columns.shownAt(0, 2500).x).toBeCloseTo(0.5, 6);
    expect(columns.shownAt(0, 3000)).toEqual({ x: 1, y: 0.5 });
    expect(columns.shownAt(0, 900_000)).toEqual({ x: 1, y: 0.5 });
  });

  test('after a long silence it is put where it was found', () => {
    const columns = createMarkerColumns();
    columns.place(0, 0, 0, 0, 1000);
    columns.place(0, 1, 1, 0, 20_000);
    expect(columns.shownAt(0, 20_000)).toEqual({ x: 1, y: 1 });
  });

  test('is never outside what was measured, and on the last fix a second after it', () => {
    fc.assert(
      fc.property(
        fc.array(fix, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 3000 }),
        (fixes, laterMs) => {
          const columns = createMarkerColumns();
          let nowMs = 1000;
          for (const { x, y, heading, afterMs } of fixes) {
            nowMs += afterMs;
            columns.place(3, x, y, heading, nowMs);
          }
          const shown = columns.shownAt(3, nowMs + laterMs);
          const xs = fixes.map(({ x }) => x);
          expect(shown.x).toBeGreaterThanOrEqual(Math.min(...xs));
          expect(shown.x).toBeLessThanOrEqual(Math.max(...xs));
          const rested = columns.shownAt(3, nowMs + 1000 + laterMs);
          expect(rested).toEqual({ x: fixes.at(-1)?.x, y: fixes.at(-1)?.y });
        },
      ),
    );
  });

  test('goes straight towards the last fix and never past it', () => {
    fc.assert(
      fc.property(
        unit,
        unit,
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 5000 }),
        (from, to, one, other) => {
          const columns = createMarkerColumns();
          columns.place(0, from, 0, 0, 1000);
          columns.place(0, to, 0, 0, 1900);
          const [early, late] = [Math.min(one, other), Math.max(one, other)].map(
            (ms) => columns.shownAt(0, 1900 + ms).x,
          );
          expect(Math.abs(to - (late ?? 0))).toBeLessThanOrEqual(Math.abs(to - (early ?? 0)));
        },
      ),
    );
  });

  test('does not jump when a fix comes before the last glide is over', () => {
    const columns = createMarkerColumns();
    columns.place(0, 0, 0, 0, 1000);
    columns.place(0, 1, 0, 0, 2000);
    const before = columns.shownAt(0, 2400).x;
    columns.place(0, 0, 1, 0, 2400);
    expect(columns.shownAt(0, 2400).x).toBeCloseTo(before, 9);
  });

  test('turns the shorter way round', () => {
    const columns = createMarkerColumns();
    columns.place(0, 0, 0, 350, 1000);
    columns.place(0, 0, 0, 10, 2000);
    const { fromTurns, toTurns } = columns.arrays();
    expect((toTurns[0] ?? 0) - (fromTurns[0] ?? 0)).toBeCloseTo(20 / 360, 5);
    columns.place(0, 0, 0, 350, 4000);
    expect((columns.arrays().toTurns[0] ?? 0) - (columns.arrays().fromTurns[0] ?? 0)).toBeCloseTo(-20 / 360, 5);
  });

  test('grows with the fleet and keeps what it has', () => {
    const columns = createMarkerColumns();
    columns.place(0, 0.5, 0.5, 0, 1);
    columns.place(20_000, 0.25, 0.25, 0, 1);
    expect(columns.count()).toBe(20_001);
    expect(columns.shownAt(0, 5)).toEqual({ x: 0.5, y: 0.5 });
  });
});
