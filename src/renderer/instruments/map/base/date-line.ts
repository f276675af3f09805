/**
 * Rings over the date line, cut there: on a flat map a ring that steps from 180 degrees east to 180 degrees west would be
 * drawn as a band across the whole world.
 */
type Position = readonly number[];
type Point = readonly [longitude: number, latitude: number];

const SOUTH_POLE = -90;

export function splitAtDateLine(ring: readonly Position[]): readonly (readonly Position[])[] {
  const unrolled = unroll(ring);
  const longitudes = unrolled.map(([longitude]) => longitude);
  const west = Math.min(...longitudes);
  const east = Math.max(...longitudes);
  if (west >= -180 && east <= 180) return [unrolled];
  const parts: (readonly Point[])[] = [];
  for (const turn of [-360, 0, 360]) {
    if (east + turn <= -180 || west + turn >= 180) continue;
    const moved = unrolled.map(([longitude, latitude]): Point => [longitude + turn, latitude]);
    const part = cutAt(cutAt(moved, -180, 1), 180, -1);
    const [first] = part;
    if (first !== undefined && part.length > 2) parts.push([...part, first]);
  }
  return parts;
}

/** Longitudes without steps, beyond 180 degrees where need be. A ring about the pole is closed through it. */
function unroll(ring: readonly Position[]): Point[] {
  const points: Point[] = [];
  let turn = 0;
  let before: number | undefined;
  for (const position of ring) {
    const longitude = position[0] ?? 0;
    if (before !== undefined && Math.abs(longitude - before) > 180) turn += longitude > before ? -360 : 360;
    before = longitude;
    points.push([longitude + turn, position[1] ?? 0]);
  }
  const [first] = points;
  const last = points.at(-1);
  // Of the land only Antarctica goes around a pole.
  if (first !== undefined && last !== undefined && Math.abs(last[0] - first[0]) > 180)
    points.push([last[0], SOUTH_POLE], [first[0], SOUTH_POLE], first);
  return points;
}

/** The part of a ring on one side of a meridian (Sutherland and Hodgman 1974). */
function cutAt(ring: readonly Point[], meridian: number, side: 1 | -1): Point[] {
  const kept: Point[] = [];
  const isInside = ([longitude]: Point) => (longitude - meridian) * side >= 0;
  ring.forEach((point, place) => {
    const before = ring[(place + ring.length - 1) % ring.length];
    if (before !== undefined && isInside(before) !== isInside(point)) {
      const part = (meridian - before[0]) / (point[0] - before[0]);
      kept.push([meridian, before[1] + (point[1] - before[1]) * part]);
    }
    if (isInside(point)) kept.push(point);
  });
  return kept;
}
