/**
 * What pricing answers: totals with taxes by rate, and a trace that a clerk can follow line by line. All amounts are decimal text in
 * the charge's currency; lines are exact (no rounding) unless the convention rounds lines.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { DecimalText, TariffDimension } from './tariff.ts';

/**
 * How a CPO turns exact amounts into money; OCPI leaves it open. `scale` is the number of decimals.
 *
 * stage  where rounding happens: each line, each dimension's total, or the total only
 * first  which side is rounded of itself; the other is derived from it (net + tax on rounded net, or gross rounded and net from exact)
 */
export type RoundingConvention = {
  readonly mode: 'half-up' | 'half-even' | 'half-down' | 'up' | 'down';
  readonly scale: 0 | 1 | 2 | 3 | 4;
  readonly stage: 'line' | 'dimension' | 'total';
  readonly first: 'net' | 'gross';
};

export type TaxShare = {
  readonly name: string;
  readonly percent: DecimalText | undefined;
  readonly base: DecimalText;
  readonly amount: DecimalText;
};

export type PriceTotal = {
  readonly net: DecimalText;
  /** Undefined where no tax is stated at all: the gross is then not known. */
  readonly gross: DecimalText | undefined;
  readonly taxes: readonly TaxShare[];
};

/** Why a line is there, or why another was not: sentences with the numbers in them, in the order they were checked. */
export type PriceTraceLine = {
  readonly kind: 'period' | 'flat' | 'step' | 'minimum' | 'maximum';
  readonly periodIndex: number | undefined;
  readonly beginMs: EpochMs | undefined;
  readonly endMs: EpochMs | undefined;
  readonly dimension: TariffDimension | undefined;
  readonly isReservation: boolean;
  readonly tariffId: string | undefined;
  /** Position in the tariff's elements, from 0. */
  readonly elementIndex: number | undefined;
  readonly reasons: readonly string[];
  /** kWh, h or times that this line bills, exact (a fraction of hours may not end: then rounded to 10 decimals for show). */
  readonly quantity: DecimalText;
  readonly unit: 'kWh' | 'h' | 'x' | 'price';
  readonly stepSize: number | undefined;
  readonly unitPrice: DecimalText | undefined;
  readonly net: DecimalText;
  readonly vatPercent: DecimalText | undefined;
  readonly tax: DecimalText | undefined;
};

/** `code` is kebab-case and stable; the sentence says what, why and what it changes. */
export type PricingWarning = { readonly code: string; readonly message: string; readonly periodIndex?: number };

export type PricedCharge = {
  readonly currency: string;
  readonly total: PriceTotal;
  readonly byDimension: Readonly<Record<TariffDimension | 'RESERVATION', PriceTotal>>;
  readonly billedKwh: DecimalText;
  readonly billedHours: DecimalText;
  readonly billedParkingHours: DecimalText;
  readonly lines: readonly PriceTraceLine[];
  readonly warnings: readonly PricingWarning[];
  readonly rounding: RoundingConvention;
};
