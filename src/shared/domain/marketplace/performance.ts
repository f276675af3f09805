/**
 * How a network served us in a window of time, per CPO, site or EVSE. Every share has its numerator and denominator, so that small
 * numbers look small; what was never seen is undefined, not zero.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { DecimalText } from '../tariff/tariff.ts';

export type PerformanceRow = {
  readonly key: string;
  readonly name: string;
  readonly parentName: string | undefined;
  readonly evses: number;
  readonly starts: number;
  readonly startsDone: number;
  readonly startsUnknown: number;
  readonly sessions: number;
  readonly energyKwh: number;
  /** Mean of delivered power over the power promised (lesser of connector and vehicle), energy-weighted, 0..1. */
  readonly deliveredShare: number | undefined;
  readonly deliveredSessions: number;
  /** Share of EVSE time in BLOCKED, INOPERATIVE, OUTOFORDER, UNKNOWN; and how much of the window is known at all. */
  readonly downShare: number | undefined;
  readonly knownShare: number;
  /** Net, per kWh, over all its CDRs; with the currency. */
  readonly pricePerKwh: DecimalText | undefined;
  readonly currency: string | undefined;
  readonly records: number;
  /** Records that differ or breach the contract. */
  readonly recordsInDoubt: number;
  readonly tariffChanges: number;
  readonly lastTariffChangeAtMs: EpochMs | undefined;
};
