/**
 * Decimal text to and from integer minor units of a currency (ISO 4217). Books are kept in whole minor units, prices are not (OCPI
 * 2.2.1, 16.4: four decimals), so whoever books a price keeps what rounding left over beside it: minor units plus remainder are the
 * price, always.
 */
import { assert } from '../../kernel/assert.ts';
import { exactOf, roundTo, subtract, toDecimalText } from '../../kernel/exact.ts';
import { minorDigitsOf } from '../../kernel/minor-digits.ts';
import type { DecimalText } from '../tariff/tariff.ts';
import type { MinorUnits } from './account.ts';
import { decimalsOf, writeDecimal } from './decimal-places.ts';

/** Half away from nought on either side of it. */
const ROUNDING = 'half-up';

export type Booked = {
  readonly minor: MinorUnits;
  /** What the amount is more than the minor units say; `0` when they say all of it. */
  readonly remainder: DecimalText;
};

/**
 * Rounds half away from nought, so that a credit of the same price cancels it to the last unit.
 * @param amount in the currency's main unit
 */
export function toMinorUnits(amount: DecimalText, digits: number): Booked {
  const exact = exactOf(amount);
  const rounded = roundTo(exact, digits, ROUNDING);
  // Adding nought takes the sign from a nought that was below it.
  const minor = Number(toDecimalText(rounded, digits, ROUNDING).replace('.', '')) + 0;
  assert(Number.isSafeInteger(minor), `${amount} fits into the books`);
  return { minor, remainder: writeDecimal(subtract(exact, rounded), Math.max(digits, decimalsOf(amount))) };
}

/** @returns decimal text with as many decimals as the currency has */
export function fromMinorUnits(minor: MinorUnits, digits: number): DecimalText {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** For sentences: `12.35 EUR`. */
export function sayMinor(minor: MinorUnits, currency: string): string {
  return `${fromMinorUnits(minor, minorDigitsOf(currency))} ${currency}`;
}
