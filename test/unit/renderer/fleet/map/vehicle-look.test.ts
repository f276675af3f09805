import { describe, expect, test } from 'vitest';
import { ACTIVITIES } from '../../../../../src/shared/domain/fleet/position.ts';
import { SILENT_AFTER_MS, STALE_AFTER_MS } from '../../../../../src/shared/domain/fleet/freshness.ts';
import { HIDDEN_LOOK } from '../../../../../src/renderer/instruments/map/markers/marker-atlas.ts';
import { lookOf, RANK_WORDS, VEHICLE_LOOKS } from '../../../../../src/renderer/fleet/map/vehicle-look.ts';

const NOW = 1_800_000_000_000;
const shown = (activity: number, ageMs: number, rate = 1) =>
  VEHICLE_LOOKS[lookOf(activity, NOW - ageMs, NOW, rate).look];

describe('the look of a vehicle', () => {
  test('every activity has a shape of its own', () => {
    expect(new Set(ACTIVITIES.map((_, code) => shown(code, 0)?.shape)).size).toBe(ACTIVITIES.length);
  });

  test('stale never looks fresh, whatever it was doing', () => {
    for (const code of ACTIVITIES.keys()) {
      expect(shown(code, 0)?.outline).toBe('filled');
      expect(shown(code, STALE_AFTER_MS + 1)?.outline).toBe('dashed');
      expect(shown(code, SILENT_AFTER_MS + 1)?.opacity).toBeLessThan(shown(code, STALE_AFTER_MS + 1)?.opacity ?? 0);
    }
  });

  test('a demo at sixty times the speed of life is not stale for it', () => {
    expect(shown(0, STALE_AFTER_MS * 30, 60)?.outline).toBe('filled');
  });

  test('the rank grows with the silence, and has a word', () => {
    const ranks = [0, STALE_AFTER_MS + 1, SILENT_AFTER_MS + 1].map((age) => lookOf(0, NOW - age, NOW, 1).rank);
    expect(ranks).toEqual([0, 1, 2]);
    expect(RANK_WORDS).toEqual(['stale', 'silent']);
  });

  test('what never reported, or says something unknown, is not drawn', () => {
    expect(lookOf(0, 0, NOW, 1).look).toBe(HIDDEN_LOOK);
    expect(lookOf(ACTIVITIES.length, NOW, NOW, 1).look).toBe(HIDDEN_LOOK);
  });
});
