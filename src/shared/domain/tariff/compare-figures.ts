/**
 * A price against the figures that its sender states: the total, and the parts of it that are stated too (OCPI 2.2.1, 10.3.1 `total_*`).
 *
 * Invariant: what is not stated cannot differ, and a figure with more decimals than OCPI carries is compared at those it carries.
 */
import { compare, exactOf, roundTo, subtract, toShortText, type Exact } from '../../kernel/exact.ts';
import type { Totals } from './price-session/bill/total-price.ts';
import type { PricedCharge, PricingWarning, PriceTotal, RoundingConvention } from './price.ts';
import type { DecimalText } from './tariff.ts';

export type PriceSides = Pick<PriceTotal, 'net' | 'gross'>;

export type StatedFigures = { readonly cost: PriceSides } & {
  readonly [Part in 'fixedCost' | 'energyCost' | 'timeCost' | 'parkingCost' | 'reservationCost']?:
    | PriceSides
    | undefined;
};

/** Numbers of OCPI have four decimals (2.2.1, 16.4); what is beyond them is noise of binary arithmetic. */
const CARRIED_DECIMALS = 4;

/** Net, and gross where both have one. */
export function agreesInTotal(ours: PriceSides, theirs: PriceSides): boolean {
  return agree(ours, theirs, isSame);
}

/** A part agrees too when it does once it is rounded like the total: most senders write it so, and add up the exact ones. */
export function agreesInParts(
  totals: Pick<Totals, 'byDimension'>,
  stated: StatedFigures,
  by: RoundingConvention,
): boolean {
  return listParts(totals, stated).every(({ ours, theirs }) => partAgrees(ours, theirs, by));
}

/** Stated less ours; the gross only where both have one. */
export function differenceOf(
  ours: PriceSides,
  theirs: PriceSides,
): { readonly net: DecimalText; readonly gross: DecimalText | null } {
  const less = (a: DecimalText, b: DecimalText): DecimalText => toShortText(subtract(exactOf(a), exactOf(b)));
  const isGrossKnown = ours.gross !== undefined && theirs.gross !== undefined;
  return {
    net: less(theirs.net, ours.net),
    gross: isGrossKnown ? less(theirs.gross ?? '', ours.gross ?? '') : null,
  };
}

/** What the total alone does not show: parts that differ, and a net that is our gross. */
export function findOddFigures(priced: PricedCharge, stated: StatedFigures): readonly PricingWarning[] {
  const write = ({ net, gross }: PriceSides): string =>
    gross === undefined ? `${net} net` : `${net} net, ${gross} gross`;
  const odd = listParts(priced, stated)
    .filter(({ ours, theirs }) => !partAgrees(ours, theirs, priced.rounding))
    .map(({ name, ours, theirs }) => ({
      code: 'part-differs',
      message: `${name} is stated as ${write(theirs)}, and comes to ${write(ours)}. Ask the sender how that part was computed.`,
    }));
  const { net, gross } = priced.total;
  if (gross === undefined || isSame(net, stated.cost.net) || !isSame(gross, stated.cost.net)) return odd;
  return [
    ...odd,
    {
      code: 'net-is-gross',
      message: `What is stated without tax, ${stated.cost.net}, is our amount with tax. The sender may have taken one for the other; ask for a corrected record.`,
    },
  ];
}

type Part = { readonly name: string; readonly ours: PriceSides; readonly theirs: PriceSides };

function listParts({ byDimension }: Pick<Totals, 'byDimension'>, stated: StatedFigures): readonly Part[] {
  const parts = [
    ['total_fixed_cost', byDimension.FLAT, stated.fixedCost],
    ['total_energy_cost', byDimension.ENERGY, stated.energyCost],
    ['total_time_cost', byDimension.TIME, stated.timeCost],
    ['total_parking_cost', byDimension.PARKING_TIME, stated.parkingCost],
    ['total_reservation_cost', byDimension.RESERVATION, stated.reservationCost],
  ] as const;
  return parts.flatMap(([name, ours, theirs]) => (theirs === undefined ? [] : [{ name, ours, theirs }]));
}

type Sameness = (ours: DecimalText, theirs: DecimalText) => boolean;

function agree(ours: PriceSides, theirs: PriceSides, isAlike: Sameness): boolean {
  if (!isAlike(ours.net, theirs.net)) return false;
  return ours.gross === undefined || theirs.gross === undefined || isAlike(ours.gross, theirs.gross);
}

function partAgrees(ours: PriceSides, theirs: PriceSides, { scale, mode }: RoundingConvention): boolean {
  const isRounded = (one: DecimalText, other: DecimalText, decimals: number, by: RoundingConvention['mode']): boolean =>
    compare(roundTo(exactOf(one), decimals, by), asCarried(other)) === 0;
  return agree(
    ours,
    theirs,
    (one, other) =>
      isSame(one, other) || isRounded(one, other, scale, mode) || isRounded(one, other, CARRIED_DECIMALS, 'half-up'),
  );
}

function isSame(ours: DecimalText, theirs: DecimalText): boolean {
  return compare(exactOf(ours), asCarried(theirs)) === 0;
}

function asCarried(text: DecimalText): Exact {
  const exact = exactOf(text);
  return (text.split('.')[1]?.length ?? 0) > CARRIED_DECIMALS ? roundTo(exact, CARRIED_DECIMALS, 'half-up') : exact;
}
