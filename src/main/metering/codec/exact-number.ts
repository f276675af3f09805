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
  return back !== undefined && isSameNumber(back, exact) ? number : undefined;
}

/** The binary number next to it, for showing and for comparing with limits. */
export function nearestNumber(exact: ExactNumber): number {
  return Number(exactText(exact));
}

/** With as many decimals as the longest of them. */
export function sumExact(numbers: readonly ExactNumber[]): ExactNumber {
  const exponent = Math.min(0, ...numbers.map((number) => number.exponent));
  const digits = numbers.reduce((sum, number) => sum + number.digits * 10n ** BigInt(number.exponent - exponent), 0n);
  return { digits, exponent };
}

export function negative({ digits, exponent }: ExactNumber): ExactNumber {
  return { digits: -digits, exponent };
}

export function isSameNumber(a: ExactNumber, b: ExactNumber): boolean {
  return sumExact([a, negative(b)]).digits === 0n;
}

/** The shortest decimal that names this binary number, without a power of ten behind it. */
function plainText(number: number): string {
  const [mantissa = '', power] = String(number).split('e');
  if (power === undefined) return mantissa;
  const exact = readExactNumber(mantissa);
  return exact === undefined ? '' : exactText({ ...exact, exponent: exact.exponent + Number(power) });
}
