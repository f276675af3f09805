/** What a meter is and what one reading of it says. Where the bytes come from is no matter of this file. */
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh, PowerW } from '../../kernel/quantity.ts';

/** incomer: all the site takes; feeder: a part of the site; charger: one charge point. */
export const METER_ROLES = ['incomer', 'feeder', 'charger'] as const;
export type MeterRole = (typeof METER_ROLES)[number];

/**
 * Accuracy classes of active-energy meters (Directive 2014/32/EU, annex V, table 2). Undefined in a meter that nobody has said
 * one of: its part of an error budget is then that of class A.
 */
export const ACCURACY_CLASSES = ['A', 'B', 'C'] as const;
export type AccuracyClass = (typeof ACCURACY_CLASSES)[number];

export type Meter = {
  readonly id: string;
  readonly name: string;
  readonly role: MeterRole;
  readonly depotId: string;
  readonly lineId: string;
  /**
   * Modbus address on its line, 1 to 247 (MODBUS over Serial Line V1.02, 2.2). Undefined for a meter that is alone on its line
   * (SML, IEC 62056-21, P1).
   */
  readonly unitAddress: number | undefined;
  /** Name of its profile in `resources/meter-profiles`. */
  readonly profile: string;
  /** The meter that measures what flows to this one and its neighbours; undefined at the top of the depot's tree. */
  readonly parentId: string | undefined;
  /** Key of the EVSE that a charger's meter measures, where it is known: what is billed there is compared with it. */
  readonly evseKey: string | undefined;
  readonly accuracyClass: AccuracyClass | undefined;
  /**
   * What the registers of power, current and energy are multiplied with: the ratio of the current transformers where the
   * meter itself does not know it (250 A : 5 A is 50), else 1.
   */
  readonly ctRatio: number;
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
