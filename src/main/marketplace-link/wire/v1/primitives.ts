/**
 * Building blocks of wire version 1: bounded text, finite numbers, RFC 3339 instants. Everything that arrives is
 * bounded here, so nothing behind this folder meets NaN, an unsafe integer or a megabyte in a name.
 */
import { z } from 'zod';

export const text = (max: number) => z.string().min(1).max(max);

/** OCPI CiString: printable ASCII, compared without case (OCPI 2.2.1, 16.1). */
export const ciString = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\x20-\x7e]*$/u, 'only printable ASCII is allowed');

/** OCPI DateTime: RFC 3339, UTC; a missing zone means UTC (OCPI 2.2.1, 16.2). Years 2015 to 2099. */
export const dateTime = z
  .string()
  .max(35)
  .regex(
    /^20(1[5-9]|[2-9]\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/u,
    { error: 'expected an instant of 2015 to 2099 like 2026-06-09T04:10:00Z', abort: true },
  )
  .refine((value) => Number.isFinite(parseDateTimeMs(value)) && isDayOfItsMonth(value), 'no such date');

/** `Date.parse` takes 30 February for 2 March. */
function isDayOfItsMonth(value: string): boolean {
  const [year, month, day] = value.slice(0, 10).split('-').map(Number);
  return (day ?? 0) <= new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
}

/** Milliseconds since the epoch of an OCPI DateTime; NaN when the text is none. */
export function parseDateTimeMs(value: string): number {
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/u.test(value) ? value : `${value}Z`);
}

/** Decimal degrees as OCPI carries them: text with a dot and up to seven decimals (OCPI 2.2.1, 8.4.13). */
export const geoLocation = z.object({
  latitude: z.string().regex(/^-?(90(\.0{1,7})?|[0-8]?\d(\.\d{1,7})?)$/u),
  longitude: z.string().regex(/^-?(180(\.0{1,7})?|(1[0-7]\d|\d{1,2})(\.\d{1,7})?)$/u),
});

/** OCPI number: at most four decimals are meaningful; here finite and bounded. */
export const amount = z.number().min(-1e9).max(1e9);

/** Percent: what 19 % is written as 19. */
export const percent = z.number().min(0).max(100);

/** OCPI 2.3.0, TaxAmount. */
const taxAmount = z.object({
  name: text(255),
  account_number: text(255).optional(),
  percentage: amount.optional(),
  amount,
});

/** OCPI's Price, as 2.2.1 writes it and as 2.3.0 does. */
export const price = z.union(
  [
    z.object({ excl_vat: amount, incl_vat: amount.optional() }),
    z.object({ before_taxes: amount, taxes: z.array(taxAmount).max(50).optional() }),
  ],
  { error: 'a price is { excl_vat, incl_vat? } or { before_taxes, taxes? }, in numbers' },
);

export const currency = z.string().regex(/^[A-Z]{3}$/u, 'expected three capitals');
export const countryCode = z.string().regex(/^[A-Z]{2}$/u, 'expected two capitals');
/** Country and party with a star between, as EVSE ids begin. */
export const partyKey = z.string().regex(/^[A-Z]{2}\*[\x21-\x7e]{1,3}$/u, 'expected a country and a party like DE*FLO');
export const timeZone = z
  .string()
  .max(255)
  .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/u);
export const uuid = z.uuid();
export const offset = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
