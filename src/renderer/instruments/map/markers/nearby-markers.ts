/** Which markers are near a point. Built only when asked, since most ticks nobody points at anything. */
import KDBush from 'kdbush';
import { HIDDEN_LOOK } from './marker-atlas.ts';
import type { MarkerColumns } from './marker-columns.ts';

/** Markers glide: after this long the index is of places that nobody sees any more. */
const FRESH_FOR_MS = 200;

export function createNearbyMarkers(columns: MarkerColumns) {
  let built: { readonly tree: KDBush; readonly rows: Int32Array; readonly atMs: number } | undefined;

  function build(nowMs: number) {
    const { look, arrivedMs } = columns.arrays();
    const rows = Int32Array.from({ length: columns.count() }, (_, row) => row).filter(
      (row) => look[row] !== HIDDEN_LOOK && (arrivedMs[row] ?? 0) > 0,
    );
    const tree = new KDBush(rows.length);
    for (const row of rows) {
      const { x, y } = columns.shownAt(row, nowMs);
      tree.add(x, y);
    }
    if (rows.length > 0) tree.finish();
    built = { tree, rows, atMs: nowMs };
    return built;
  }

  return {
    forget: (): void => {
      built = undefined;
    },
    /** Rows within `radius` of a place in the unit square, nearest first. */
    within: (x: number, y: number, radius: number, nowMs: number): readonly number[] => {
      const { tree, rows } = built !== undefined && nowMs - built.atMs < FRESH_FOR_MS ? built : build(nowMs);
      if (rows.length === 0) return [];
      const distance = (row: number) => {
        const shown = columns.shownAt(row, nowMs);
        return Math.hypot(shown.x - x, shown.y - y);
      };
      return tree
        .within(x, y, radius)
        .map((place) => rows[place] ?? 0)
        .sort((a, b) => distance(a) - distance(b) || a - b);
    },
  };
}
