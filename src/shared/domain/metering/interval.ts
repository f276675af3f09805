/**
 * Energy of a meter in the quarter hours of UTC. Days have 92, 96 or 100 of them where clocks are changed.
 *
 * Invariant: an interval's energy is a difference of registers, never a sum of powers; so the intervals between two readings
 * of a series add up to exactly what the register rose by, to the thousandth of a watt-hour.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh } from '../../kernel/quantity.ts';

export const INTERVAL_MS = 15 * 60_000;

/**
 * measured  both of its ends lie between two readings that are close together
 * spread    it lies in a gap: the sum over the gap is known, how it is spread over the intervals is an estimate
 * partial   the instrument or its register changed in it: the energy is what is known, some is missing
 * imported  from a file; nobody here read the meter
 * missing   nothing is known of it; the energies are undefined
 */
export const INTERVAL_BASES = ['measured', 'spread', 'partial', 'imported', 'missing'] as const;
export type IntervalBasis = (typeof INTERVAL_BASES)[number];

export type EnergyInterval = {
  /** First instant, a multiple of `INTERVAL_MS`; half-open, it ends where the next begins. */
  readonly beginMs: EpochMs;
  readonly importWh: EnergyWh | undefined;
  /** Undefined also where the meter has no such register. */
  readonly exportWh: EnergyWh | undefined;
  readonly basis: IntervalBasis;
  /** How far apart the two readings lie between which an end was interpolated, the wider of both ends; 0 when imported. */
  readonly bracketMs: number;
};
