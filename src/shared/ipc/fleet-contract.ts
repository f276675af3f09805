/** What the window may ask of and hear from the fleet. */
import { z } from 'zod';
import type { Depot, Vehicle } from '../domain/fleet/vehicle.ts';
import type { Position } from '../domain/fleet/position.ts';
import { answersWith, feed, frames } from './contract.ts';

export type VehicleHistory = {
  /** Oldest first. Thinned evenly to at most `maxPoints`, keeping the first and the last. */
  readonly points: readonly Omit<Position, 'vehicleNumber'>[];
  /** How many positions the store holds in the range: what the points stand for. */
  readonly storedCount: number;
};

export const fleetContract = {
  'fleet/vehicle-history': answersWith<VehicleHistory>().to(
    z.strictObject({
      vehicleId: z.string().max(36),
      fromMs: z.number(),
      toMs: z.number(),
      maxPoints: z.int().min(2).max(5000),
    }),
  ),
  'fleet/vehicles': feed<Vehicle>({ maxRateHz: 2, keyOf: (vehicle) => vehicle.id }),
  'fleet/depots': feed<Depot>({ maxRateHz: 2, keyOf: (depot) => depot.id }),
  'fleet/telemetry': frames({ maxRateHz: 5 }),
} as const;
