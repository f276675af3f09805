/** How far a place is by road, estimated from the straight line. The console knows no roads; whoever shows it says that it is an estimate. */

export type Spot = { readonly latitude: number; readonly longitude: number };

/** Roads are about this much longer than the straight line. */
const DETOUR_FACTOR = 1.3;

/** Towns first, then country roads and motorways: what lorries make on average. */
const TOWN_M = 10_000;
const TOWN_KMH = 30;
const BEYOND_KMH = 65;

const EARTH_RADIUS_M = 6_371_000;
const RADIANS = Math.PI / 180;

export function estimateWay(from: Spot, to: Spot): { readonly awayM: number; readonly driveS: number } {
  const awayM = Math.round(straightM(from, to) * DETOUR_FACTOR);
  const beyondM = Math.max(0, awayM - TOWN_M);
  const driveS = Math.round((awayM - beyondM) / (TOWN_KMH / 3.6) + beyondM / (BEYOND_KMH / 3.6));
  return { awayM, driveS };
}

/** Straight, as the crow flies: the great circle by the haversine formula, which keeps its precision for short ways. */
export function straightM(from: Spot, to: Spot): number {
  const halfLatitude = Math.sin(((to.latitude - from.latitude) * RADIANS) / 2);
  const halfLongitude = Math.sin(((to.longitude - from.longitude) * RADIANS) / 2);
  const share =
    halfLatitude ** 2 + Math.cos(from.latitude * RADIANS) * Math.cos(to.latitude * RADIANS) * halfLongitude ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(share)));
}
