/**
 * Which positions are followed from the socket to the screen: about one in a hundred, chosen by what they say, so that the
 * observer at the socket and the one in the page choose the same ones without talking to each other.
 */
const ONE_IN = 101;

/** `undefined`: not followed. Latitude and longitude in 1e-7 degrees, as telemetry frames carry them. */
export function nameOfFix(atMs: number, latitudeE7: number, longitudeE7: number): string | undefined {
  const mixed = Math.floor(atMs / 10) + Math.floor(latitudeE7 / 10) + 7 * Math.floor(longitudeE7 / 10);
  return mixed % ONE_IN === 0 ? `${atMs}/${latitudeE7}/${longitudeE7}` : undefined;
}
