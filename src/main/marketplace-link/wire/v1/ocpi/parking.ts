/**
 * Whether a vehicle fits, and when: Parking and EVSEParking of OCPI 2.3.0, 8.4, and Hours of both releases. Kinds of vehicles stay open.
 */
import { z } from 'zod';
import { ciString, dateTime, text } from '../primitives.ts';

const centimetres = z.number().min(1).max(100_000);

/** 2.3.0, Parking: one space, or several that are alike. */
export const parking = z.object({
  id: ciString(36),
  physical_reference: text(12).optional(),
  vehicle_types: z.array(ciString(40)).max(30),
  /** kg. */
  max_vehicle_weight: z.number().min(1).max(1_000_000).optional(),
  max_vehicle_height: centimetres.optional(),
  max_vehicle_length: centimetres.optional(),
  max_vehicle_width: centimetres.optional(),
  parking_space_length: centimetres.optional(),
  parking_space_width: centimetres.optional(),
  drive_through: z.boolean().optional(),
  restricted_to_type: z.boolean(),
  reservation_required: z.boolean(),
  /** Minutes a vehicle may stand there. */
  time_limit: z.number().min(0).max(1_000_000).optional(),
});

/** 2.3.0, EVSEParking: which spaces an EVSE reaches. */
export const evseParking = z.object({ parking_id: ciString(36), evse_position: ciString(40).optional() });

const hourAndMinute = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/u, 'expected a time of day like 08:30');
const exceptionalPeriod = z.object({ period_begin: dateTime, period_end: dateTime });

/** 2.2.1, 8.4.14 Hours. Weekdays count from 1, Monday. */
export const openingTimes = z.object({
  twentyfourseven: z.boolean(),
  regular_hours: z
    .array(z.object({ weekday: z.int().min(1).max(7), period_begin: hourAndMinute, period_end: hourAndMinute }))
    .max(70)
    .optional(),
  exceptional_openings: z.array(exceptionalPeriod).max(100).optional(),
  exceptional_closings: z.array(exceptionalPeriod).max(100).optional(),
});
