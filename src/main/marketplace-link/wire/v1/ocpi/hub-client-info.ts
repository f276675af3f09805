/** OCPI 2.2.1, 14.3 ClientInfo: who is behind the marketplace, and whether they can be reached. */
import { z } from 'zod';
import { ciString, countryCode, dateTime, text } from '../primitives.ts';

/** `name` is FLO's addition: OCPI knows a party by five letters, a dispatcher does not. */
export const hubClientInfo = z.object({
  country_code: countryCode,
  party_id: ciString(3),
  role: ciString(40),
  name: text(100),
  status: z.enum(['CONNECTED', 'OFFLINE', 'PLANNED', 'SUSPENDED']),
  last_updated: dateTime,
});

export type WireParty = z.infer<typeof hubClientInfo>;
