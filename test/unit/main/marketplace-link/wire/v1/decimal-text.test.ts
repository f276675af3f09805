/** What is sent as a number is read back digit for digit. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText } from '../../../../../../src/main/marketplace-link/wire/v1/decimal-text.ts';

test.for([
  [0.1, '0.1'],
  [1e-7, '0.0000001'],
  [-1.5e-7, '-0.00000015'],
  [-0, '0'],
  [123456789.0123, '123456789.0123'],
  ['0.30', '0.30'],
  ['1.25E2', '125'],
  ['1.25e1', '12.5'],
  ['2E+3', '2000'],
  ['5e-1', '0.5'],
  ['0.05e1', '0.5'],
  ['-12e-1', '-1.2'],
  ['none', 'none'],
] as const)('%s is %s', ([value, text]) => expect(decimalText(value)).toBe(text));

test('a decimal of up to fifteen digits comes back as it was written', () =>
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 9 }), (digits, scale) => {
      const padded = String(digits % 1e15).padStart(scale + 1, '0');
      const written = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
      const short = written.includes('.') ? written.replace(/\.?0+$/u, '') : written;
      expect(decimalText(JSON.parse(written) as number)).toBe(short);
    }),
  ));
