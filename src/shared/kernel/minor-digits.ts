/**
 * How many decimals a currency's coins have (ISO 4217). Whatever rounds an amount to money asks here, so that yen are never rounded to
 * hundredths nor dinars to less than their thousandth.
 */

/** ISO 4217, table A.1: currencies whose minor unit is not a hundredth. The platform's own list follows custom instead. */
const DIGITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};
const digitsOf = new Map(
  Object.entries(DIGITS).flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, Number(digits)] as const)),
);

/** Decimals of the currency's minor unit: 2 for EUR and INR, 0 for JPY, 3 for KWD. */
export function minorDigitsOf(currency: string): number {
  return digitsOf.get(currency.toUpperCase()) ?? 2;
}
