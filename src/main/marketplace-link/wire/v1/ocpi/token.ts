/** OCPI 2.2.1 and 2.3.0, 12.3 Token: what ties a vehicle or a driver to a contract. */
import { z } from 'zod';
import { ciString, countryCode, dateTime, text } from '../primitives.ts';

/** 12.4.4, open since 2.3.0 added EMAID. */
const tokenType = ciString(40);

/** 12.3.2 Token. `vehicle_id` is FLO's addition: the vehicle of the fleet that carries it. */
export const token = z.object({
  country_code: countryCode,
  party_id: ciString(3),
  uid: ciString(36),
  type: tokenType,
  contract_id: ciString(36),
  visual_number: text(64).optional(),
  issuer: text(64),
  group_id: ciString(36).optional(),
  valid: z.boolean(),
  whitelist: z.enum(['ALWAYS', 'ALLOWED', 'ALLOWED_OFFLINE', 'NEVER']),
  vehicle_id: ciString(36).optional(),
  last_updated: dateTime,
});

/** 10.4.5 CdrToken. */
export const cdrToken = z.object({
  country_code: countryCode,
  party_id: ciString(3),
  uid: ciString(36),
  type: tokenType,
  contract_id: ciString(36),
});

export type WireToken = z.infer<typeof token>;
