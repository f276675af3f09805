/**
 * Rows as comma separated text (RFC 4180) for a spreadsheet, led by lines that say what was exported.
 *
 * Invariant: no cell begins a formula, whatever came from outside: what a spreadsheet would work out is led by an apostrophe,
 * except a plain number.
 */
export type CsvColumn<R> = { readonly header: string; readonly textOf: (row: R) => string | undefined };

const STARTS_FORMULA = /^[\s]*[=+\-@\t\r]/u;
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/u;
/** Without it a spreadsheet takes the text for the old code page of its country. */
const BYTE_ORDER_MARK = '\uFEFF';

/** @param facts name and value of each leading line: the filter, the zone, the time of export */
export function csvText<R>(
  facts: readonly (readonly [string, string])[],
  columns: readonly CsvColumn<R>[],
  rows: readonly R[],
): string {
  const lines = [
    ...facts.map(([name, value]) => [name, value]),
    [],
    columns.map(({ header }) => header),
    ...rows.map((row) => columns.map(({ textOf }) => textOf(row) ?? '')),
  ];
  return `${BYTE_ORDER_MARK}${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function csvCell(text: string): string {
  const safe = STARTS_FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
