import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherGaps, type CellFacts } from '../../../../../src/shared/domain/insight/gather-gaps.ts';
import type { UnmetNeed } from '../../../../../src/shared/domain/insight/demand-signal.ts';
import { energyWh, powerW } from '../../../../../src/shared/kernel/quantity.ts';

const HOUR_MS = 3_600_000;
const facts = (): CellFacts => ({
  latitude: 0,
  longitude: 0,
  boundary: [],
  timeZone: 'UTC',
  localHour: (atMs) => Math.floor(atMs / HOUR_MS) % 24,
});

const need = fc.record({
  kind: fc.constantFrom('start-failed', 'evse-blocked', 'evse-broken', 'queue', 'detour'),
  atMs: fc.integer({ min: 0, max: 100 * HOUR_MS }),
  vehicleId: fc.constantFrom('V1', 'v1', 'V2', 'V3'),
  latitude: fc.constant(0),
  longitude: fc.constant(0),
  energyWh: fc.integer({ min: 0, max: 400_000 }).map(energyWh),
  powerW: fc.integer({ min: 0, max: 300_000 }).map(powerW),
  source: fc.uuid(),
  cell: fc.constantFrom('a', 'b', 'c'),
}) satisfies fc.Arbitrary<UnmetNeed & { readonly cell: string }>;

describe('gaps', () => {
  it('never tell of fewer failures than the minimum, nor of a single vehicle, and leave out none that may be told', () => {
    fc.assert(
      fc.property(fc.array(need, { maxLength: 40 }), fc.integer({ min: 3, max: 8 }), (needs, minimum) => {
        const { gaps, hiddenCells } = gatherGaps(needs, minimum, facts, () => undefined);
        const cells = new Set(needs.map(({ cell }) => cell));
        expect(gaps.length + hiddenCells).toBe(cells.size);
        for (const cell of cells) {
          const inCell = needs.filter((each) => each.cell === cell);
          const vehicles = new Set(inCell.map(({ vehicleId }) => vehicleId.toLowerCase())).size;
          const gap = gaps.find((each) => each.cell === cell);
          expect(gap !== undefined).toBe(inCell.length >= minimum && vehicles >= 2);
          if (gap === undefined) continue;
          expect(gap.count).toBe(inCell.length);
          expect(Object.values(gap.byKind).reduce((sum, count) => sum + count, 0)).toBe(gap.count);
          expect(gap.byHour.reduce((sum, count) => sum + count, 0)).toBe(gap.count);
          expect(gap.energyWh).toBe(inCell.reduce((sum, each) => sum + each.energyWh, 0));
        }
      }),
    );
  });

  it('add up as peak what was wanted within one hour, by trying every hour', () => {
    fc.assert(
      fc.property(fc.array(need, { minLength: 1, maxLength: 25 }), (needs) => {
        const inCell = needs.map((each, index) => ({ ...each, cell: 'a', vehicleId: `V${index % 3}` }));
        const [gap] = gatherGaps(inCell, 1, facts, () => undefined).gaps;
        const peakW = Math.max(
          ...inCell.map(({ atMs: lastMs }) =>
            inCell
              .filter(({ atMs }) => atMs <= lastMs && atMs > lastMs - HOUR_MS)
              .reduce((sum, each) => sum + each.powerW, 0),
          ),
        );
        const isTold = new Set(inCell.map(({ vehicleId }) => vehicleId)).size > 1;
        expect(gap?.peakPowerW).toBe(isTold ? peakW : undefined);
      }),
    );
  });
});
