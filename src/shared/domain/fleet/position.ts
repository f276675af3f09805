/** One report of a vehicle about itself, as measured by the vehicle. */
import type { EpochMs } from '../../kernel/instant.ts';

/** Order is the code in telemetry frames and in the store: append only. */
export const ACTIVITIES = ['driving', 'idle', 'plugged', 'charging'] as const;
export type Activity = (typeof ACTIVITIES)[number];

export type Position = {
  readonly vehicleNumber: number;
  /** When the vehicle measured this. */
  readonly atMs: EpochMs;
  /** Degrees, WGS 84, stored with seven decimals. */
  readonly latitude: number;
  readonly longitude: number;
  readonly speedKmh: number;
  /** Degrees clockwise from true north. */
  readonly headingDeg: number;
  /** State of charge, 0 to 100. */
  readonly socPercent: number;
  readonly batteryTempC: number;
  readonly activity: Activity;
};
