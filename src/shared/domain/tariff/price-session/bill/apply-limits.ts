/**
 * The least and the greatest price of a session. Each side of a total has its own limit, since taxes of several rates reach one
 * earlier than the other (OCPI 2.2.1, 11.3.1, notes on `min_price` and `max_price`).
 *
 * Invariant: a total within all limits is left as it is; where limits contradict each other the greatest price wins.
 */
import { add, compare, divide, isZero, multiply, subtract, ZERO, type Exact } from '../../../../kernel/exact.ts';
import { taxOn, type Amount } from './bill-line.ts';
import type { Limit } from '../terms/compile-tariff.ts';
import { netOf, taxOf, type Share } from './round-shares.ts';

export type Adjustment = Amount & { readonly kind: 'minimum' | 'maximum'; readonly limit: Limit };

export type Limited = {
  readonly shares: readonly Share[];
  readonly isGrossKnown: boolean;
  readonly adjustments: readonly Adjustment[];
};

export type Limits = { readonly minimum: Limit | undefined; readonly maximum: Limit | undefined };

export function applyLimits(shares: readonly Share[], isGrossKnown: boolean, limits: Limits): Limited {
  let limited: Limited = { shares, isGrossKnown, adjustments: [] };
  for (const kind of ['minimum', 'maximum'] as const) {
    const limit = limits[kind];
    if (limit !== undefined) limited = applyLimit(limited, kind, limit);
  }
  return limited;
}

function applyLimit(before: Limited, kind: Adjustment['kind'], limit: Limit): Limited {
  const bound: Bound = (value, to) =>
    (kind === 'minimum' ? compare(value, to) < 0 : compare(value, to) > 0) ? to : value;
  const net = netOf(before.shares);
  const addedNet = subtract(bound(net, limit.net), net);
  const gross = boundGross(before, limit, bound, !isZero(addedNet));
  const tax = taxOf(before.shares);
  const addedTax = gross === undefined ? ZERO : subtract(subtract(gross, add(net, addedNet)), tax);
  if (isZero(addedNet) && isZero(addedTax)) return before;
  const isGrossKnown = gross !== undefined;
  return {
    shares: addToShares(before.shares, kind, addedNet, addedTax),
    isGrossKnown,
    adjustments: [...before.adjustments, { kind, limit, net: addedNet, tax: isGrossKnown ? addedTax : undefined }],
  };
}

type Bound = (value: Exact, to: Exact) => Exact;

/** Undefined where the net moves to a limit and nothing says how much tax that is. */
function boundGross(
  { shares, isGrossKnown }: Limited,
  limit: Limit,
  bound: Bound,
  isNetBound: boolean,
): Exact | undefined {
  if (!isGrossKnown) return isNetBound ? limit.gross : undefined;
  const gross = add(netOf(shares), taxOf(shares));
  if (limit.gross !== undefined) return bound(gross, limit.gross);
  if (!isNetBound) return gross;
  const atNet = grossAtNet(shares, limit.net);
  return atNet === undefined ? undefined : bound(gross, atNet);
}

/** What a limit without tax is with tax: by the one rate there is, or in the proportion of the total. */
function grossAtNet(shares: readonly Share[], limit: Exact): Exact | undefined {
  const [only, another] = shares;
  if (another === undefined && only?.percent !== undefined) return add(limit, taxOn(limit, only.percent));
  const net = netOf(shares);
  return isZero(net) ? undefined : multiply(limit, divide(add(net, taxOf(shares)), net));
}

/** A limit moves the only rate's share where it keeps to that rate; else it has no rate and stands for itself. */
function addToShares(shares: readonly Share[], kind: Adjustment['kind'], net: Exact, tax: Exact): readonly Share[] {
  const [only, another] = shares;
  if (another === undefined && only?.percent !== undefined && compare(taxOn(net, only.percent), tax) === 0)
    return [{ ...only, base: add(only.base, net), tax: add(only.tax, tax) }];
  return [
    ...shares,
    { name: kind === 'minimum' ? 'Minimum price' : 'Maximum price', percent: undefined, base: net, tax },
  ];
}
