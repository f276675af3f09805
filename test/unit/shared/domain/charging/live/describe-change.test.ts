import { describe, expect, it } from 'vitest';
import {
  describeChange,
  sayDecision,
  type PlannedRow,
} from '../../../../../../src/shared/domain/charging/live/describe-change.ts';

const QUARTER_MS = 900_000;
const FROM_MS = Date.UTC(2026, 5, 9, 18);
const clockOf = (atMs: number) => new Date(atMs).toISOString().slice(11, 16);
const row = (vehicleId: string, powerKw: readonly number[], missingKwh = 0): PlannedRow => ({
  vehicleId,
  registration: `R ${vehicleId}`,
  powerKw,
  missingKwh,
});
const change = (before: readonly PlannedRow[], after: readonly PlannedRow[]) =>
  describeChange({ before, after, fromMs: FROM_MS, slotMs: QUARTER_MS, slots: 4, clockOf });

describe('what a new plan changed', () => {
  it('is nothing when nothing moved, also by less than a watt', () => {
    expect(change([row('A', [11, 0, 0, 0])], [row('A', [11.0005, 0, 0, 0])])).toEqual({ changedCells: 0, moves: [] });
  });

  it('says what moved between when, and when the vehicle is ready now', () => {
    const { changedCells, moves } = change([row('A', [0, 0, 8, 8])], [row('A', [8, 8, 0, 0])]);
    expect(changedCells).toBe(4);
    expect(moves[0]).toMatchObject({ movedWh: 4000, fromMs: FROM_MS, toMs: FROM_MS + 4 * QUARTER_MS });
    expect(moves[0]?.sentence).toBe(
      'R A: 4.0 kWh move between 18:00 and 19:00; it is ready at 18:30 instead of 19:00.',
    );
  });

  it('tells who misses more first, then who moved most', () => {
    const before = [row('A', [8, 0, 0, 0]), row('B', [8, 0, 0, 0]), row('C', [8, 0, 0, 0], 3)];
    const after = [row('A', [0, 8, 0, 0]), row('B', [4, 0, 0, 0], 1), row('C', [11, 0, 0, 0], 2.25)];
    expect(change(before, after).moves.map(({ sentence }) => sentence)).toEqual([
      'R B misses 1.0 kWh more.',
      'R A: 2.0 kWh move between 18:00 and 18:30; it is ready at 18:30 instead of 18:15.',
      'R C misses 0.8 kWh less.',
    ]);
  });

  it('is a sentence that says what happened, who moves and what is missing', () => {
    const shared = { reasons: ['charger'] as const, moves: [], missingBeforeKwh: 0, missingKwh: 0 };
    expect(sayDecision({ ...shared, details: [] })).toBe(
      'A charge point changed its state: nobody’s charging moves. Nobody misses a departure.',
    );
    expect(sayDecision({ ...shared, details: ['Bay 4 of R A is out of order'], missingKwh: 7.25 })).toBe(
      'Bay 4 of R A is out of order: nobody’s charging moves. 7.3 kWh are missing, 0.0 before.',
    );
  });
});
