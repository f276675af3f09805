/**
 * How an operator may have come to a total that is not ours: by another rounding, which OCPI leaves open, or by reading the standard
 * otherwise at one point as well. The set is finite and in the order of likelihood, so the same figures always get the same name.
 *
 * Invariant: what is named reproduces the stated total; nothing is named that rounds below the currency's own coins, for that is another
 * price.
 */
import { compare, exactOf, fraction, magnitude, multiply, subtract, type Exact } from '../../kernel/exact.ts';
import { minorDigitsOf } from '../../kernel/minor-digits.ts';
import type { Charge } from './charge.ts';
import { agreesInParts, agreesInTotal, type PriceSides, type StatedFigures } from './compare-figures.ts';
import { listDepartures } from './list-departures.ts';
import { reckonCharge, roundCharge, type ReckonedCharge } from './price-session.ts';
import type { CostItem } from './price-session/bill/total-price.ts';
import type { Readings } from './price-session/readings.ts';
import type { RoundingConvention } from './price.ts';

export type Convention = {
  readonly rounding: RoundingConvention;
  /** Where the standard is read otherwise than here; empty when only the rounding is another. */
  readonly reading: Partial<Readings>;
};

export type RoundingsToTry = {
  /** In the order in which they are tried, before any other. */
  readonly likely: readonly RoundingConvention[];
  readonly othersToo: boolean;
};

const MODES = ['half-up', 'half-even', 'half-down', 'down', 'up'] as const;
const STAGES = ['total', 'dimension', 'line'] as const;
const FIRST = ['gross', 'net'] as const;
/** OCPI's own four decimals are commoner than anything between them and the coin. */
const FINE_SCALES = [4, 3, 2, 1] as const;
const SMALLEST_UNITS: readonly Exact[] = ['1', '0.1', '0.01', '0.001', '0.0001'].map(exactOf);
const UNROUNDED: RoundingConvention = { mode: 'half-up', scale: 4, stage: 'total', first: 'gross' };

/** The first convention that reproduces the total with every stated part, else the first that reproduces the total. */
export function findConvention(
  charge: Charge,
  stated: StatedFigures,
  roundings: RoundingsToTry,
): Convention | undefined {
  const { likely, othersToo } = roundings;
  const others = othersToo ? listRoundings(charge.currency) : [];
  const standard = reckonCharge(charge);
  if (!standard.ok) return undefined;
  const tried: (readonly CostItem[])[] = [];
  let byTotal: Convention | undefined;
  for (const reading of [{}, ...listDepartures(charge, standard.value)]) {
    const isStandard = tried.length === 0;
    const reckoned = isStandard ? standard : reckonCharge(charge, reading);
    if (!reckoned.ok || tried.some((costs) => costAlike(costs, reckoned.value.costs))) continue;
    tried.push(reckoned.value.costs);
    // A departure with an odd rounding would explain nearly any figure by chance.
    const fitting = isStandard ? others : others.filter(({ mode }) => mode === 'half-up');
    for (const rounding of reachable([...likely, ...fitting], reckoned.value, stated.cost)) {
      const totals = roundCharge(reckoned.value, rounding);
      if (!agreesInTotal(totals.total, stated.cost)) continue;
      if (agreesInParts(totals, stated, rounding)) return { rounding, reading };
      byTotal ??= { rounding, reading };
    }
  }
  return byTotal;
}

/** The usual first, then by how common they are: the sooner one fits, the less it is by chance. */
function listRoundings(currency: string): readonly RoundingConvention[] {
  const coin = minorDigitsOf(currency) as RoundingConvention['scale'];
  const scales = [coin, ...FINE_SCALES.filter((scale) => scale > coin)];
  return scales.flatMap((scale) =>
    MODES.flatMap((mode) => STAGES.flatMap((stage) => FIRST.map((first) => ({ mode, scale, stage, first })))),
  );
}

/** Rounding moves an amount by less than its smallest unit, so what is further away is out of reach however it is rounded. */
function reachable(
  roundings: readonly RoundingConvention[],
  reckoned: ReckonedCharge,
  stated: PriceSides,
): readonly RoundingConvention[] {
  const exactNet = exactOf(roundCharge(reckoned, UNROUNDED).total.net);
  const distance = magnitude(subtract(exactNet, exactOf(stated.net)));
  const amounts = { line: reckoned.costs.length, dimension: Math.min(reckoned.costs.length, 5), total: 1 };
  return roundings.filter(({ stage, scale }) => {
    // One more, for the decimals that the exact amount and the stated one were cut to.
    const reach = multiply(fraction(amounts[stage] + 1), SMALLEST_UNITS[scale] ?? exactOf('1'));
    return compare(distance, reach) <= 0;
  });
}

/** Most departures change nothing of most charges; what costs the same need not be rounded again. */
function costAlike(one: readonly CostItem[], other: readonly CostItem[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ centre, amounts }, at) => {
      const against = other[at];
      return (
        against !== undefined &&
        centre === against.centre &&
        amounts.length === against.amounts.length &&
        amounts.every((amount, index) =>
          (['net', 'tax', 'percent'] as const).every((side) => isSame(amount[side], against.amounts[index]?.[side])),
        )
      );
    })
  );
}

function isSame(one: Exact | undefined, other: Exact | undefined): boolean {
  return one === undefined || other === undefined ? one === other : compare(one, other) === 0;
}
