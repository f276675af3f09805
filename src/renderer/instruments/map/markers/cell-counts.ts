/**
 * How many markers stand in each cell of a grid laid over the world, with the worst rank among them: what the map shows
 * where single markers would cover each other. Cells are fixed to the world, so panning never changes a count.
 */
import { HIDDEN_LOOK } from './marker-atlas.ts';
import type { MarkerColumns } from './marker-columns.ts';
import { worldPixels } from '../mercator.ts';

export type Cell = {
  /** Mean place of its markers, in the unit square. */
  readonly x: number;
  readonly y: number;
  readonly members: number;
  /** The greatest rank, and how many have it. */
  readonly worstRank: number;
  readonly worstMembers: number;
  readonly bounds: { readonly west: number; readonly north: number; readonly east: number; readonly south: number };
};

/** Side of a cell in CSS pixels. */
export const CELL_PIXELS = 72;
const CROWDED_ABOVE = 18;
const CLEAR_BELOW = 14;
const CROWD_CELL_PIXELS = 48;
/** From here on a crowd is vehicles parked side by side, which a click lists; counting them would hide them for good. */
const NEVER_CROWDED_FROM_ZOOM = 15;

type OpenCell = { x: number; y: number; members: number; rank: number; worst: number; bounds: Mutable<Cell['bounds']> };
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function cellsAcrossAt(zoom: number): number {
  return Math.max(1, Math.round(worldPixels(zoom) / CELL_PIXELS));
}

/** Places are those of the last fixes: cells do not glide. */
export function countPerCell(columns: MarkerColumns, cellsAcross: number): readonly Cell[] {
  const { toX, toY, look, rank } = columns.arrays();
  const cells = new Map<number, OpenCell>();
  for (let row = 0; row < columns.count(); row++) {
    if (look[row] === HIDDEN_LOOK) continue;
    const x = toX[row] ?? 0;
    const y = toY[row] ?? 0;
    const rowRank = rank[row] ?? 0;
    const key = Math.floor(y * cellsAcross) * cellsAcross + Math.floor(x * cellsAcross);
    const cell = cells.get(key);
    if (cell === undefined)
      cells.set(key, { x, y, members: 1, rank: rowRank, worst: 1, bounds: { west: x, north: y, east: x, south: y } });
    else join(cell, x, y, rowRank);
  }
  return Array.from(cells.values(), (cell) => ({
    x: cell.x / cell.members,
    y: cell.y / cell.members,
    members: cell.members,
    worstRank: cell.rank,
    worstMembers: cell.worst,
    bounds: cell.bounds,
  }));
}

function join(cell: OpenCell, x: number, y: number, rank: number): void {
  cell.members++;
  cell.x += x;
  cell.y += y;
  cell.bounds.west = Math.min(cell.bounds.west, x);
  cell.bounds.east = Math.max(cell.bounds.east, x);
  cell.bounds.north = Math.min(cell.bounds.north, y);
  cell.bounds.south = Math.max(cell.bounds.south, y);
  if (rank === cell.rank) cell.worst++;
  if (rank > cell.rank) {
    cell.rank = rank;
    cell.worst = 1;
  }
}

/**
 * Whether single markers would cover each other at this zoom, judged by the mean crowd in the cells that hold any, over
 * the whole fleet and not the view, so that it changes with zoom and not while panning. `before` gives it hysteresis.
 */
export function isCrowded(columns: MarkerColumns, zoom: number, before: boolean): boolean {
  if (zoom >= NEVER_CROWDED_FROM_ZOOM) return false;
  const { toX, toY, look } = columns.arrays();
  const across = Math.max(1, worldPixels(zoom) / CROWD_CELL_PIXELS);
  const occupied = new Set<number>();
  let shown = 0;
  for (let row = 0; row < columns.count(); row++) {
    if (look[row] === HIDDEN_LOOK) continue;
    shown++;
    occupied.add(Math.floor((toY[row] ?? 0) * across) * Math.ceil(across) + Math.floor((toX[row] ?? 0) * across));
  }
  return occupied.size > 0 && shown / occupied.size > (before ? CLEAR_BELOW : CROWDED_ABOVE);
}
