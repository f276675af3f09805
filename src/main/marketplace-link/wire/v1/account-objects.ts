/**
 * FLO's own objects of money: OCPI ends where the contract between a fleet and the marketplace begins. Amounts are numbers in the stated
 * currency with the decimals that were meant; percentages are percent.
 */
import { z } from 'zod';
import { amount, ciString, countryCode, currency, dateTime, partyKey, percent, text, timeZone } from './primitives.ts';

const positive = amount.gt(0);
const notNegative = amount.min(0);

/** How a partner turns exact amounts into money; OCPI leaves it open. */
const rounding = z.object({
  mode: z.enum(['HALF_UP', 'HALF_EVEN', 'HALF_DOWN', 'UP', 'DOWN']),
  /** Decimals. */
  scale: z.int().min(0).max(4),
  stage: z.enum(['LINE', 'DIMENSION', 'TOTAL']),
  first: z.enum(['NET', 'GROSS']),
});

/** What was agreed with one partner, or with every partner that no other terms name. */
const contractTerms = z.object({
  partner: partyKey.optional(),
  countries: z.array(countryCode).max(250).optional(),
  tariff_id: ciString(36).optional(),
  discount_percent: percent,
  caps: z
    .array(
      z.object({
        dimension: z.enum(['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME']),
        current: z.enum(['AC', 'DC']).optional(),
        /** Net: per kWh, per hour, or once. */
        max_price: notNegative,
      }),
    )
    .max(20)
    .optional(),
  volume_steps: z
    .array(z.object({ from_kwh: notNegative, discount_percent: percent }))
    .max(20)
    .optional(),
  tax: z.object({
    name: text(100),
    percent,
    /** Where one rate is owed as several, such as CGST and SGST. */
    parts: z
      .array(z.object({ name: text(100), percent }))
      .max(10)
      .optional(),
  }),
  rounding: rounding.optional(),
  tolerance: z.object({ amount: notNegative, percent, energy_kwh: notNegative }).optional(),
});

export const contract = z.object({
  id: ciString(36),
  name: text(100),
  account_id: ciString(36),
  currency,
  time_zone: timeZone,
  valid_from: dateTime,
  valid_to: dateTime.optional(),
  terms: z.array(contractTerms).min(1).max(200),
  last_updated: dateTime,
});

/** A wallet or a credit line. `balance` and `holds` are FLO's own figures at `balance_at`, beside which the console keeps its books. */
export const account = z.object({
  id: ciString(36),
  name: text(100),
  kind: z.enum(['PREPAID', 'POSTPAID']),
  currency,
  credit_limit: notNegative.optional(),
  start_minimum: notNegative.optional(),
  balance: amount.optional(),
  holds: notNegative.optional(),
  balance_at: dateTime.optional(),
  last_updated: dateTime,
});

/** Money that moved. Its `kind` says which way, so the amount is always positive. */
export const payment = z.object({
  id: ciString(36),
  account_id: ciString(36),
  kind: z.enum(['TOP_UP', 'PAYOUT', 'INVOICE_PAYMENT']),
  amount: positive,
  currency,
  at: dateTime,
  note: text(200).optional(),
  last_updated: dateTime,
});

export type WireContract = z.infer<typeof contract>;
export type WireAccount = z.infer<typeof account>;
export type WirePayment = z.infer<typeof payment>;
