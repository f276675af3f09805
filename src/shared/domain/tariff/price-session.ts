/**
 * Prices a charge by the tariffs in it: OCPI 2.2.1 and 2.3.0, chapters 10 and 11, by the house's eleven rules. Arithmetic is exact; money
 * is rounded once, by a convention that is named in the answer.
 *
 * Invariant: a charge gets a price with its trace, or a refusal that names why. What could be read otherwise is a warning, and
 * each other reading has a name under which it can be tried.
 */
import { isZero, larger, smaller, type Exact } from '../../kernel/exact.ts';
import { minorDigitsOf } from '../../kernel/minor-digits.ts';
import { accept, refuse, type Result } from '../../kernel/result.ts';
import type { Charge } from './charge.ts';
import type { PricedCharge, PricingWarning, RoundingConvention } from './price.ts';
import type { Limits } from './price-session/bill/apply-limits.ts';
import { billLine, priceQuantity, type BilledLine } from './price-session/bill/bill-line.ts';
import { roundUpSteps, type AddedStep } from './price-session/bill/round-up-steps.ts';
import { centreOf, percentOf, totalPrice, type CostItem, type Totals } from './price-session/bill/total-price.ts';
import { sumQuantities, writeAdjustment, writeLine, writeStep } from './price-session/bill/write-lines.ts';
import { STANDARD_READINGS, type Readings } from './price-session/readings.ts';
import type { Limit } from './price-session/terms/compile-tariff.ts';
import { openClock } from './price-session/usage/open-clock.ts';
import { placePieces, type PlacedPiece } from './price-session/usage/place-pieces.ts';
import { readUsage, type Usage, type UsageRefusal } from './price-session/usage/read-usage.ts';
import { collectWarnings, type Warnings } from './price-session/warnings.ts';

export type PricingOptions = {
  readonly rounding?: RoundingConvention;
  readonly readings?: Partial<Readings>;
};

export type PricingRefusal = UsageRefusal | 'zone-unknown';

/** To the currency's coin, each side of the total for itself: what the standard's own examples do. */
export function usualRounding(currency: string): RoundingConvention {
  const scale = minorDigitsOf(currency) as RoundingConvention['scale'];
  return { mode: 'half-up', scale, stage: 'total', first: 'gross' };
}

/** Priced exactly by one reading of the standard; any number of conventions turn it into money. */
export type ReckonedCharge = {
  readonly lines: readonly BilledLine[];
  readonly steps: readonly AddedStep[];
  readonly costs: readonly CostItem[];
  readonly limits: Limits;
  readonly warnings: readonly PricingWarning[];
};

export function priceCharge(charge: Charge, options: PricingOptions = {}): Result<PricedCharge, PricingRefusal> {
  const reckoned = reckonCharge(charge, options.readings);
  if (!reckoned.ok) return reckoned;
  const { lines, steps, warnings } = reckoned.value;
  const rounding = options.rounding ?? usualRounding(charge.currency);
  const { total, byDimension, adjustments } = roundCharge(reckoned.value, rounding);
  return accept({
    currency: charge.currency,
    total,
    byDimension,
    billedKwh: sumQuantities(lines, steps, 'ENERGY'),
    billedHours: sumQuantities(lines, steps, 'TIME'),
    billedParkingHours: sumQuantities(lines, steps, 'PARKING_TIME'),
    lines: [
      ...lines.map((line) => writeLine(line, rounding)),
      ...steps.map((step) => writeStep(step, rounding)),
      ...adjustments.map(writeAdjustment),
    ],
    warnings,
    rounding,
  });
}

export function reckonCharge(
  charge: Charge,
  departures: Partial<Readings> = {},
): Result<ReckonedCharge, PricingRefusal> {
  const readings = { ...STANDARD_READINGS, ...departures };
  const clock = openClock(charge.zone.zone, readings.clock);
  if (clock === undefined)
    return refuse(
      'zone-unknown',
      `“${charge.zone.zone}” is no time zone, so prices by the clock cannot be told. Name the location’s zone, such as Europe/Berlin.`,
    );
  const warnings = collectWarnings();
  const usages = readUsage(charge, readings, warnings);
  if (!usages.ok) return usages;
  const isUnused = usages.value.every(({ isReservation }) => isReservation);
  const rules = { ...readings, isExpired: isUnused && readings.unusedReservation === 'expired' };
  const lines = billPieces(placePieces(usages.value, { charge, clock, readings, rules, warnings }));
  const steps = roundUpSteps(lines, usages.value, readings);
  if (isUnused) warnOfUnusedReservation(warnings, readings);
  warnOfTax(lines, warnings);
  const limits = limitsOf(usages.value, isUnused);
  return accept({ lines, steps, costs: listCosts(lines, steps), limits, warnings: warnings.list() });
}

export function roundCharge({ costs, limits }: ReckonedCharge, rounding: RoundingConvention): Totals {
  return totalPrice(costs, limits, rounding);
}

/** A flat fee is billed where it first applies, once a session, once a reservation and once for its expiry. */
function billPieces(pieces: readonly PlacedPiece[]): readonly BilledLine[] {
  const billedFees = new Set<string>();
  return pieces.flatMap((piece) =>
    piece.choices.flatMap((choice) => {
      if (choice.dimension === 'FLAT') {
        if (billedFees.has(choice.scope)) return [];
        billedFees.add(choice.scope);
      }
      return [billLine(piece, choice)];
    }),
  );
}

function listCosts(lines: readonly BilledLine[], steps: readonly AddedStep[]): readonly CostItem[] {
  return lines.map((line) => {
    const { price } = line.choice;
    const percent = percentOf(line);
    const added = steps.filter((step) => step.line === line).map((step) => priceQuantity(price, step.added));
    return { centre: centreOf(line), amounts: [line, ...added].map(({ net, tax }) => ({ net, tax, percent })) };
  });
}

/**
 * A session under several tariffs keeps within the limits of all of them. The least price is one of a charging session, so a reservation
 * that nobody came for does not owe it.
 */
function limitsOf(usages: readonly Usage[], isUnused: boolean): Limits {
  let limits: Limits = { minimum: undefined, maximum: undefined };
  for (const tariff of new Set(usages.map((usage) => usage.tariff)))
    limits = {
      minimum: isUnused ? undefined : tighten(limits.minimum, tariff?.minimum, larger),
      maximum: tighten(limits.maximum, tariff?.maximum, smaller),
    };
  return limits;
}

function tighten(a: Limit | undefined, b: Limit | undefined, choose: (x: Exact, y: Exact) => Exact): Limit | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const gross = a.gross === undefined || b.gross === undefined ? (a.gross ?? b.gross) : choose(a.gross, b.gross);
  return { net: choose(a.net, b.net), gross };
}

function warnOfUnusedReservation(warnings: Warnings, { unusedReservation }: Readings): void {
  warnings.add(
    'reservation-unused',
    undefined,
    () =>
      `No charging followed the reservation. It is priced as one that ${unusedReservation === 'expired' ? 'ran out' : 'was given back in time'}, since the record does not tell which it was.`,
  );
}

function warnOfTax(lines: readonly BilledLine[], warnings: Warnings): void {
  for (const { net, choice, piece } of lines) {
    const { taxBasis } = choice.price.tariff;
    if (choice.price.vatPercent !== undefined || taxBasis === 'not-applicable' || isZero(net)) continue;
    const isGross = taxBasis === 'gross';
    warnings.add(isGross ? 'tax-rate-missing' : 'tax-not-stated', piece.usage.periodIndex, () =>
      isGross
        ? 'The tariff’s prices hold tax, but not every price says which. There the net is shown as high as the gross.'
        : 'Not every price of the tariff states a tax. Where none is stated none is added; with none at all the gross is not known.',
    );
  }
}
