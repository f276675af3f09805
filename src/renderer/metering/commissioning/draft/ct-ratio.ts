/** The ratio of current transformers as it stands on them (`250/5`), or worked out already (`50`). */
import { decimals } from '../../../instruments/number/format-number.ts';

/** undefined: this is no ratio. */
export function readCtRatio(typed: string): number | undefined {
  const [, primary = '', secondary = '1'] =
    /^(\d+(?:[.,]\d+)?)\s*A?\s*(?:[/:]\s*(\d+(?:[.,]\d+)?)\s*A?)?$/u.exec(typed.trim()) ?? [];
  const ratio = number(primary) / number(secondary);
  return ratio > 0 && ratio <= 100_000 ? ratio : undefined;
}

function number(text: string): number {
  return text === '' ? Number.NaN : Number(text.replace(',', '.'));
}

/** What it means at the meter's terminals. */
export function ctRatioMeans(typed: string): string {
  const ratio = readCtRatio(typed);
  if (ratio === undefined) return 'As on them: 250/5.';
  if (ratio === 1) return 'None, or the meter knows its own.';
  return `1 A here is ${decimals(ratio, 0, 3)} A in the cable.`;
}
