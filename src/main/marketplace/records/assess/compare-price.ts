/**
 * The price of a record as the console makes it, against the one that is stated. OCPI leaves rounding open, so the contract's convention is
 * tried first, then the one that has explained most of this CPO's records, then every other; which of them reproduces the CPO's figures
 * is part of the answer.
 */
import type { ChargeCheck, ChargeRecord } from '../../../../shared/domain/marketplace/charge-record.ts';
import { agreesInTotal, differenceOf, findOddFigures } from '../../../../shared/domain/tariff/compare-figures.ts';
import { findConvention, type Convention } from '../../../../shared/domain/tariff/find-convention.ts';
import { priceCharge, usualRounding } from '../../../../shared/domain/tariff/price-session.ts';
import type { PricedCharge } from '../../../../shared/domain/tariff/price.ts';
import { sayAmount } from '../../../../shared/domain/tariff/say-amount.ts';
import { sayReading, sayRounding } from '../../../../shared/domain/tariff/say-convention.ts';
import type { DecimalText } from '../../../../shared/domain/tariff/tariff.ts';
import { compare, divide, exactOf, isNegative, larger, magnitude, multiply } from '../../../../shared/kernel/exact.ts';
import type { RecordFacts } from './record-facts.ts';

export type ComparedPrice = {
  readonly verdict: 'agrees' | 'explained' | 'differs' | 'not-priced';
  readonly priced: PricedCharge | undefined;
  /** Stated less priced, gross where both have one, else net. */
  readonly difference: DecimalText | undefined;
  readonly explainedBy: Convention | undefined;
  /** What the comparison itself has to say. */
  readonly checks: readonly ChargeCheck[];
  /** What is doubtful about the record, whatever its price. */
  readonly remarks: readonly ChargeCheck[];
};

/** Where nothing was agreed, a cent. */
const USUAL_TOLERANCE = { amount: '0.01', percent: '0' };
const HUNDRED = exactOf('100');

export function comparePrice(
  record: ChargeRecord,
  facts: Pick<RecordFacts, 'terms' | 'learntRounding'>,
): ComparedPrice {
  const stated = record.totals.cost;
  const agreed = facts.terms?.rounding ?? usualRounding(record.charge.currency);
  const priced = priceCharge(record.charge, { rounding: agreed });
  if (!priced.ok) return refuseToPrice(priced.code, priced.message);
  const difference = sideOf(differenceOf(priced.value.total, stated));
  const common = { priced: priced.value, difference, remarks: remarkOn(priced.value, priced.value, record) };
  if (agreesInTotal(priced.value.total, stated))
    return { ...common, verdict: 'agrees', explainedBy: { rounding: agreed, reading: {} }, checks: [] };
  const likely = [agreed, facts.learntRounding].filter((rounding) => rounding !== undefined);
  const convention = findConvention(record.charge, record.totals, { likely, othersToo: true });
  if (convention === undefined)
    return {
      ...common,
      verdict: 'differs',
      explainedBy: undefined,
      checks: [sayDifference(record, priced.value, difference, facts)],
    };
  const theirs = priceCharge(record.charge, { rounding: convention.rounding, readings: convention.reading });
  return {
    ...common,
    verdict: 'explained',
    explainedBy: convention,
    checks: [sayExplanation(convention, facts.terms !== undefined)],
    remarks: remarkOn(priced.value, theirs.ok ? theirs.value : priced.value, record),
  };
}

/** @param theirs the price whose parts are compared with the stated ones */
function remarkOn(ours: PricedCharge, theirs: PricedCharge, record: ChargeRecord): readonly ChargeCheck[] {
  const odd = [...ours.warnings, ...findOddFigures(theirs, record.totals)];
  return odd.map(({ code, message }) => ({ code, severity: 'note', message }));
}

const sideOf = ({ net, gross }: ReturnType<typeof differenceOf>): DecimalText => gross ?? net;

function refuseToPrice(code: string, message: string): ComparedPrice {
  return {
    verdict: 'not-priced',
    priced: undefined,
    difference: undefined,
    explainedBy: undefined,
    checks: [{ code, severity: 'warning', message }],
    remarks: [],
  };
}

function sayExplanation({ rounding, reading }: Convention, isAgreed: boolean): ChargeCheck {
  const other = sayReading(reading);
  if (other !== undefined)
    return {
      code: 'reading-explains',
      severity: 'warning',
      message: `The figure comes out when the CPO ${other}. The standard is read otherwise here; settle with the CPO which holds.`,
    };
  return {
    code: 'rounding-explains',
    severity: 'note',
    message: `The figure comes out when the CPO ${sayRounding(rounding)}${isAgreed ? ', which is not the rounding agreed in the contract' : ''}.`,
  };
}

function sayDifference(
  record: ChargeRecord,
  priced: PricedCharge,
  difference: DecimalText,
  { terms }: Pick<RecordFacts, 'terms'>,
): ChargeCheck {
  const stated = record.totals.cost;
  const isGross = stated.gross !== undefined && priced.total.gross !== undefined;
  const [theirs, ours] = isGross ? [stated.gross, priced.total.gross] : [stated.net, priced.total.net];
  const tolerance = terms?.tolerance ?? USUAL_TOLERANCE;
  const share = divide(multiply(magnitude(exactOf(ours ?? '0')), exactOf(tolerance.percent)), HUNDRED);
  const amount = magnitude(exactOf(difference));
  const isTolerated = compare(amount, larger(exactOf(tolerance.amount), share)) <= 0;
  const isLess = isNegative(exactOf(difference));
  return {
    code: 'price-differs',
    severity: isTolerated ? 'note' : isLess ? 'warning' : 'breach',
    message: `The record states ${theirs} ${priced.currency} ${isGross ? 'with tax' : 'net'}, and its own tariffs and volumes make ${ours}: ${sayAmount(amount, priced.currency)} ${isLess ? 'too little' : 'too much'}. No way to round to the currency’s coins or finer explains it, and no other known reading of the standard with a common one.${isTolerated ? ' It is within the tolerance.' : ' Ask the CPO how it was computed.'}`,
  };
}
