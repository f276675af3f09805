/**
 * Exact rational numbers: money, energies and times as they are written and as they divide. A price per hour times milliseconds and
 * a price that holds its tax do not end as decimals, so a decimal type that rounds each division would round money in passing.
 *
 * Invariant: no operation rounds. Rounding happens where a person asks for text, with a mode and a scale that are said.
 * The denominator is above zero; fractions are reduced only when they grow, since few steps of a price need it.
 */
import { assert } from './assert.ts';

declare const brand: unique symbol;

export type Exact = { readonly numerator: bigint; readonly denominator: bigint; readonly [brand]: true };

/** `up` and `down` are away from zero and towards it; the halves say where a tie goes. */
export type RoundingMode = 'half-up' | 'half-even' | 'half-down' | 'up' | 'down';

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
/** Beyond this a fraction is reduced: arithmetic on machine words is several times faster than on longer integers. */
const LONG = 1n << 62n;
const SHOWN_DECIMALS = 10;

const powersOfTen: bigint[] = [];

function powerOfTen(exponent: number): bigint {
  return (powersOfTen[exponent] ??= 10n ** BigInt(exponent));
}

function make(numerator: bigint, denominator: bigint): Exact {
  if (denominator < LONG) return { numerator, denominator } as Exact;
  const divisor = greatestDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor } as Exact;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a < 0n ? -a : a, b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}

export const ZERO: Exact = make(0n, 1n);
export const ONE: Exact = make(1n, 1n);

/** Decimal text without exponent; undefined when it is anything else. */
export function readExact(text: string): Exact | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const point = text.indexOf('.');
  if (point === -1) return make(BigInt(text), 1n);
  return make(BigInt(text.slice(0, point) + text.slice(point + 1)), powerOfTen(text.length - point - 1));
}

/** For text that has been judged before. */
export function exactOf(text: string): Exact {
  const value = readExact(text);
  assert(value !== undefined, `"${text}" is a decimal number`);
  return value;
}

/** A quotient of whole numbers. */
export function fraction(numerator: number, denominator = 1): Exact {
  assert(denominator > 0, 'a fraction’s denominator is above zero');
  return make(BigInt(numerator), BigInt(denominator));
}

export function add(a: Exact, b: Exact): Exact {
  if (a.denominator === b.denominator) return make(a.numerator + b.numerator, a.denominator);
  return make(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function negate(a: Exact): Exact {
  return make(-a.numerator, a.denominator);
}

export function subtract(a: Exact, b: Exact): Exact {
  return add(a, negate(b));
}

export function multiply(a: Exact, b: Exact): Exact {
  return make(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divide(a: Exact, b: Exact): Exact {
  assert(b.numerator !== 0n, 'nothing is divided by zero');
  return b.numerator > 0n
    ? make(a.numerator * b.denominator, a.denominator * b.numerator)
    : make(-a.numerator * b.denominator, a.denominator * -b.numerator);
}

export function sum(values: Iterable<Exact>): Exact {
  let total = ZERO;
  for (const value of values) total = add(total, value);
  return total;
}

/** Below zero, zero or above zero, as a comparison wants it. */
export function compare(a: Exact, b: Exact): number {
  const difference =
    a.denominator === b.denominator
      ? a.numerator - b.numerator
      : a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isZero(a: Exact): boolean {
  return a.numerator === 0n;
}

export function isNegative(a: Exact): boolean {
  return a.numerator < 0n;
}

export function smaller(a: Exact, b: Exact): Exact {
  return compare(a, b) <= 0 ? a : b;
}

export function larger(a: Exact, b: Exact): Exact {
  return compare(a, b) >= 0 ? a : b;
}

export function magnitude(a: Exact): Exact {
  return isNegative(a) ? negate(a) : a;
}

/** The least multiple of a step, which is above zero, that is not below the value. */
export function roundUpTo(value: Exact, step: Exact): Exact {
  const { numerator, denominator } = divide(value, step);
  const whole = numerator / denominator;
  const isBelow = numerator > 0n && whole * denominator !== numerator;
  return multiply(make(isBelow ? whole + 1n : whole, 1n), step);
}

export function roundTo(value: Exact, scale: number, mode: RoundingMode): Exact {
  const unit = powerOfTen(scale);
  return make(roundedUnits(value, unit, mode), unit);
}

/** Decimal text with exactly `scale` decimals. */
export function toDecimalText(value: Exact, scale: number, mode: RoundingMode): string {
  return writeUnits(roundedUnits(value, powerOfTen(scale), mode), scale);
}

/** Without loss where the decimals end, else with ten of them; trailing zeros are left out. */
export function toShortText(value: Exact): string {
  const scale = endingDecimals(value) ?? SHOWN_DECIMALS;
  const text = toDecimalText(value, scale, 'half-even');
  if (!text.includes('.')) return text;
  const short = text.replace(/\.?0+$/, '');
  return short === '-0' ? '0' : short;
}

/** How many decimals write the value without loss; undefined when none do or more than a person would read. */
function endingDecimals(value: Exact): number | undefined {
  for (let scale = 0; scale <= SHOWN_DECIMALS; scale += 1)
    if ((value.numerator * powerOfTen(scale)) % value.denominator === 0n) return scale;
  return undefined;
}

function roundedUnits(value: Exact, unit: bigint, mode: RoundingMode): bigint {
  const { numerator, denominator } = value;
  const isBelowZero = numerator < 0n;
  const scaled = (isBelowZero ? -numerator : numerator) * unit;
  const whole = scaled / denominator;
  const rest = scaled - whole * denominator;
  const rounded = rest !== 0n && goesUp(mode, rest * 2n - denominator, whole) ? whole + 1n : whole;
  return isBelowZero ? -rounded : rounded;
}

/** @param overHalf below zero, zero or above zero as the rest is below a half, a half, or above it */
function goesUp(mode: RoundingMode, overHalf: bigint, whole: bigint): boolean {
  if (mode === 'up') return true;
  if (mode === 'down') return false;
  if (overHalf !== 0n) return overHalf > 0n;
  return mode === 'half-up' || (mode === 'half-even' && whole % 2n === 1n);
}

function writeUnits(units: bigint, scale: number): string {
  if (scale === 0) return units.toString();
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
