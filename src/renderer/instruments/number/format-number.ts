/** The one way numbers are written: British, a comma between thousands, a stop before decimals. */
const formatters = new Map<string, Intl.NumberFormat>();

/** With at least `fewest` and at most `most` decimals. */
export function decimals(value: number, fewest: number, most = fewest): string {
  const key = `${fewest} ${most}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat('en-GB', { minimumFractionDigits: fewest, maximumFractionDigits: most });
    formatters.set(key, formatter);
  }
  return formatter.format(value);
}

/** A count. */
export function grouped(count: number): string {
  return decimals(count, 0);
}

/** Sums of one column line up: always two decimals. */
export function money(amount: number, currency: string): string {
  return `${decimals(amount, 2)} ${currency}`;
}
