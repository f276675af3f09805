import { expect, it } from 'vitest';
import { sayAmount } from '../../../../../src/shared/domain/tariff/say-amount.ts';
import { exactOf } from '../../../../../src/shared/kernel/exact.ts';

it.each([
  ['1', 'EUR', '1.00 EUR'],
  ['0.0057', 'INR', '0.0057 INR'],
  ['120', 'JPY', '120 JPY'],
  ['2.5', 'KWD', '2.500 KWD'],
])('%s %s is said as %s', (amount, currency, said) => {
  expect(sayAmount(exactOf(amount), currency)).toBe(said);
});
