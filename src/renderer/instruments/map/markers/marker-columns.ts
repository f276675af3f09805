/**
 * Where many markers are and were, in columns by row, projected once when a fix arrives. Between two fixes a marker glides
 * from where it is shown to the newer fix.
 *
 * Invariant: what is shown lies between measured fixes, never beyond the last one. A marker whose fixes stop stays put.
 */
import { HIDDEN_LOOK } from './marker-atlas.ts';

/** The longest glide: a shown position is at most this much behind the last fix. */
const LONGEST_GLIDE_MS = 1000;
/** Fixes come in batches, a fifth of a second apart; gliding a little longer than the last gap hides that rhythm. */
const GLIDE_SLACK = 1.2;
/** After a gap this long nobody saw the way between: the marker is put where it was found. */
const TOO_LONG_TO_GLIDE_MS = 5000;
const FIRST_CAPACITY = 1024;

export type MarkerColumns = ReturnType<typeof createMarkerColumns>;
export type MarkerArrays = ReturnType<typeof makeArrays>;

function makeArrays(capacity: number) {
  return {
    fromX: new Float64Array(capacity),
    fromY: new Float64Array(capacity),
    toX: new Float64Array(capacity),
    toY: new Float64Array(capacity),
    /** Headings in turns: 0 north, 0.25 east. `toTurns` may leave 0..1, so that the shorter way round is taken. */
    fromTurns: new Float32Array(capacity),
    toTurns: new Float32Array(capacity),
    startMs: new Float64Array(capacity),
    glideMs: new Float32Array(capacity),
    /** When the last fix arrived, by the window's monotonic clock; 0 never. */
    arrivedMs: new Float64Array(capacity),
    look: new Uint8Array(capacity).fill(HIDDEN_LOOK),
    /** How abnormal: 0 normal; the greatest of a cell is shown with its count. */
    rank: new Uint8Array(capacity),
  };
}

export function createMarkerColumns() {
  let arrays = makeArrays(FIRST_CAPACITY);
  let count = 0;

  function ensure(row: number): void {
    if (row >= arrays.toX.length) {
      const next = makeArrays(Math.max(row + 1, arrays.toX.length * 2));
      for (const name of Object.keys(next) as (keyof MarkerArrays)[]) next[name].set(arrays[name]);
      arrays = next;
    }
    if (row >= count) count = row + 1;
  }

  /** Takes a fix, in unit-square coordinates, that arrived at `nowMs` (performance.now, so above 0). */
  function place(row: number, x: number, y: number, headingDeg: number, nowMs: number): void {
    ensure(row);
    const arrived = arrays.arrivedMs[row] ?? 0;
    const gap = nowMs - arrived;
    const glides = arrived > 0 && gap < TOO_LONG_TO_GLIDE_MS;
    const turns = headingDeg / 360;
    if (glides) {
      const done = fractionDone(arrays, row, nowMs);
      arrays.fromX[row] = mix(arrays.fromX[row] ?? 0, arrays.toX[row] ?? 0, done);
      arrays.fromY[row] = mix(arrays.fromY[row] ?? 0, arrays.toY[row] ?? 0, done);
      const shown = mix(arrays.fromTurns[row] ?? 0, arrays.toTurns[row] ?? 0, done);
      const from = shown - Math.floor(shown);
      arrays.fromTurns[row] = from;
      arrays.toTurns[row] = from + (((turns - from + 1.5) % 1) - 0.5);
    } else {
      arrays.fromX[row] = x;
      arrays.fromY[row] = y;
      arrays.fromTurns[row] = turns;
      arrays.toTurns[row] = turns;
    }
    arrays.toX[row] = x;
    arrays.toY[row] = y;
    arrays.startMs[row] = nowMs;
    arrays.glideMs[row] = glides ? Math.min(LONGEST_GLIDE_MS, gap * GLIDE_SLACK) : 0;
    arrays.arrivedMs[row] = nowMs;
  }

  return {
    place,
    setLook: (row: number, look: number, rank: number): void => {
      ensure(row);
      arrays.look[row] = look;
      arrays.rank[row] = rank;
    },
    /** Forgets every marker: the source begins anew. */
    clear: (): void => {
      arrays = makeArrays(FIRST_CAPACITY);
      count = 0;
    },
    /** Valid until the next `place` or `setLook`. */
    arrays: (): MarkerArrays => arrays,
    count: () => count,
    /** Where a marker is shown at `nowMs`, in the unit square. */
    shownAt: (row: number, nowMs: number): { readonly x: number; readonly y: number } => {
      const done = fractionDone(arrays, row, nowMs);
      return {
        x: mix(arrays.fromX[row] ?? 0, arrays.toX[row] ?? 0, done),
        y: mix(arrays.fromY[row] ?? 0, arrays.toY[row] ?? 0, done),
      };
    },
  };
}

export function fractionDone(arrays: MarkerArrays, row: number, nowMs: number): number {
  const glide = arrays.glideMs[row] as number;
  if (glide <= 0) return 1;
  return Math.max(0, Math.min(1, (nowMs - (arrays.startMs[row] as number)) / glide));
}

/** Exact at both ends, so that a glide that is over shows the fix itself. */
function mix(from: number, to: number, fraction: number): number {
  return fraction >= 1 ? to : from + (to - from) * fraction;
}
