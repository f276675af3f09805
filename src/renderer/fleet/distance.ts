/** Great-circle distance, for “how far is it from here” on the screen; not for routing. */

const EARTH_RADIUS_M = 6_371_009;
const RAD = Math.PI / 180;

export type Place = { readonly latitude: number; readonly longitude: number };

/** Metres along the mean sphere (haversine; at most 0.5 % from the ellipsoid). */
export function distanceM(from: Place, to: Place): number {
  const sinLat = Math.sin(((to.latitude - from.latitude) * RAD) / 2);
  const sinLon = Math.sin(((to.longitude - from.longitude) * RAD) / 2);
  const h = sinLat * sinLat + Math.cos(from.latitude * RAD) * Math.cos(to.latitude * RAD) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Metres below a kilometre, rounded to ten: more would claim what a position does not know. */
export function formatDistance(metres: number): string {
  if (metres < 10) return 'under 10 m';
  if (metres < 995) return `${Math.round(metres / 10) * 10} m`;
  return metres < 10_000 ? `${(metres / 1000).toFixed(1)} km` : `${Math.round(metres / 1000)} km`;
}
