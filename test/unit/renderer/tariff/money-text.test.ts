import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  currencyDigits,
  decimalWords,
  minorToDecimal,
  minorWords,
  moneyWords,
  signOf,
  subtractText,
} from '../../../../src/renderer/tariff/money-text.ts';

test('an amount has the decimals of its currency, and more where it has more', () => {
  expect(moneyWords('1234567.5', 'EUR')).toBe('1,234,567.50');
  expect(moneyWords('0.4625', 'EUR')).toBe('0.4625');
  expect(moneyWords('12', 'JPY')).toBe('12');
  expect(moneyWords('1.5', 'KWD')).toBe('1.500');
  expect(moneyWords('5', 'not one')).toBe('5.00');
  expect(currencyDigits('INR')).toBe(2);
});

test('what is cut is rounded half away from zero, over nines too', () => {
  expect(decimalWords('0.00005', { fewest: 2, most: 4 })).toBe('0.0001');
  expect(decimalWords('999.99995', { fewest: 2, most: 4 })).toBe('1,000.00');
  expect(decimalWords('-2.5', { fewest: 0, most: 0 })).toBe('−3');
  expect(decimalWords('0.5', { fewest: 0, most: 0 })).toBe('1');
  expect(decimalWords('007.10', { fewest: 0, most: 4 })).toBe('7.1');
});

test('a sign is shown for differences; what rounds to nothing has none', () => {
  expect(moneyWords('0.01', 'EUR', { signed: true })).toBe('+0.01');
  expect(moneyWords('-0.01', 'EUR', { signed: true })).toBe('−0.01');
  expect(moneyWords('0.00', 'EUR', { signed: true })).toBe('0.00');
  expect(moneyWords('-0.00001', 'EUR')).toBe('0.00');
});

test('what is no decimal number is shown as it came', () => {
  for (const text of ['', 'NaN', '1e5', '<b>1</b>', '1,5']) expect(moneyWords(text, 'EUR')).toBe(text);
  expect(signOf('1e5')).toBeUndefined();
  expect(subtractText('1', 'x')).toBeUndefined();
});

test('a sum that no binary fraction holds stays what it is', () => {
  expect(moneyWords('90071992547409933.07', 'EUR')).toBe('90,071,992,547,409,933.07');
  expect(subtractText('90071992547409933.07', '0.1')).toBe('90071992547409932.97');
  expect(subtractText('0.3', '0.1')).toBe('0.2');
  expect(subtractText('1', '1.005')).toBe('-0.005');
});

const minor = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

test('minor units come back from their text', () => {
  fc.assert(
    fc.property(minor, fc.integer({ min: 0, max: 4 }), (amount, digits) => {
      const text = minorToDecimal(amount, digits);
      expect(Number(text.replace('.', ''))).toBe(amount);
      expect(Number(minorWords(amount, digits).replaceAll(/[,.]/gu, '').replace('−', '-')) + 0).toBe(amount + 0);
    }),
  );
});

test('a difference is that of the minor units', () => {
  fc.assert(
    fc.property(minor, minor, (one, other) => {
      const difference = subtractText(minorToDecimal(one, 2), minorToDecimal(other, 2)) ?? '';
      expect(difference.replace(/^-(?=0\.00$)/u, '')).toBe(minorToDecimal(one - other, 2));
      expect(signOf(difference)).toBe(Math.sign(one - other) + 0);
    }),
  );
});
