/**
 * From exact lines to money: the convention rounds each line, each dimension or the total, then the session's limits apply.
 *
 * Invariant: the gross is undefined only where an amount has no stated tax and none of the others has one.
 */
import { add, isZero, roundTo, toDecimalText, toShortText, type Exact } from '../../../../kernel/exact.ts';
import type { PriceTotal, RoundingConvention } from '../../price.ts';
import type { TariffDimension } from '../../tariff.ts';
import { applyLimits, type Adjustment, type Limits } from './apply-limits.ts';
import type { BilledLine } from './bill-line.ts';
import { mergeShares, netOf, roundShares, shareByRate, taxOf, type Share, type Taxed } from './round-shares.ts';

export type CostCentre = TariffDimension | 'RESERVATION';

/** What is added up: a line with the step that was added to it, if any. */
export type CostItem = { readonly centre: CostCentre; readonly amounts: readonly Taxed[] };

export type Totals = {
  readonly total: PriceTotal;
  readonly byDimension: Readonly<Record<CostCentre, PriceTotal>>;
  readonly adjustments: readonly Adjustment[];
};

const CENTRES: readonly CostCentre[] = ['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME', 'RESERVATION'];

export function centreOf({ choice }: BilledLine): CostCentre {
  return choice.scope === 'session' ? choice.dimension : 'RESERVATION';
}

/** The rate that a line's tax was reckoned with. */
export function percentOf({ choice, tax }: BilledLine): Exact | undefined {
  return tax === undefined || choice.price.tariff.taxBasis === 'not-applicable' ? undefined : choice.price.vatPercent;
}

export function totalPrice(items: readonly CostItem[], limits: Limits, rounding: RoundingConvention): Totals {
  const byCentre = CENTRES.map((centre) =>
    shareCentre(
      items.filter((item) => item.centre === centre),
      rounding,
    ),
  );
  const isGrossKnown = isTaxKnown(items);
  const limited = applyLimits(mergeShares(byCentre), isGrossKnown, limits);
  // A limit is an amount of money by itself, so each side of a limited total is rounded for itself.
  const first = limited.adjustments.length > 0 ? 'gross' : rounding.first;
  const isRounded = rounding.stage !== 'total' && limited.adjustments.length === 0;
  const shares = isRounded ? limited.shares : roundShares(limited.shares, { ...rounding, first });
  const write = (value: Exact): string => toDecimalText(value, rounding.scale, rounding.mode);
  return {
    total: writeTotal(shares, limited.isGrossKnown, write),
    byDimension: writeCentres(items, byCentre),
    adjustments: limited.adjustments,
  };
}

function shareCentre(items: readonly CostItem[], rounding: RoundingConvention): readonly Share[] {
  if (rounding.stage === 'line')
    return mergeShares(items.map(({ amounts }) => roundShares(shareByRate(amounts), rounding)));
  const shares = shareByRate(items.flatMap(({ amounts }) => amounts));
  return rounding.stage === 'dimension' ? roundShares(shares, rounding) : shares;
}

function isTaxKnown(items: readonly CostItem[]): boolean {
  const amounts = items.flatMap((item) => item.amounts);
  return amounts.some(({ tax }) => tax !== undefined) || amounts.every(({ net }) => isZero(net));
}

function writeCentres(
  items: readonly CostItem[],
  byCentre: readonly (readonly Share[])[],
): Readonly<Record<CostCentre, PriceTotal>> {
  const write = (at: number): PriceTotal => {
    const isKnown = isTaxKnown(items.filter(({ centre }) => centre === CENTRES[at]));
    return writeTotal(byCentre[at] ?? [], isKnown, toShortText);
  };
  return { ENERGY: write(0), FLAT: write(1), PARKING_TIME: write(2), TIME: write(3), RESERVATION: write(4) };
}

function writeTotal(shares: readonly Share[], isGrossKnown: boolean, write: (value: Exact) => string): PriceTotal {
  const net = netOf(shares);
  if (!isGrossKnown) return { net: write(net), gross: undefined, taxes: [] };
  const taxes = shares
    .filter(({ base, tax }) => !isZero(base) || !isZero(tax))
    .map(({ name, percent, base, tax }) => ({
      name,
      percent: percent === undefined ? undefined : toShortText(percent),
      base: write(base),
      amount: write(tax),
    }));
  return { net: write(net), gross: write(add(net, taxOf(shares))), taxes };
}

/** For lines that the convention rounds by themselves. */
export function roundLine(value: Exact, { stage, scale, mode }: RoundingConvention): Exact {
  return stage === 'line' ? roundTo(value, scale, mode) : value;
}
