/**
 * The OCPI objects the living line needs, in the shapes of OCPI 2.2.1 and 2.3.0 (both are accepted; unknown
 * fields are dropped from the parsed copy, the raw text is kept by whoever needs evidence).
 */
import { z } from 'zod';
import { chargingPeriod } from './ocpi/charging-period.ts';
import { evseParking, openingTimes, parking } from './ocpi/parking.ts';
import { ciString, countryCode, currency, dateTime, geoLocation, price, text, timeZone } from './primitives.ts';

/** OCPI 2.2.1, 8.4.22 Status. */
export const evseStatus = z.enum([
  'AVAILABLE',
  'BLOCKED',
  'CHARGING',
  'INOPERATIVE',
  'OUTOFORDER',
  'PLANNED',
  'REMOVED',
  'RESERVED',
  'UNKNOWN',
]);

/** OCPI 2.2.1, 8.3.3 Connector. `standard` stays open: 2.3.0 added values and CPOs send their own. */
export const connector = z.object({
  id: ciString(36),
  standard: ciString(40),
  format: z.enum(['SOCKET', 'CABLE']),
  power_type: z.enum(['AC_1_PHASE', 'AC_2_PHASE', 'AC_2_PHASE_SPLIT', 'AC_3_PHASE', 'DC']),
  max_voltage: z.int().min(1).max(5000),
  max_amperage: z.int().min(1).max(5000),
  /** W. Absent: voltage x amperage (x sqrt 3 for three phases with line voltage) is only an upper bound. */
  max_electric_power: z.int().min(0).max(10_000_000).optional(),
  tariff_ids: z.array(ciString(36)).max(50).optional(),
  last_updated: dateTime,
});

/** OCPI 2.2.1, 8.3.2 EVSE. */
export const evse = z.object({
  uid: ciString(36),
  evse_id: ciString(48).optional(),
  status: evseStatus,
  /** 8.4.3 Capability, open. */
  capabilities: z.array(ciString(40)).max(50).optional(),
  /** 8.4.17 ParkingRestriction, open. */
  parking_restrictions: z.array(ciString(40)).max(20).optional(),
  /** 2.3.0: which of the location's `parking_places` it reaches. */
  parking: z.array(evseParking).max(20).optional(),
  physical_reference: text(16).optional(),
  coordinates: geoLocation.optional(),
  connectors: z.array(connector).min(1).max(20),
  last_updated: dateTime,
});

/** OCPI 2.2.1, 8.3.1 Location. */
export const location = z.object({
  country_code: countryCode,
  party_id: ciString(3),
  id: ciString(36),
  publish: z.boolean(),
  name: text(255).optional(),
  address: text(45),
  city: text(45),
  country: z.string().regex(/^[A-Z]{3}$/u, 'expected three capitals'),
  coordinates: geoLocation,
  operator: z.object({ name: text(100) }).optional(),
  evses: z.array(evse).max(500).optional(),
  /** 2.3.0. */
  parking_places: z.array(parking).max(500).optional(),
  /** 8.4.12 Facility, open. */
  facilities: z.array(ciString(40)).max(50).optional(),
  opening_times: openingTimes.optional(),
  time_zone: timeZone,
  last_updated: dateTime,
});

/** OCPI 2.2.1, 9.4.2 SessionStatus. */
export const sessionStatus = z.enum(['ACTIVE', 'COMPLETED', 'INVALID', 'PENDING', 'RESERVATION']);

/** OCPI 2.2.1, 9.3.1 Session. `vehicle_id` is FLO's addition: which vehicle of the fleet is plugged in, when known. */
export const session = z.object({
  country_code: countryCode,
  party_id: ciString(3),
  id: ciString(36),
  start_date_time: dateTime,
  end_date_time: dateTime.optional(),
  kwh: z.number().min(0).max(1e6),
  auth_method: z.enum(['AUTH_REQUEST', 'COMMAND', 'WHITELIST']),
  authorization_reference: ciString(36).optional(),
  charging_periods: z.array(chargingPeriod).max(500).optional(),
  location_id: ciString(36),
  evse_uid: ciString(36),
  connector_id: ciString(36),
  currency,
  total_cost: price.optional(),
  status: sessionStatus,
  vehicle_id: ciString(36).optional(),
  last_updated: dateTime,
});

/**
 * PATCH of a Session (OCPI 2.2.1, 9.2.2.3): the fields that changed and the periods to append. `last_updated` is
 * mandatory; the identity cannot change.
 */
export const sessionPatch = session.partial().extend({
  country_code: countryCode,
  party_id: ciString(3),
  id: ciString(36),
  last_updated: dateTime,
});

export type WireLocation = z.infer<typeof location>;
export type WireEvse = z.infer<typeof evse>;
export type WirePrice = z.infer<typeof price>;
export type WireSession = z.infer<typeof session>;
export type WireSessionPatch = z.infer<typeof sessionPatch>;
