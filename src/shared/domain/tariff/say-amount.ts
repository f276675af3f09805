/** An amount of money in a sentence: with the currency's own decimals, and more where it has more, so that no digit is lost. */
import { toDecimalText, toShortText, type Exact } from '../../kernel/exact.ts';
import { minorDigitsOf } from '../../kernel/minor-digits.ts';

export function sayAmount(amount: Exact, currency: string): string {
  const decimals = toShortText(amount).split('.')[1]?.length ?? 0;
  return `${toDecimalText(amount, Math.max(minorDigitsOf(currency), decimals), 'half-up')} ${currency}`;
}
