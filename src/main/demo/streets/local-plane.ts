/**
 * A city as a flat plane: metres east (x) and north (y) of a centre. Invariant: good to a few metres within 20 km,
 * which is all a generated city needs.
 */
export type LocalPlane = {
  readonly latitudeOf: (yM: number) => number;
  readonly longitudeOf: (xM: number) => number;
  readonly xOf: (longitude: number) => number;
  readonly yOf: (latitude: number) => number;
};

const METRES_PER_DEGREE = 111_320;

export function createLocalPlane(centreLatitude: number, centreLongitude: number): LocalPlane {
  const metresPerDegreeEast = METRES_PER_DEGREE * Math.cos((centreLatitude * Math.PI) / 180);
  return {
    latitudeOf: (yM) => centreLatitude + yM / METRES_PER_DEGREE,
    longitudeOf: (xM) => centreLongitude + xM / metresPerDegreeEast,
    xOf: (longitude) => (longitude - centreLongitude) * metresPerDegreeEast,
    yOf: (latitude) => (latitude - centreLatitude) * METRES_PER_DEGREE,
  };
}

/** Metres between two places, by the same flat approximation; good to a per mille over a city. */
export function distanceM(latitudeA: number, longitudeA: number, latitudeB: number, longitudeB: number): number {
  const northM = (latitudeB - latitudeA) * METRES_PER_DEGREE;
  const middle = (((latitudeA + latitudeB) / 2) * Math.PI) / 180;
  const eastM = (longitudeB - longitudeA) * METRES_PER_DEGREE * Math.cos(middle);
  return Math.hypot(northM, eastM);
}
