/**
 * A decimal number as the meter sent it: whole digits and a power of ten. Nothing is rounded on the way, since 0.1 has no
 * binary form and a register of 64 bits outgrows one; the one conversion, into text or the nearest binary number, is the
 * reader's last step.
 */
export type ExactNumber = { readonly digits: bigint; readonly exponent: number };

/** Longer than any register, and short enough that no text of a damaged line costs memory. */
const MOST_DIGITS = 40;

/** Digits with at most one decimal point and a sign before them; undefined where it is no such number. */
export function readExactNumber(text: string): ExactNumber | undefined {
  const [, sign, whole, fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/u.exec(text) ?? [];
  if (whole === undefined || whole.length + fraction.length > MOST_DIGITS) return undefined;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, exponent: fraction === '' ? 0 : -fraction.length };
}

/** Plain decimal notation with as many decimals as were sent: they tell the register's resolution. */
export function exactText({ digits, exponent }: ExactNumber): string {
  if (exponent >= 0) return (digits * 10n ** BigInt(exponent)).toString();
  const sign = digits < 0n ? '-' : '';
  const plain = (digits < 0n ? -digits : digits).toString().padStart(1 - exponent, '0');
  return `${sign}${plain.slice(0, exponent)}.${plain.slice(exponent)}`;
}

/** The binary number that says the same; undefined where there is none, as beyond some sixteen digits. */
export function binaryNumber(exact: ExactNumber): number | undefined {
  const number = Number(exactText(exact));
  const back = readExactNumber(plainText(number));
  return back !== undefined && isSame(back, exact) ? number : undefined;
}

function isSame(a: ExactNumber, b: ExactNumber): boolean {
  const least = Math.min(a.exponent, b.exponent);
  return a.digits * 10n ** BigInt(a.exponent - least) === b.digits * 10n ** BigInt(b.exponent - least);
}

/** The shortest decimal that names this binary number, without a power of ten behind it. */
function plainText(number: number): string {
  const [mantissa = '', power] = String(number).split('e');
  if (power === undefined) return mantissa;
  const exact = readExactNumber(mantissa);
  return exact === undefined ? '' : exactText({ ...exact, exponent: exact.exponent + Number(power) });
}
