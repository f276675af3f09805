import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClockLine, WALL_CLOCK_LINE } from '../../../../src/shared/kernel/instant.ts';

describe('readClockLine', () => {
  it('is the wall clock on the real line', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), (wall) => readClockLine(WALL_CLOCK_LINE, wall) === wall));
  });

  it('runs from its anchor at its rate', () => {
    const line = { wallAnchorMs: 1_000_000, virtualAnchorMs: 50_000, rate: 60 };
    expect(readClockLine(line, 1_000_000)).toBe(50_000);
    expect(readClockLine(line, 1_001_000)).toBe(110_000);
  });
});
