/**
 * Amounts for people, from decimal text to written text without a binary fraction between: grouped, with the currency's own
 * decimals (ISO 4217), more where the amount has more. What is cut for want of room is rounded half away from zero.
 *
 * Invariant: text that is no decimal number is shown as it came; nothing is guessed from it.
 */
import type { DecimalText } from '../../shared/domain/tariff/tariff.ts';

const DECIMAL = /^(-?)(\d+)(?:\.(\d*))?$/u;
const MINUS = '−';

export type DecimalShape = {
  readonly fewest: number;
  /** Decimals beyond these are rounded away. */
  readonly most: number;
  /** A plus before what is above zero, for differences. */
  readonly signed?: boolean;
};

/** `-1234.5` as `−1,234.50`. */
export function decimalWords(text: DecimalText, { fewest, most, signed = false }: DecimalShape): string {
  const parts = DECIMAL.exec(text);
  if (parts === null) return text;
  const [, minus = '', whole = '0', fraction = ''] = parts;
  const digits = roundDigits(whole, fraction, most);
  const kept = trimZeros(digits.fraction, fewest);
  const isZero = !/[1-9]/u.test(digits.whole + kept);
  const sign = isZero ? '' : minus === '-' ? MINUS : signed ? '+' : '';
  const grouped = digits.whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');
  return `${sign}${grouped}${kept === '' ? '' : `.${kept}`}`;
}

/** With the currency's decimals, and up to four where the amount has them (OCPI's own precision). */
export function moneyWords(text: DecimalText, currency: string, shape: { readonly signed?: boolean } = {}): string {
  const fewest = currencyDigits(currency);
  return decimalWords(text, { fewest, most: Math.max(fewest, 4), ...shape });
}

/** Integer minor units with `digits` decimals, as decimal text. */
export function minorToDecimal(minor: number, digits: number): DecimalText {
  const padded = String(Math.abs(Math.trunc(minor))).padStart(digits + 1, '0');
  const cut = padded.length - digits;
  return `${minor < 0 ? '-' : ''}${padded.slice(0, cut)}${digits === 0 ? '' : `.${padded.slice(cut)}`}`;
}

export function minorWords(minor: number, digits: number, shape: { readonly signed?: boolean } = {}): string {
  return decimalWords(minorToDecimal(minor, digits), { fewest: digits, most: digits, ...shape });
}

/** Below zero, zero or above; undefined for what is no number. */
export function signOf(text: DecimalText): -1 | 0 | 1 | undefined {
  const parts = DECIMAL.exec(text);
  if (parts === null) return undefined;
  if (!/[1-9]/u.test(text)) return 0;
  return parts[1] === '-' ? -1 : 1;
}

/** One less another, exactly; undefined when either is no number. */
export function subtractText(one: DecimalText, other: DecimalText): DecimalText | undefined {
  const [left, right] = [DECIMAL.exec(one), DECIMAL.exec(other)];
  if (left === null || right === null) return undefined;
  const scale = Math.max(left[3]?.length ?? 0, right[3]?.length ?? 0);
  const difference = scaled(left, scale) - scaled(right, scale);
  const digits = String(difference < 0n ? -difference : difference).padStart(scale + 1, '0');
  const cut = digits.length - scale;
  return `${difference < 0n ? '-' : ''}${digits.slice(0, cut)}${scale === 0 ? '' : `.${digits.slice(cut)}`}`;
}

const digitsOf = new Map<string, number>();

/** Two where the platform does not know the currency. */
export function currencyDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  let digits = 2;
  if (/^[A-Z]{3}$/u.test(currency))
    digits =
      new Intl.NumberFormat('en-GB', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
}

function scaled([, minus = '', whole = '0', fraction = '']: RegExpExecArray, scale: number): bigint {
  const size = BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
  return minus === '-' ? -size : size;
}

function roundDigits(
  whole: string,
  fraction: string,
  most: number,
): { readonly whole: string; readonly fraction: string } {
  const plain = whole.replace(/^0+(?=\d)/u, '');
  if (fraction.length <= most) return { whole: plain, fraction };
  const up = (fraction[most] ?? '0') >= '5' ? 1n : 0n;
  const digits = String(BigInt(`${plain}${fraction.slice(0, most)}`) + up).padStart(most + 1, '0');
  return { whole: digits.slice(0, digits.length - most), fraction: digits.slice(digits.length - most) };
}

function trimZeros(fraction: string, fewest: number): string {
  let end = fraction.length;
  while (end > fewest && fraction[end - 1] === '0') end -= 1;
  return fraction.slice(0, end).padEnd(fewest, '0');
}
