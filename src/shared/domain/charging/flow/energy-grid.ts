/**
 * Energy as whole numbers of one small unit, a power of two of a kWh, so that sums and differences of flows are exact: equal
 * inputs give equal bits, full is full, and nothing is compared with a tolerance. The unit is less than 1e-15 of all energy in the case.
 */
export type EnergyGrid = {
  readonly unitsOf: (kwh: number) => number;
  /** For limits: never more than there is. */
  readonly unitsWithin: (kwh: number) => number;
  readonly kwhOf: (units: number) => number;
};

/** Sums of this many units are exact in a double, with room for one doubling. */
const EXACT_BITS = 52;

/** `totalKwh`: no sum of energies that will be formed is larger. */
export function createEnergyGrid(totalKwh: number): EnergyGrid {
  const unitsPerKwh = 2 ** (EXACT_BITS - Math.ceil(Math.log2(Math.max(totalKwh, 1))));
  return {
    unitsOf: (kwh) => Math.round(kwh * unitsPerKwh),
    unitsWithin: (kwh) => Math.floor(kwh * unitsPerKwh),
    kwhOf: (units) => units / unitsPerKwh,
  };
}
