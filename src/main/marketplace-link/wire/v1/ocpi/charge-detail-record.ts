/**
 * OCPI 2.2.1 and 2.3.0, 10.3.1 CDR: the one object that costs money, so nothing in it that decides an amount is optional beyond what the
 * standard allows. Amounts keep their decimals: a JSON number of so few digits prints back as it was sent.
 */
import { z } from 'zod';
import { amount, ciString, countryCode, currency, dateTime, geoLocation, price, text } from '../primitives.ts';
import { chargingPeriod } from './charging-period.ts';
import { tariff } from './tariff.ts';
import { cdrToken } from './token.ts';

/** 10.4.4 CdrLocation. It has no time zone: that is the snapshot's of the Location. */
const cdrLocation = z.object({
  id: ciString(36),
  name: text(255).optional(),
  address: text(45),
  city: text(45),
  postal_code: text(10).optional(),
  country: z.string().regex(/^[A-Z]{3}$/u, 'expected three capitals'),
  coordinates: geoLocation,
  evse_uid: ciString(36),
  evse_id: ciString(48),
  connector_id: ciString(36),
  connector_standard: ciString(40),
  connector_format: ciString(40),
  connector_power_type: ciString(40),
});

/** 10.4.6 SignedData. The text is evidence: it is bounded and otherwise left as it came. */
const signedData = z.object({
  encoding_method: ciString(36),
  encoding_method_version: z.int().min(0).max(1_000_000).optional(),
  public_key: text(512).optional(),
  signed_values: z
    .array(z.object({ nature: ciString(32), plain_data: z.string().max(512), signed_data: text(5000) }))
    .min(1)
    .max(50),
  url: text(512).optional(),
});

export const chargeDetailRecord = z.object({
  country_code: countryCode,
  party_id: ciString(3),
  id: ciString(39),
  start_date_time: dateTime,
  end_date_time: dateTime,
  session_id: ciString(36).optional(),
  cdr_token: cdrToken,
  auth_method: z.enum(['AUTH_REQUEST', 'COMMAND', 'WHITELIST']),
  authorization_reference: ciString(36).optional(),
  cdr_location: cdrLocation,
  meter_id: text(255).optional(),
  currency,
  tariffs: z.array(tariff).max(500).optional(),
  charging_periods: z.array(chargingPeriod).min(1).max(2000),
  signed_data: signedData.optional(),
  total_cost: price,
  total_fixed_cost: price.optional(),
  total_energy: amount,
  total_energy_cost: price.optional(),
  total_time: amount,
  total_time_cost: price.optional(),
  total_parking_time: amount.optional(),
  total_parking_cost: price.optional(),
  total_reservation_cost: price.optional(),
  remark: text(255).optional(),
  invoice_reference_id: ciString(39).optional(),
  credit: z.boolean().optional(),
  credit_reference_id: ciString(39).optional(),
  home_charging_compensation: z.boolean().optional(),
  last_updated: dateTime,
});

export type WireChargeRecord = z.infer<typeof chargeDetailRecord>;
