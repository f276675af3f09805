/** What a vehicle is next needed for: between two duties it is at its depot and can be charged. */
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh } from '../../kernel/quantity.ts';

export type Duty = {
  readonly id: string;
  readonly vehicleId: string;
  readonly depotId: string;
  /** What people call it: a line and block, a tour. */
  readonly name: string;
  /** As now expected: a change is told as a new word of the same duty. */
  readonly departAtMs: EpochMs;
  readonly returnAtMs: EpochMs;
  /** Out of the battery, over the whole duty. */
  readonly energyWh: EnergyWh;
  /** What is to be left at its end, of the usable capacity. */
  readonly reservePercent: number;
  readonly updatedAtMs: EpochMs;
};
