import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REGISTERS_OF_TYPE, type ValuePlace } from '../../../../../src/main/metering/codec/meter-profile.ts';
import { exactText } from '../../../../../src/main/metering/codec/exact-number.ts';
import { orderWords, readExact, readNumber } from '../../../../../src/main/metering/codec/register-number.ts';

type Type = ValuePlace['type'];
const types = Object.keys(REGISTERS_OF_TYPE) as Type[];
const scales = [1, 0.1, 0.01, 0.001, 10, 100, 1000, 1e-7];

function placeOf(type: Type, wordOrder: ValuePlace['wordOrder'], scale = 1): ValuePlace {
  return { register: 0, type, wordOrder, scale, absent: [] };
}

/** The bytes of a whole number, most significant first. */
function bytesOf(value: bigint, length: number): Uint8Array {
  const bits = BigInt.asUintN(8 * length, value);
  return Uint8Array.from({ length }, (_, at) => Number((bits >> BigInt(8 * (length - 1 - at))) & 0xffn));
}

test('any registers of any form are read without an exception, and what is told is finite', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.constantFrom('high-first' as const, 'low-first' as const),
      fc.constantFrom(...scales),
      fc.constantFrom('powerW' as const, 'importWh' as const, 'voltageV' as const),
      fc.uint8Array({ minLength: 8, maxLength: 8 }),
      (type, wordOrder, scale, name, bytes) => {
        const own = bytes.subarray(0, 2 * REGISTERS_OF_TYPE[type]);
        const read = readNumber(own, placeOf(type, wordOrder, scale), name);
        const told = read.kind === 'number' ? read.value : 0;
        expect(Number.isFinite(told)).toBe(true);
        expect(name !== 'importWh' || told >= 0).toBe(true);
      },
    ),
  );
});

test('the two orders of words are each other’s opposite', () => {
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.uint8Array({ minLength: 8, maxLength: 8 }), (type, bytes) => {
      const own = bytes.subarray(0, 2 * REGISTERS_OF_TYPE[type]);
      const turned = orderWords(own, 'low-first');
      expect(orderWords(turned, 'low-first')).toEqual(own);
      expect(readNumber(turned, placeOf(type, 'low-first'), 'powerW')).toEqual(
        readNumber(own, placeOf(type, 'high-first'), 'powerW'),
      );
    }),
  );
});

test('whole numbers are exact to the last digit, whatever their width and sign', () => {
  const wide = fc.constantFrom('u64' as const, 's64' as const, 'u32' as const, 's32' as const, 'u16' as const);
  fc.assert(
    fc.property(wide, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (type, given) => {
      const bits = 16 * REGISTERS_OF_TYPE[type];
      const value = type.startsWith('s') ? BigInt.asIntN(bits, given) : BigInt.asUintN(bits, given);
      const exact = readExact(bytesOf(value, bits / 8), placeOf(type, 'high-first', 0.01));
      expect(exact?.digits).toBe(value);
      expect(exact === undefined ? '' : exactText(exact)).toBe(hundredths(value));
    }),
  );
});

function hundredths(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

test('the number told is the one next to what a person would write', () => {
  const steps = fc.integer({ min: -2_147_483_648, max: 2_147_483_647 });
  fc.assert(
    fc.property(steps, fc.constantFrom(...scales), (given, scale) => {
      const place = placeOf('s32', 'high-first', scale);
      const bytes = bytesOf(BigInt(given), 4);
      const exact = readExact(bytes, place);
      const read = readNumber(bytes, place, 'powerW');
      const told = read.kind === 'number' ? read.value : Number.NaN;
      expect(told - Number(exact === undefined ? Number.NaN : exactText(exact))).toBe(0);
    }),
  );
});

test.for<readonly [string, bigint, number]>([
  ['a tenth of a volt', 2301n, 230.1],
  ['a hundredth of a watt', -230_123n, -2301.23],
])('%s is the number a person writes', ([, steps, written]) => {
  const scale = written > 0 ? 0.1 : 0.01;
  const read = readNumber(bytesOf(steps, 4), placeOf('s32', 'high-first', scale), 'powerW');
  expect(read).toMatchObject({ kind: 'number', value: written });
});

test('a count of energy that no meter has is told apart, with its digits', () => {
  const place = placeOf('s64', 'high-first');
  expect(readNumber(bytesOf(2n ** 53n + 1n, 8), place, 'importWh')).toMatchObject({
    kind: 'impossible',
    why: 'No meter has counted 9007199254740993 Wh.',
  });
  expect(readNumber(bytesOf(-1n, 8), place, 'importWh').kind).toBe('impossible');
  expect(readNumber(bytesOf(999_999_999_999n, 8), place, 'importWh')).toMatchObject({ value: 999_999_999_999 });
});
