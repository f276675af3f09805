/**
 * Net amounts and taxes by rate, and their rounding to money by an operator's convention.
 *
 * Invariant: after rounding, bases sum to the net and bases and taxes together to the gross; what rounding leaves over goes to the
 * greatest part, so that no cent appears or is lost between a total and what it is made of.
 */
import {
  add,
  compare,
  isZero,
  magnitude,
  roundTo,
  subtract,
  sum,
  toShortText,
  ZERO,
  type Exact,
} from '../../../../kernel/exact.ts';
import type { RoundingConvention } from '../../price.ts';
import { taxOn, type Amount } from './bill-line.ts';

export type Share = {
  readonly name: string;
  readonly percent: Exact | undefined;
  readonly base: Exact;
  readonly tax: Exact;
};

export type Taxed = Amount & { readonly percent: Exact | undefined };

const NOT_STATED = 'No tax stated';

export function shareByRate(amounts: readonly Taxed[]): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const { net, tax, percent } of amounts) {
    const key = percent === undefined ? NOT_STATED : toShortText(percent);
    const known = shares.get(key);
    shares.set(key, {
      name: percent === undefined ? NOT_STATED : 'VAT',
      percent,
      base: add(known?.base ?? ZERO, net),
      tax: add(known?.tax ?? ZERO, tax ?? ZERO),
    });
  }
  return [...shares.values()];
}

export function mergeShares(groups: readonly (readonly Share[])[]): readonly Share[] {
  return shareByRate(groups.flat().map(({ base, tax, percent }) => ({ net: base, tax, percent })));
}

export function netOf(shares: readonly Share[]): Exact {
  return sum(shares.map(({ base }) => base));
}

export function taxOf(shares: readonly Share[]): Exact {
  return sum(shares.map(({ tax }) => tax));
}

export function roundShares(
  shares: readonly Share[],
  { mode, scale, first }: Pick<RoundingConvention, 'mode' | 'scale' | 'first'>,
): readonly Share[] {
  const round = (value: Exact): Exact => roundTo(value, scale, mode);
  const exactNet = netOf(shares);
  const net = round(exactNet);
  const bases = apportion(
    shares.map(({ base }) => base),
    net,
    round,
  );
  const taxes =
    first === 'net'
      ? shares.map(({ percent, tax }, at) =>
          percent === undefined ? round(tax) : round(taxOn(bases[at] ?? ZERO, percent)),
        )
      : apportion(
          shares.map(({ tax }) => tax),
          subtract(round(add(exactNet, taxOf(shares))), net),
          round,
        );
  return shares.map((share, at) => ({ ...share, base: bases[at] ?? ZERO, tax: taxes[at] ?? ZERO }));
}

/** Rounds each part, and gives what is then missing from the total to the greatest. */
function apportion(parts: readonly Exact[], total: Exact, round: (value: Exact) => Exact): readonly Exact[] {
  const rounded = parts.map(round);
  const rest = subtract(total, sum(rounded));
  if (isZero(rest)) return rounded;
  let greatest = 0;
  for (const [at, part] of parts.entries())
    if (compare(magnitude(part), magnitude(parts[greatest] ?? ZERO)) > 0) greatest = at;
  return rounded.map((part, at) => (at === greatest ? add(part, rest) : part));
}
