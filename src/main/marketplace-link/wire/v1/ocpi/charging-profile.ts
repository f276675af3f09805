/** OCPI 2.2.1, "ChargingProfiles" and "Sessions" (ChargingPreferences): how fast, until when and what for. */
import { z } from 'zod';
import { amount, dateTime } from '../primitives.ts';

/** ChargingProfile. W counts all phases together, A each phase. */
export const chargingProfile = z.object({
  /** Absent: it starts when it is received. */
  start_date_time: dateTime.optional(),
  /** Seconds; absent: until it is replaced or the session ends. */
  duration: z.int().min(1).max(10_000_000).optional(),
  charging_rate_unit: z.enum(['W', 'A']),
  /** Below it a session charges badly; absent: not known. */
  min_charging_rate: amount.min(0).optional(),
  charging_profile_period: z
    .array(
      z.object({
        /** Seconds since the profile began. */
        start_period: z.int().min(0).max(10_000_000),
        limit: amount.min(0),
      }),
    )
    .min(1)
    .max(1000),
});

/** ChargingPreferences: what the driver, here the dispatcher, wants of a session. */
export const chargingPreferences = z.object({
  profile_type: z.enum(['CHEAP', 'FAST', 'GREEN', 'REGULAR']),
  departure_time: dateTime.optional(),
  /** kWh. */
  energy_need: amount.min(0).optional(),
  discharge_allowed: z.boolean().optional(),
});
