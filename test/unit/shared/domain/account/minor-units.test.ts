import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMinorUnits, sayMinor, toMinorUnits } from '../../../../../src/shared/domain/account/minor-units.ts';

describe('minor units', () => {
  it.for([
    ['12.3456', 2, 1235, '-0.0044'],
    ['12.345', 2, 1235, '-0.005'],
    ['-12.345', 2, -1235, '0.005'],
    ['12.3449', 2, 1234, '0.0049'],
    ['0.5', 0, 1, '-0.5'],
    ['1234', 3, 1_234_000, '0'],
    ['0', 2, 0, '0'],
    ['-0.001', 2, 0, '-0.001'],
    ['0.30000000000000004', 2, 30, '0.00000000000000004'],
    ['999999999.9999', 2, 100_000_000_000, '-0.0001'],
  ] as const)('%s at %i digits is %i, and %s is left over', ([amount, digits, minor, remainder]) => {
    expect(toMinorUnits(amount, digits)).toEqual({ minor, remainder });
  });

  it('never loses anything: minor units and remainder are the amount', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 11n), max: 10n ** 11n }),
        fc.nat(6),
        fc.nat(4),
        (digits, scale, minorDigits) => {
          const sign = digits < 0n ? '-' : '';
          const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
          const amount = scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
          const { minor, remainder } = toMinorUnits(amount, minorDigits);
          const inMillionths = (decimal: string): bigint => {
            const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
            return BigInt(whole + fraction.padEnd(6, '0')) * (decimal.startsWith('-') ? -1n : 1n);
          };
          expect(BigInt(minor) * 10n ** BigInt(6 - minorDigits) + inMillionths(remainder)).toBe(inMillionths(amount));
          const opposite = toMinorUnits(amount.startsWith('-') ? amount.slice(1) : `-${amount}`, minorDigits);
          expect(opposite.minor + minor).toBe(0);
        },
      ),
    );
  });

  it('writes back with the digits of the currency', () => {
    expect([fromMinorUnits(5, 2), fromMinorUnits(-1234, 2), fromMinorUnits(7, 0), fromMinorUnits(-1, 3)]).toEqual([
      '0.05',
      '-12.34',
      '7',
      '-0.001',
    ]);
    expect(sayMinor(123_456, 'KWD')).toBe('123.456 KWD');
  });
});
