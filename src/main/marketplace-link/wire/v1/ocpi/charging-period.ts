/** OCPI 2.2.1, 10.4.6 ChargingPeriod, which sessions and CDRs share. */
import { z } from 'zod';
import { amount, ciString, dateTime } from '../primitives.ts';

/** 10.4.2 CdrDimensionType stays open: an unknown dimension is kept, not refused. */
export const chargingPeriod = z.object({
  start_date_time: dateTime,
  dimensions: z
    .array(z.object({ type: ciString(40), volume: amount }))
    .min(1)
    .max(20),
  tariff_id: ciString(36).optional(),
});
