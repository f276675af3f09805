/** OCPI 2.2.1 and 2.3.0, 11.3 Tariff. Words that grew between releases stay open; those that decide a price do not. */
import { z } from 'zod';
import { amount, ciString, countryCode, currency, dateTime, percent, text } from '../primitives.ts';

/** `HH:MM` of local clocks; 24:00 is not one of OCPI's. */
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, 'expected a time of day like 08:30');
const localDate = z.iso.date();

/** What a 2.3.0 CPO calls PriceLimit and a 2.2.1 one Price. */
const priceLimit = z.union(
  [
    z.object({ excl_vat: amount, incl_vat: amount.optional() }),
    z.object({ before_taxes: amount, after_taxes: amount.optional() }),
  ],
  { error: 'a price limit is { excl_vat, incl_vat? } or { before_taxes, after_taxes? }, in numbers' },
);

/** 11.4.2 */
const priceComponent = z.object({
  type: z.enum(['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME']),
  price: amount,
  vat: percent.optional(),
  /** Wh or seconds; 0 and 1 are both found for "none". */
  step_size: z.int().min(0).max(10_000_000),
});

/** 11.4.6 */
const tariffRestrictions = z.object({
  start_time: localTime.optional(),
  end_time: localTime.optional(),
  start_date: localDate.optional(),
  end_date: localDate.optional(),
  min_kwh: amount.optional(),
  max_kwh: amount.optional(),
  min_current: amount.optional(),
  max_current: amount.optional(),
  min_power: amount.optional(),
  max_power: amount.optional(),
  min_duration: z.int().min(0).max(100_000_000).optional(),
  max_duration: z.int().min(0).max(100_000_000).optional(),
  day_of_week: z
    .array(z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']))
    .max(7)
    .optional(),
  reservation: z.enum(['RESERVATION', 'RESERVATION_EXPIRES']).optional(),
});

export const tariff = z.object({
  country_code: countryCode,
  party_id: ciString(3),
  id: ciString(36),
  currency,
  type: ciString(40).optional(),
  tariff_alt_text: z
    .array(z.object({ language: text(8), text: text(512) }))
    .max(50)
    .optional(),
  min_price: priceLimit.optional(),
  max_price: priceLimit.optional(),
  /** 2.3.0. */
  tax_included: z.enum(['YES', 'NO', 'N/A']).optional(),
  elements: z
    .array(
      z.object({
        price_components: z.array(priceComponent).min(1).max(20),
        restrictions: tariffRestrictions.optional(),
      }),
    )
    .min(1)
    .max(500),
  start_date_time: dateTime.optional(),
  end_date_time: dateTime.optional(),
  last_updated: dateTime,
});

/** OCPI deletes by address (11.2.2.3); here the address is the body. */
export const deletedTariff = z.object({
  country_code: countryCode,
  party_id: ciString(3),
  id: ciString(36),
  last_updated: dateTime,
});

export type WireTariff = z.infer<typeof tariff>;
