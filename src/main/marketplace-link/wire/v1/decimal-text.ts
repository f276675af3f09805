/**
 * Numbers of the wire as the decimals somebody wrote. A JSON number of up to fifteen significant digits prints back digit for digit, so
 * nothing is lost between the marketplace's text and the exact arithmetic behind it. Whoever still has the text passes that.
 */

/** An object of the wire whose numbers may also be there as text, for readers that want every digit. */
export type Texted<T> = T extends number
  ? number | string
  : T extends readonly (infer E)[]
    ? readonly Texted<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Texted<T[K]> }
      : T;

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/u;

/** Never an exponent. Text that is no JSON number is left alone: whoever reads it says so. */
export function decimalText(value: number | string): string {
  const text = String(value);
  const parts = NUMBER.exec(text);
  const [, sign = '', whole = '0', decimals = '', exponent] = parts ?? [];
  if (exponent === undefined) return text;
  const digits = whole + decimals;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? digits.padStart(digits.length - point + 1, '0') : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const [before, after] = [padded.slice(0, at).replace(/^0+(?=\d)/u, ''), padded.slice(at)];
  return after === '' ? `${sign}${before}` : `${sign}${before}.${after}`;
}

export function optionalText(value: number | string | undefined): string | undefined {
  return value === undefined ? undefined : decimalText(value);
}
