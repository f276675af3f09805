/** FLO's own: demand that no network met, offered to the marketplace by a person of the fleet. It names no vehicle. */
import { z } from 'zod';
import { amount, ciString, dateTime } from './primitives.ts';

export const demandSignal = z.object({
  signal_id: ciString(36),
  /** H3 cell. */
  cell: ciString(20),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  radius_m: z.number().gt(0).max(1_000_000).optional(),
  /** Local hours of a day, the second excluded; `to_hour` below `from_hour` runs over midnight. */
  from_hour: z.int().min(0).max(23),
  to_hour: z.int().min(0).max(24),
  energy_kwh_per_day: amount.gt(0),
  power_kw: amount.gt(0),
  window_from: dateTime,
  window_to: dateTime,
  commitment: z.enum(['NONE', 'INDICATIVE', 'BINDING']),
});
