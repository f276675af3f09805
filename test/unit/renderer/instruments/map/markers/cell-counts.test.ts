import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cellsAcrossAt,
  countPerCell,
  isCrowded,
} from '../../../../../../src/renderer/instruments/map/markers/cell-counts.ts';
import { HIDDEN_LOOK } from '../../../../../../src/renderer/instruments/map/markers/marker-atlas.ts';
import { createMarkerColumns } from '../../../../../../src/renderer/instruments/map/markers/marker-columns.ts';

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const row = fc.record({ x: unit, y: unit, rank: fc.nat(2), hidden: fc.boolean() });

function columnsOf(rows: readonly { x: number; y: number; rank: number; hidden: boolean }[]) {
  const columns = createMarkerColumns();
  rows.forEach(({ x, y, rank, hidden }, at) => {
    columns.place(at, x, y, 0, 1);
    columns.setLook(at, hidden ? HIDDEN_LOOK : 0, rank);
  });
  return columns;
}

describe('counts per cell', () => {
  test('every shown marker is in exactly one cell, and the worst is never lost', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 200 }), fc.integer({ min: 1, max: 64 }), (rows, across) => {
        const cells = countPerCell(columnsOf(rows), across);
        const shown = rows.filter(({ hidden }) => !hidden);
        expect(cells.reduce((sum, { members }) => sum + members, 0)).toBe(shown.length);
        const worst = Math.max(0, ...shown.map(({ rank }) => rank));
        expect(Math.max(0, ...cells.map(({ worstRank }) => worstRank))).toBe(worst);
        const withWorst = cells.filter(({ worstRank }) => worstRank === worst);
        expect(withWorst.reduce((sum, { worstMembers }) => sum + worstMembers, 0)).toBe(
          shown.filter(({ rank }) => rank === worst).length,
        );
      }),
    );
  });

  test('a cell stands in the middle of its markers', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 100 }), (rows) => {
        for (const { x, y, bounds } of countPerCell(columnsOf(rows), 8)) {
          expect(x).toBeGreaterThanOrEqual(bounds.west - 1e-9);
          expect(x).toBeLessThanOrEqual(bounds.east + 1e-9);
          expect(y).toBeGreaterThanOrEqual(bounds.north - 1e-9);
          expect(y).toBeLessThanOrEqual(bounds.south + 1e-9);
          expect(bounds.east - bounds.west).toBeLessThanOrEqual(1 / 8 + 1e-9);
        }
      }),
    );
  });

  test('there are more cells the closer one looks', () => {
    expect(cellsAcrossAt(10)).toBeGreaterThan(cellsAcrossAt(9));
    expect(cellsAcrossAt(0)).toBeGreaterThanOrEqual(1);
  });
});

describe('a crowd', () => {
  const town = columnsOf(
    Array.from({ length: 400 }, (_, at) => ({
      x: 0.7 + (at % 20) * 1e-5,
      y: 0.45 + Math.floor(at / 20) * 1e-5,
      rank: 0,
      hidden: false,
    })),
  );

  test('is counted from afar and shown one by one near by', () => {
    expect(isCrowded(town, 4, false)).toBe(true);
    expect(isCrowded(town, 14, false)).toBe(false);
    expect(isCrowded(createMarkerColumns(), 4, false)).toBe(false);
  });

  test('parked side by side is no crowd at street zoom: a click lists it', () => {
    const yard = columnsOf(Array.from({ length: 60 }, () => ({ x: 0.7, y: 0.45, rank: 0, hidden: false })));
    expect(isCrowded(yard, 12, false)).toBe(true);
    expect(isCrowded(yard, 15, true)).toBe(false);
  });

  test('does not flicker at the border', () => {
    const border = [6, 7, 8, 9, 10, 11, 12, 13].filter(
      (zoom) => isCrowded(town, zoom, false) !== isCrowded(town, zoom, true),
    );
    expect(border.every((zoom) => isCrowded(town, zoom, true))).toBe(true);
  });
});
