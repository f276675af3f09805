/** P1 telegrams: the published samples where they are at hand, each country’s lines, and that no damage gets through. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactText } from '../../../../../../src/main/metering/codec/exact-number.ts';
import type { DecodedValue } from '../../../../../../src/main/metering/codec/decoded-value.ts';
import { createP1Reader } from '../../../../../../src/main/metering/codec/p1/p1-reader.ts';
import { ascii, p1Telegram, withEvenParity } from '../../../../../support/readable-messages.ts';
import { cutAt, firstUnaccounted, framesOf, readAll, reasonsOf } from '../../../../../support/read-stream.ts';
import { fixturePath, isFixtureAbsent } from '../../../../../support/shared-fixtures.ts';

const read = (...chunks: Uint8Array[]) => readAll(createP1Reader(), ...chunks);
const valuesOf = (bytes: Uint8Array) => framesOf(read(bytes)).flatMap(({ values }) => values);
const shown = ({ obis, number, unit, text, measuredAt, past, refusedCode }: DecodedValue) =>
  [
    obis,
    number === undefined ? text : exactText(number),
    unit,
    measuredAt === undefined ? undefined : `at ${measuredAt}`,
    past ? 'past' : undefined,
    refusedCode,
  ]
    .filter((part) => part !== undefined)
    .join(' ');

const GAS = ['0-1:24.1.0(003)', '0-1:24.2.1(161129200000W)(00981.443*m3)'];
const DATA = ['1-3:0.2.8(50)', '0-0:1.0.0(170102192002W)', '1-0:1.8.1(000004.426*kWh)', '1-0:1.7.0(00.244*kW)', ...GAS];

describe.each([
  [
    'p1/telegram_v2_2.txt',
    'none',
    ['1-0:1.8.1 1.001 kWh', '1-0:1.7.0 1.01 kW', '0-1:24.2.1 1.001 m3 at 2016-11-07 19:00:00'],
  ],
  [
    'p1/telegram_v4_2.txt',
    'crc16',
    [
      '1-0:1.8.1 1581.123 kWh',
      '1-0:1.8.2 1435.706 kWh',
      '1-0:41.7.0 1.247 kW',
      '0-0:96.7.19 237126 s at 2000-01-04 18:03:20 winter time past',
      '0-1:24.2.1 981.443 m3 at 2016-11-29 20:00:00 winter time',
    ],
  ],
  [
    'p1/telegram_v5.txt',
    'crc16',
    ['1-0:1.8.1 4.426 kWh', '1-0:72.7.0 229.0 V', '1-0:71.7.0 0.86 A', '1-0:61.7.0 0.142 kW'],
  ],
] as const)('the published sample %s', (file, check, some) => {
  const isAbsent = isFixtureAbsent(file);
  test.skipIf(isAbsent)(`is read${isAbsent ? ' (skipped: the samples are not at hand)' : ''}`, () => {
    const bytes = readFileSync(fixturePath(file));
    const pieces = read(bytes);
    const [frame] = framesOf(pieces);
    expect(pieces).toHaveLength(1);
    expect(frame?.check).toBe(check);
    expect(frame?.values.map(shown)).toEqual(expect.arrayContaining([...some]));
    expect(frame?.values.filter(({ quality }) => quality === 'refused')).toEqual([]);
    for (const { from, length } of frame?.values ?? [])
      expect(bytes.subarray(from, from + length).toString('latin1')).toMatch(/^\([^()]*\)$/u);
  });
  test.skipIf(isAbsent)('is not taken with one bit changed, where it has a checksum', () => {
    // Version 2.2 has nothing that would tell: its values say so.
    expect(takenWithOneBitChanged(readFileSync(fixturePath(file))).length > 0).toBe(check === 'none');
  });
});

function takenWithOneBitChanged(bytes: Uint8Array): number[] {
  return Array.from({ length: 8 * bytes.length }, (_, bit) => bit).filter((bit) => {
    const changed = Uint8Array.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const pieces = read(changed);
    return framesOf(pieces).length > 0 || firstUnaccounted(pieces, changed) !== undefined;
  });
}

describe('lines', () => {
  test.for([
    [
      'Belgium: the highest demand of this month, in a time',
      '1-0:1.6.0(230202002000S)(00.123*kW)',
      ['1-0:1.6.0 0.123 kW at 2023-02-02 00:20:00 summer time'],
    ],
    [
      'Belgium: and those of the months before',
      '0-0:98.1.0(2)(1-0:1.6.0)(1-0:1.6.0)(230201000000W)(230117224500W)(04.329*kW)(230301000000W)(230202001500W)(04.529*kW)',
      [
        '1-0:1.6.0 4.329 kW at 2023-01-17 22:45:00 winter time past',
        '1-0:1.6.0 4.529 kW at 2023-02-02 00:15:00 winter time past',
      ],
    ],
    ['Belgium: a relay’s limit', '0-0:17.0.0(999.9*kW)', ['0-0:17.0.0 999.9 kW']],
    ['Luxembourg and Sweden: reactive energy', '1-0:3.8.0(00000021.988*kVArh)', ['1-0:3.8.0 21.988 kvarh']],
    ['Sweden: eight digits before the point', '1-0:1.8.0(00006678.394*kWh)', ['1-0:1.8.0 6678.394 kWh']],
    ['Switzerland: power in W', '1-0:1.7.0(000244*W)', ['1-0:1.7.0 244 W']],
    [
      'a heat meter',
      '0-2:24.2.1(170102161005W)(00012.107*GJ)',
      ['0-2:24.2.1 12.107 GJ at 2017-01-02 16:10:05 winter time'],
    ],
    ['a billing period that is over', '1-0:1.8.0*03(000004.426*kWh)', ['1-0:1.8.0*3 4.426 kWh past']],
    ['an unknown unit', '1-0:1.8.0(000004.426*kXh)', ['1-0:1.8.0 unit-unknown']],
    ['a unit that can not be', '1-0:1.8.0(000004.426*kW)', ['1-0:1.8.0 unit-contradicts']],
    ['a comma', '1-0:1.8.0(000004,426*kWh)', ['1-0:1.8.0 number-unreadable']],
    ['no code', 'abc(000004.426*kWh)', ['abc not-obis']],
    ['no brackets', 'abc', [' malformed-line']],
    [
      'an object of three columns in two',
      '0-1:24.3.0(121030140000)(00)(60)(2)(0-1:24.2.1)(m3)(1)',
      ['0-1:24.3.0 malformed-object'],
    ],
  ] as const)('%s', ([, line, said]) => {
    expect(valuesOf(p1Telegram([line])).map(shown)).toEqual(said);
  });

  test('version 3, the gas meter on two lines, without a checksum', () => {
    const telegram = p1Telegram(
      ['1-0:1.8.1(00001.001*kWh)', '0-1:24.3.0(121030140000)(00)(60)(1)(0-1:24.2.1)(m3)', '(00024.123)'],
      { isSealed: false },
    );
    const [frame] = framesOf(read(telegram));
    expect(frame?.check).toBe('none');
    expect(frame?.values.map(({ quality }) => quality)).toEqual(['unchecked', 'unchecked']);
    expect(frame?.values.map(shown)[1]).toBe('0-1:24.2.1 24.123 m3 at 2012-10-30 14:00:00');
  });
});

test('versions 2.2 and 3 speak seven bits, which a line of eight hears with their parity', () => {
  const telegram = withEvenParity(p1Telegram(['1-0:1.8.1(00001.001*kWh)'], { isSealed: false }));
  expect(framesOf(read(telegram))).toMatchObject([
    { check: 'parity', values: [{ obis: '1-0:1.8.1', quality: 'unchecked' }] },
  ]);
  telegram[30] = (telegram[30] ?? 0) ^ 4;
  expect(reasonsOf(read(telegram))).toEqual(['wrong-parity']);
});

describe('refusals', () => {
  const withoutSeal = (data: readonly string[]) => p1Telegram(data, { isSealed: false });
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
  test.for([
    ['a version that has a checksum, without one', withoutSeal(DATA), 'missing-checksum'],
    [
      'a line that can not be read, without a checksum',
      withoutSeal(['1-0:1.8.1(000004.426*kWh', '1-0:1.7.0(1*kW)']),
      'malformed-line',
    ],
    [
      'carriage returns that a recording lost',
      ascii(text(p1Telegram(DATA)).replaceAll('\r', '')),
      'carriage-returns-lost',
    ],
    ['a checksum in small letters', ascii(text(p1Telegram(DATA)).replace(/![0-9A-F]{4}/u, '!abcd')), 'malformed-end'],
    ['a recording that stops', p1Telegram(DATA).slice(0, -20), 'cut-short'],
  ] as const)('%s', ([, bytes, reason]) => {
    const pieces = read(bytes);
    expect(framesOf(pieces)).toEqual([]);
    expect(reasonsOf(pieces)[0]).toBe(reason);
  });

  test('a telegram cut short by the next, and noise between them', () => {
    const pieces = read(ascii('kWh)\r\n!1234\r\n'), p1Telegram(DATA).slice(0, 77), p1Telegram(DATA));
    expect(framesOf(pieces)).toHaveLength(1);
    expect(reasonsOf(pieces)).toEqual(['between-frames', 'cut-short']);
  });

  test('a recording that ends with the checksum itself is whole', () => {
    expect(framesOf(read(p1Telegram(DATA).slice(0, -2)))).toHaveLength(1);
  });

  test('a start without an end costs no memory', () => {
    const reader = createP1Reader();
    reader.push(ascii('/'));
    const pieces = Array.from({ length: 40 }, () => reader.push(new Uint8Array(1000).fill(0x41))).flat();
    expect(reasonsOf(pieces)[0]).toBe('too-long');
  });
});

describe('any bytes', () => {
  const amount = fc
    .tuple(fc.nat(999_999), fc.nat(999))
    .map(([whole, rest]) => `${whole}.${String(rest).padStart(3, '0')}`);
  const line = fc
    .tuple(fc.constantFrom('1-0:1.8.1', '1-0:2.8.2', '0-0:96.1.1'), amount)
    .map(([code, some]) => `${code}(${some}*kWh)`);
  const telegram = fc
    .tuple(fc.array(line, { minLength: 1, maxLength: 6 }), fc.boolean())
    .map(([data, isSealed]) => p1Telegram(data, { isSealed }));
  const noise = fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constantFrom('/', '!', '\r\n', '!12', '/ISK').map(ascii));

  test('come out once and in order, however they are split', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(telegram, noise), { maxLength: 5 }), fc.array(fc.nat(2000)), (parts, places) => {
        const stream = Uint8Array.from(parts.flatMap((part) => [...part]));
        const atOnce = read(stream);
        expect(firstUnaccounted(atOnce, stream)).toBeUndefined();
        expect(read(...cutAt(stream, places))).toEqual(atOnce);
      }),
    );
  });

  test('no telegram of version 4 or 5 with one bit changed is taken', () => {
    expect(takenWithOneBitChanged(p1Telegram(DATA))).toEqual([]);
    expect(framesOf(read(p1Telegram(DATA)))).toHaveLength(1);
  });
});

describe('an encrypted telegram of Luxembourg or Austria', () => {
  const ciphered = Uint8Array.from([
    0xdb,
    8,
    ...ascii('SAGgp001'),
    0x82,
    0,
    60,
    0x30,
    ...Array.from({ length: 59 }, (_, at) => (at * 37 + 0x2f) & 0xff),
  ]);
  const behind = p1Telegram(['1-3:0.2.8(50)']);

  test('is discarded as such, whatever stands in it and however it is split', () => {
    const stream = Uint8Array.from([0x55, ...ciphered, ...behind]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (places) => {
        const pieces = read(...cutAt(stream, places));
        expect(reasonsOf(pieces)).toEqual(['between-frames', 'encrypted']);
        expect(firstUnaccounted(pieces, stream)).toBeUndefined();
        expect(framesOf(pieces)).toHaveLength(1);
      }),
    );
  });
  test('that stops midway is one too', () => {
    expect(reasonsOf(read(ciphered.subarray(0, 40)))).toEqual(['encrypted']);
  });
  test('is none with another head, and hides no telegram', () => {
    const pieces = read(Uint8Array.from([0xdb, 8, 1, 2, ...behind]));
    expect(reasonsOf(pieces)).toEqual(['between-frames']);
    expect(framesOf(pieces)).toHaveLength(1);
  });
});
