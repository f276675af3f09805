/** IEC 62056-21: what odd meters write, both sides of a dialogue, and that no damage gets through a check character. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactText } from '../../../../../../src/main/metering/codec/exact-number.ts';
import type { DecodedValue } from '../../../../../../src/main/metering/codec/decoded-value.ts';
import { createIec62056Reader } from '../../../../../../src/main/metering/codec/iec62056/iec62056-reader.ts';
import { ascii, dataMessage, pushTelegram, sealed, withEvenParity } from '../../../../../support/readable-messages.ts';
import { cutAt, firstUnaccounted, framesOf, readAll, reasonsOf } from '../../../../../support/read-stream.ts';

const read = (...chunks: Uint8Array[]) => readAll(createIec62056Reader(), ...chunks);
const valuesOf = (bytes: Uint8Array) =>
  framesOf(read(bytes)).flatMap((frame) => ('values' in frame ? frame.values : []));
const shown = ({ obis, number, unit, text, past, refusedCode, quality }: DecodedValue) =>
  [
    obis,
    number === undefined ? text : exactText(number),
    unit,
    past ? 'past' : undefined,
    refusedCode,
    quality === 'absent' ? quality : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' ');

const READ_OUT = [
  'F.F(00000000)',
  '0.0.0(12345678)',
  '1.8.0(000123.456*kWh)',
  '1.8.0*01(000100.000*kWh)',
  '16.7(-000012*W)',
];

describe('lines', () => {
  test.for([
    ['1-0:1.8.0*255(000123.4567*kWh)', ['1-0:1.8.0 123.4567 kWh']],
    ['1-0:21.7.0*255(000012.34*W)', ['1-0:21.7.0 12.34 W']],
    ['1-0:14.7.0(49.99*Hz)', ['1-0:14.7.0 49.99 Hz']],
    ['1.8.0(000123456*Wh)', ['1.8.0 123456 Wh']],
    ['1.8.0*255(000123456*Wh)', ['1.8.0 123456 Wh']],
    ['  1.8.0 ( 000123.4 * kWh ) ', ['1.8.0 123.4 kWh']],
    ['1.8.0(1*kWh)2.8.0(2*kWh)', ['1.8.0 1 kWh', '2.8.0 2 kWh']],
    ['16.7(-0.012*kW)', ['16.7 -0.012 kW']],
    ['16.7(- 12*W)', ['16.7 number-unreadable']],
    ['16.7(12-*W)', ['16.7 number-unreadable']],
    ['1.8.0*12(000100.000*kWh)', ['1.8.0*12 100.000 kWh past']],
    ['1.8.0&01(000100.000*kWh)', ['1.8.0&01 100.000 kWh past']],
    ['1.6.1*03(01.234*kW)(15-03-01 10:15)', ['1.6.1*03 1.234 kW past', '1.6.1*03 15-03-01 10:15 past']],
    ['1.7.0(------*kW)', ['1.7.0 absent']],
    ['1.7.0(*kW)', ['1.7.0 absent']],
    ['0.0.0()', ['0.0.0 absent']],
    ['C.1.0(12345678)', ['C.1.0 12345678']],
    ['C.6.1(3.6*V)', ['C.6.1 3.6 V']],
    ['6.8(0012.345*MWh)6.26(00123.45*m3)', ['6.8 12.345 MWh', '6.26 123.45 m3']],
    ['1.8.0(000123.4)', ['1.8.0 123.4']],
    ['1.8.0(000123.4*kWhh)', ['1.8.0 unit-unknown']],
    ['1-0:1.7.0(000123.4*kWh)', ['1-0:1.7.0 unit-contradicts']],
  ] as const)('%s', ([line, said]) => {
    expect(valuesOf(dataMessage([line])).map(shown)).toEqual(said);
  });
  test('a value says where it stands', () => {
    const bytes = dataMessage(READ_OUT);
    const found = valuesOf(bytes).map(({ from, length }) =>
      Buffer.from(bytes.subarray(from, from + length)).toString(),
    );
    expect(found).toEqual(['(00000000)', '(12345678)', '(000123.456*kWh)', '(000100.000*kWh)', '(-000012*W)']);
  });
});

describe('messages', () => {
  test('both sides of a dialogue in mode C', () => {
    const line = [ascii('/?!\r\n/ISK5ME162-0033\r\n\u0006050\r\n'), dataMessage(READ_OUT)];
    expect(framesOf(read(...line))).toMatchObject([
      { kind: 'sign-on', text: '/?!' },
      { kind: 'identification', text: '/ISK5ME162-0033' },
      { kind: 'acknowledgement', text: '050' },
      { kind: 'data-message', check: 'bcc' },
    ]);
  });
  test('the check characters that the standard’s commands are known by', () => {
    const [leave, password] = [ascii('\u0001B0\u0003q'), ascii('\u0001P1\u0002(00000000)\u0003a')];
    expect(sealed('\u0001B0\u0003')).toEqual(leave);
    expect(framesOf(read(leave, password))).toMatchObject([
      { kind: 'command', text: 'B0', check: 'bcc' },
      { kind: 'command', text: 'P1 (00000000)', check: 'bcc' },
    ]);
  });
  test('a telegram that a meter pushes', () => {
    const [frame] = framesOf(read(pushTelegram(['1-0:1.8.0*255(000001.2345*kWh)'])));
    expect(frame).toMatchObject({ kind: 'push-telegram', text: '/ESY5Q3DA1024 V3.04', check: 'none' });
    expect(valuesOf(pushTelegram(['1-0:1.8.0*255(000001.2345*kWh)']))[0]).toMatchObject({ quality: 'unchecked' });
  });
  test('seven bits with even parity, heard as eight', () => {
    const pushed = pushTelegram(['1-0:1.8.0*255(000001.2345*kWh)']);
    expect(framesOf(read(withEvenParity(pushed)))).toMatchObject([
      { check: 'parity', values: [{ quality: 'unchecked' }] },
    ]);
    expect(framesOf(read(withEvenParity(dataMessage(READ_OUT))))).toMatchObject([{ check: 'bcc and parity' }]);
    expect(valuesOf(withEvenParity(dataMessage(READ_OUT)))).toEqual(valuesOf(dataMessage(READ_OUT)));
    const odd = withEvenParity(pushed).map((byte) => byte ^ 0x80);
    expect(reasonsOf(read(odd))).toEqual(['wrong-parity']);
  });
  test('a recording whose lines lost their carriage returns', () => {
    const lost = ascii(Buffer.from(pushTelegram(READ_OUT)).toString().replaceAll('\r', ''));
    expect(framesOf(read(lost))).toMatchObject([{ kind: 'push-telegram' }]);
  });
  test.for([
    [
      'a check character of another',
      Uint8Array.from([...dataMessage(READ_OUT).slice(0, -1), 0x7f]),
      'wrong-check-character',
    ],
    ['a message that does not end', dataMessage(READ_OUT).slice(0, 40), 'cut-short'],
    [
      'a pushed line without its brackets',
      pushTelegram(['1-0:1.8.0*255000001.2345*kWh', '2.8.0(1*kWh)']),
      'malformed-line',
    ],
    [
      'a pushed line without its end',
      pushTelegram(['1-0:1.8.0*255(000001.2345*kWh', '2.8.0(1*kWh)']),
      'malformed-line',
    ],
    ['an identification of two letters', ascii('/IS\r\n'), 'malformed'],
    ['an endless identification', ascii(`/ISK5${'x'.repeat(90)}`), 'malformed'],
    ['an acknowledgement of letters', ascii('\u0006abc\r\n'), 'malformed'],
  ] as const)('refused: %s', ([, bytes, reason]) => {
    const pieces = read(bytes);
    expect(framesOf(pieces)).toEqual([]);
    expect(reasonsOf(pieces)[0]).toBe(reason);
    expect(firstUnaccounted(pieces, bytes)).toBeUndefined();
  });
  test('a message without an end costs no memory', () => {
    const reader = createIec62056Reader();
    reader.push(ascii('\u0002'));
    const pieces = Array.from({ length: 60 }, () => reader.push(new Uint8Array(1000).fill(0x41))).flat();
    expect(reasonsOf(pieces)[0]).toBe('too-long');
  });
});

describe('any bytes', () => {
  const line = fc
    .tuple(fc.constantFrom('1-0:1.8.0*255', '1.8.0', 'F.F', '2.8.0*01'), fc.nat(999_999))
    .map(([code, some]) => `${code}(${some}*kWh)`);
  const lines = fc.array(line, { minLength: 1, maxLength: 6 });
  const part = fc.oneof(
    lines.map(dataMessage),
    lines.map((some) => pushTelegram(some)),
    lines.map((some) => withEvenParity(dataMessage(some))),
    fc
      .constantFrom(
        '/?!\r\n',
        '/ISK5ME162\r\n',
        '\u0006050\r\n',
        '/',
        '!',
        '\u0002',
        '\u0003',
        '\u0001B0\u0003q',
        '/ISK',
      )
      .map(ascii),
    fc.uint8Array({ maxLength: 20 }),
  );

  test('come out once and in order, however they are split', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.array(fc.nat(2000)), (parts, places) => {
        const stream = Uint8Array.from(parts.flatMap((some) => [...some]));
        const atOnce = read(stream);
        expect(firstUnaccounted(atOnce, stream)).toBeUndefined();
        expect(read(...cutAt(stream, places))).toEqual(atOnce);
      }),
    );
  });

  test.for([
    ['alone', dataMessage(READ_OUT), 0],
    ['with parity', withEvenParity(dataMessage(READ_OUT)), 0],
    ['behind an identification', Uint8Array.from([...ascii('/ISK5ME162-0033\r\n'), ...dataMessage(READ_OUT)]), 17],
  ] as const)('no data message with one bit changed is taken: %s', ([, bytes, from]) => {
    const taken: number[] = [];
    for (let bit = 8 * from; bit < 8 * bytes.length; bit += 1) {
      const changed = Uint8Array.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const pieces = read(changed);
      if (valuesOf(changed).length > 0 || firstUnaccounted(pieces, changed) !== undefined) taken.push(bit);
    }
    expect(valuesOf(bytes)).toHaveLength(5);
    expect(taken).toEqual([]);
  });
});
