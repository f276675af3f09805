/** Decimals stay what they were: no rounding on the way, and a binary number only where it says the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binaryNumber, exactText, readExactNumber } from '../../../../../src/main/metering/codec/exact-number.ts';

test.for([
  ['000123.4567', '123.4567'],
  ['0230.0', '230.0'],
  ['-000012', '-12'],
  ['+0.5', '0.5'],
  ['-0.070', '-0.070'],
  ['18446744073709551615', '18446744073709551615'],
] as const)('%s is %s', ([sent, shown]) => {
  const number = readExactNumber(sent);
  expect(number && exactText(number)).toBe(shown);
});

test.for(['', '.', '1.', '.5', '1,5', '1e3', '0x10', '1 2', '--1', '1.2.3', '9'.repeat(41)])(
  '“%s” is no number',
  (sent) => {
    expect(readExactNumber(sent)).toBeUndefined();
  },
);

test('ten to a power is digits with noughts behind them or before', () => {
  expect(exactText({ digits: 72n, exponent: 3 })).toBe('72000');
  expect(exactText({ digits: -5n, exponent: -3 })).toBe('-0.005');
});

test('a binary number is given only where it says the same', () => {
  expect(binaryNumber({ digits: 132_251_258n, exponent: -1 })).toBe(13_225_125.8);
  expect(binaryNumber({ digits: 2n ** 63n, exponent: 0 })).toBeUndefined();
  expect(binaryNumber({ digits: 1n, exponent: -20 })).toBe(1e-20);
  expect(binaryNumber({ digits: 1n, exponent: 22 })).toBe(1e22);
});

test('fifteen digits are always the same in binary', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      fc.integer({ min: -10, max: 6 }),
      (digits, exponent) => {
        const number = { digits, exponent };
        expect(binaryNumber(number)).toBe(Number(exactText(number)));
        const back = readExactNumber(exactText(number));
        expect(back && exactText(back)).toBe(exactText(number));
      },
    ),
  );
});
