/** What a meter is and what one reading of it says. Where the bytes come from is no matter of this file. */
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh, PowerW } from '../../kernel/quantity.ts';

/** incomer: all the site takes; feeder: a part of the site; charger: one charge point. */
export const METER_ROLES = ['incomer', 'feeder', 'charger'] as const;
export type MeterRole = (typeof METER_ROLES)[number];

export type Meter = {
  readonly id: string;
  readonly name: string;
  readonly role: MeterRole;
  readonly depotId: string;
  readonly lineId: string;
  /** Modbus address on its line, 1 to 247 (MODBUS over Serial Line V1.02, 2.2). */
  readonly unitAddress: number;
  /** Name of its profile in `resources/meter-profiles`. */
  readonly profile: string;
};

export type PhaseValues = {
  readonly voltageV: number | undefined;
  readonly currentA: number | undefined;
  /** Import positive. */
  readonly powerW: PowerW | undefined;
};

/** What the registers say, in the console's units; undefined where the meter has no such register or says it has no value. */
export type MeterValues = {
  /** Total active power, import positive. */
  readonly powerW: PowerW | undefined;
  readonly importWh: EnergyWh | undefined;
  readonly exportWh: EnergyWh | undefined;
  readonly frequencyHz: number | undefined;
  /** L1, L2, L3. */
  readonly phases: readonly [PhaseValues, PhaseValues, PhaseValues];
};

export type MeterReading = {
  /** When the meter answered, by the profile's clock. */
  readonly atMs: EpochMs;
  /** Monotonic milliseconds of this run of the console: differences survive a clock that is put right. */
  readonly monotonicMs: number;
  readonly serialNumber: string | undefined;
  readonly values: MeterValues;
};
