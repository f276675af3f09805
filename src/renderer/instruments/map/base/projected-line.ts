/** Lines and rings projected once into the unit square, thinned for a zoom and clipped to a view. */
import { mercatorX, mercatorY, type WorldView } from '../mercator.ts';

export type ProjectedLine = {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly bounds: { readonly west: number; readonly north: number; readonly east: number; readonly south: number };
};

/** Positions are [longitude, latitude], as in GeoJSON. */
export function projectLine(positions: readonly (readonly number[])[]): ProjectedLine {
  const x = Float64Array.from(positions, (position) => mercatorX(position[0] ?? 0));
  const y = Float64Array.from(positions, (position) => mercatorY(position[1] ?? 0));
  return bounded(x, y);
}

function bounded(x: Float64Array, y: Float64Array): ProjectedLine {
  const bounds = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
  for (let at = 0; at < x.length; at++) {
    bounds.west = Math.min(bounds.west, x[at] ?? 0);
    bounds.east = Math.max(bounds.east, x[at] ?? 0);
    bounds.north = Math.min(bounds.north, y[at] ?? 0);
    bounds.south = Math.max(bounds.south, y[at] ?? 0);
  }
  return { x, y, bounds };
}

/** Drops points nearer than `tolerance` to the last one kept; the first and the last stay. */
export function thinLine(line: ProjectedLine, tolerance: number): ProjectedLine {
  const keptX: number[] = [];
  const keptY: number[] = [];
  line.x.forEach((x, at) => {
    const y = line.y[at] ?? 0;
    const isEnd = at === 0 || at === line.x.length - 1;
    const far = Math.abs(x - (keptX.at(-1) ?? 0)) > tolerance || Math.abs(y - (keptY.at(-1) ?? 0)) > tolerance;
    if (!isEnd && !far) return;
    keptX.push(x);
    keptY.push(y);
  });
  return bounded(Float64Array.from(keptX), Float64Array.from(keptY));
}

/** Beyond the edges by this much, so that the strokes of a cut are not seen. */
const BLEED = 8;

export function isInView({ bounds }: ProjectedLine, view: WorldView): boolean {
  return (
    bounds.east * view.scale - view.left >= -BLEED &&
    bounds.west * view.scale - view.left <= view.width + BLEED &&
    bounds.south * view.scale - view.top >= -BLEED &&
    bounds.north * view.scale - view.top <= view.height + BLEED
  );
}

/** The part of a ring inside the view, as x, y, x, y… in the view's pixels (Sutherland and Hodgman 1974). */
export function clipRing(ring: ProjectedLine, view: WorldView): readonly number[] {
  if (!isInView(ring, view)) return [];
  let points: number[] = [];
  ring.x.forEach((x, at) => points.push(x * view.scale - view.left, (ring.y[at] ?? 0) * view.scale - view.top));
  const edges: readonly (readonly [axis: 0 | 1, limit: number, sign: 1 | -1])[] = [
    [0, -BLEED, 1],
    [0, view.width + BLEED, -1],
    [1, -BLEED, 1],
    [1, view.height + BLEED, -1],
  ];
  for (const [axis, limit, sign] of edges) points = clipToEdge(points, axis, limit, sign);
  return points;
}

function clipToEdge(points: readonly number[], axis: 0 | 1, limit: number, sign: 1 | -1): number[] {
  const kept: number[] = [];
  const inside = (at: number) => ((points[at + axis] ?? 0) - limit) * sign >= 0;
  for (let at = 0; at < points.length; at += 2) {
    const before = at === 0 ? points.length - 2 : at - 2;
    if (inside(at) !== inside(before)) {
      const from = points[before + axis] ?? 0;
      const part = (limit - from) / ((points[at + axis] ?? 0) - from);
      for (const each of [0, 1]) {
        const start = points[before + each] ?? 0;
        kept.push(start + ((points[at + each] ?? 0) - start) * part);
      }
    }
    if (inside(at)) kept.push(points[at] ?? 0, points[at + 1] ?? 0);
  }
  return kept;
}

/** The pieces of a line near the view, each with one point beyond the edge on either side. */
export function clipLine(line: ProjectedLine, view: WorldView): readonly (readonly number[])[] {
  if (!isInView(line, view)) return [];
  const pieces: number[][] = [];
  let piece: number[] | undefined;
  for (let at = 1; at < line.x.length; at++) {
    const x0 = (line.x[at - 1] ?? 0) * view.scale - view.left;
    const y0 = (line.y[at - 1] ?? 0) * view.scale - view.top;
    const x1 = (line.x[at] ?? 0) * view.scale - view.left;
    const y1 = (line.y[at] ?? 0) * view.scale - view.top;
    // A cut along the date line is no coast.
    const isSeam = line.x[at] === line.x[at - 1] && (line.x[at] === 0 || line.x[at] === 1);
    const outside =
      isSeam ||
      Math.max(x0, x1) < -BLEED ||
      Math.min(x0, x1) > view.width + BLEED ||
      Math.max(y0, y1) < -BLEED ||
      Math.min(y0, y1) > view.height + BLEED;
    if (outside) {
      piece = undefined;
      continue;
    }
    if (piece === undefined) pieces.push((piece = [x0, y0]));
    piece.push(x1, y1);
  }
  return pieces;
}
