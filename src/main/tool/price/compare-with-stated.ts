/**
 * The engine's figures against those the sender states, and what makes the difference. Where OCPI leaves a choice open, which is how to round
 * and how to read the hour that the end of summer time repeats, the sender's choice is taken once it is known; where the sender reads
 * the standard otherwise, our price stands and the other reading is named beside it.
 */
import type { StatedPrice, StatedTotals } from '../../../shared/domain/marketplace/charge-record.ts';
import type { Charge } from '../../../shared/domain/tariff/charge.ts';
import {
  agreesInTotal,
  differenceOf,
  findOddFigures,
  type StatedFigures,
} from '../../../shared/domain/tariff/compare-figures.ts';
import { findConvention, type Convention } from '../../../shared/domain/tariff/find-convention.ts';
import type { PricedCharge, PricingWarning, RoundingConvention } from '../../../shared/domain/tariff/price.ts';
import { priceCharge } from '../../../shared/domain/tariff/price-session.ts';
import { sayConvention } from '../../../shared/domain/tariff/say-convention.ts';
import type { DecimalText } from '../../../shared/domain/tariff/tariff.ts';
import { accept, type Result } from '../../../shared/kernel/result.ts';
import { writeRounding } from './read-rounding.ts';

type Stated = Partial<StatedTotals>;
type Verdict = 'agrees' | 'explained' | 'differs' | 'nothing-stated';
type Sides = { readonly net: DecimalText; readonly gross: DecimalText | null };

export type Comparison = {
  readonly priced: PricedCharge;
  readonly verdict: Verdict;
  readonly stated: Readonly<Record<string, StatedPrice>>;
  /** The stated total less what the usual rounding and reading make of the charge, or those that were asked for. */
  readonly difference: Sides | null;
  /** What reproduces the stated total, and the total it makes. */
  readonly convention: (Convention & Sides & { readonly name: string; readonly sentence: string }) | null;
  /** Where the price that is shown is the sender's way to round: what the usual one makes of the charge. */
  readonly asUsual: Sides | null;
  readonly checks: readonly PricingWarning[];
};

/** @param rounding the only one to try; undefined searches */
export function compareWithStated(
  charge: Charge,
  stated: Stated,
  rounding: RoundingConvention | undefined,
): Result<Comparison> {
  const usual = priceCharge(charge, rounding === undefined ? {} : { rounding });
  if (!usual.ok) return usual;
  const { energyKwh: _energy, timeHours: _time, parkingHours: _parking, ...prices } = stated;
  const { cost } = stated;
  if (cost === undefined)
    return accept({
      priced: usual.value,
      verdict: 'nothing-stated',
      stated: prices,
      difference: null,
      convention: null,
      asUsual: null,
      checks: [],
    });
  const figures: StatedFigures = { ...stated, cost };
  const isUsual = agreesInTotal(usual.value.total, cost);
  const convention = isUsual
    ? { rounding: usual.value.rounding, reading: {} }
    : findConvention(charge, figures, { likely: [usual.value.rounding], othersToo: rounding === undefined });
  const reproduced = convention && priceCharge(charge, { rounding: convention.rounding, readings: convention.reading });
  const theirs = reproduced?.ok === true ? reproduced.value : undefined;
  const priced =
    theirs !== undefined && convention !== undefined && isTheirsToChoose(convention) ? theirs : usual.value;
  return accept({
    priced,
    verdict: isUsual ? 'agrees' : convention === undefined ? 'differs' : 'explained',
    stated: prices,
    difference: differenceOf(usual.value.total, cost),
    convention:
      convention === undefined || theirs === undefined
        ? null
        : {
            name: nameOf(convention),
            sentence: `The sender ${sayConvention(convention)}.`,
            ...convention,
            ...sidesOf(theirs),
          },
    asUsual: isUsual || priced === usual.value ? null : sidesOf(usual.value),
    checks: findOddFigures(theirs ?? usual.value, figures),
  });
}

/** Domain rules 3 and 9: the standard decides neither. */
function isTheirsToChoose({ reading }: Convention): boolean {
  return Object.values(reading).every((value) => value === 'before-change' || value === 'after-change');
}

const sidesOf = ({ total }: PricedCharge): Sides => ({ net: total.net, gross: total.gross ?? null });

function nameOf({ rounding, reading }: Convention): string {
  return [writeRounding(rounding), ...Object.entries(reading).map(([point, value]) => `${point}=${value}`)].join(' ');
}
