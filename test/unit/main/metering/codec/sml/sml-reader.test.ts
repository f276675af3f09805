/** SML files: what a published capture says, what odd meters send, and that no damage gets through. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactText } from '../../../../../../src/main/metering/codec/exact-number.ts';
import type { DecodedValue } from '../../../../../../src/main/metering/codec/decoded-value.ts';
import { createSmlReader } from '../../../../../../src/main/metering/codec/sml/sml-reader.ts';
import { cutAt, firstUnaccounted, framesOf, readAll, reasonsOf } from '../../../../../support/read-stream.ts';
import { ISKRA_METER } from '../../../../../support/published-captures.ts';
import * as sml from '../../../../../support/sml-encoder.ts';

const W = sml.unsigned(27, 1);
const WH = sml.unsigned(30, 1);
const POWER = [1, 0, 16, 7, 0, 255];
const IMPORT = [1, 0, 1, 8, 0, 255];
const entry = (value: number[], rest: Partial<sml.ListEntry> = {}): sml.ListEntry => ({
  obis: POWER,
  unit: W,
  value,
  ...rest,
});
const read = (...chunks: Uint8Array[]) => readAll(createSmlReader(), ...chunks);
const valuesOf = (bytes: Uint8Array) => framesOf(read(bytes)).flatMap(({ values }) => values);
const shown = ({ obis, number, unit, text }: DecodedValue) =>
  `${obis} ${number === undefined ? text : exactText(number)}${unit === undefined ? '' : ` ${unit}`}`;

test('a published capture', () => {
  const [frame, ...more] = framesOf(read(ISKRA_METER));
  expect(more).toEqual([]);
  expect(frame).toMatchObject({
    checksum: 'x25',
    fileChecksum: 'x25',
    messages: ['PublicOpen.Res', 'GetList.Res', 'PublicClose.Res'],
    serverId: '09 01 49 53 4b 00 04 03 df 63',
  });
  expect(frame?.values.slice(0, 9).map(shown)).toEqual([
    '129-129:199.130.3 ISK',
    '1-0:0.0.9 09 01 49 53 4b 00 04 03 df 63',
    '1-0:1.8.0 22462413.6 Wh',
    '1-0:1.8.1 22462413.6 Wh',
    '1-0:1.8.2 0.0 Wh',
    '1-0:16.7.0 168 W',
    '1-0:36.7.0 117 W',
    '1-0:56.7.0 22 W',
    '1-0:76.7.0 29 W',
  ]);
  const energy = frame?.values[2];
  expect(energy?.status).toBe('0x00000182');
  expect(ISKRA_METER.subarray(energy?.from, (energy?.from ?? 0) + 9).toString('hex')).toBe('77070100010800ff65');
});

describe('values', () => {
  test.for([
    [sml.signed(-1, 1), -2, '-0.01 W'],
    [sml.signed(-8_388_608, 3), 0, '-8388608 W'],
    [sml.unsigned(0xffff, 2), -2, '655.35 W'],
    [sml.signed(5, 5), 3, '5000 W'],
    [sml.unsigned(2n ** 64n - 1n, 8), -1, '1844674407370955161.5 W'],
    [sml.signed(-(2n ** 63n), 8), 0, '-9223372036854775808 W'],
  ] as const)('%j times ten to %i is %s', ([value, scaler, said]) => {
    const [found] = valuesOf(sml.smlFile([entry([...value], { scaler: sml.signed(scaler, 1) })]));
    expect(found && shown(found)).toBe(`1-0:16.7.0 ${said}`);
    expect(found?.quality).toBe('good');
  });

  test('a left-out value is absent, text is text, and long octets need more bytes of length', () => {
    const long = 'x'.repeat(300);
    const found = valuesOf(
      sml.smlFile([entry(sml.LEFT_OUT), entry(sml.octets('DZG')), entry(sml.octets(long)), entry(sml.boolean(true))]),
    );
    expect(found.map(({ quality, text }) => [quality, text])).toEqual([
      ['absent', undefined],
      ['good', 'DZG'],
      ['good', long],
      ['good', 'true'],
    ]);
  });

  test.for([
    ['an unknown unit', entry(sml.signed(5, 1), { unit: sml.unsigned(99, 1) }), 'unit-unknown'],
    ['a unit of another quantity', entry(sml.signed(5, 1), { unit: WH }), 'unit-contradicts'],
    [
      'an unsigned scaler with its first bit set',
      entry(sml.signed(5, 1), { scaler: sml.unsigned(0xff, 1) }),
      'scaler-unreadable',
    ],
    ['a scaler beyond anything', entry(sml.signed(5, 1), { scaler: sml.signed(100, 1) }), 'scaler-unreadable'],
    ['an integer of nine bytes', entry(sml.signed(5, 9)), 'unknown-value-form'],
    ['a list for a value', entry(sml.list(sml.signed(5, 1))), 'unknown-value-form'],
    ['a code of five bytes', entry(sml.signed(5, 1), { obis: POWER.slice(1) }), 'malformed-entry'],
  ] as const)('%s is refused by name', ([, refused, code]) => {
    const found = valuesOf(sml.smlFile([refused, entry(sml.signed(7, 1))]));
    expect(found.map(({ quality, refusedCode }) => refusedCode ?? quality)).toEqual([code, 'good']);
    expect(found[0]?.number).toBeUndefined();
  });

  test.for([
    [sml.list(sml.unsigned(1, 1), sml.unsigned(77, 3)), 'second 77 of the meter’s counter'],
    [sml.list(sml.unsigned(2, 1), sml.unsigned(1_700_000_000, 4)), '2023-11-14T22:13:20Z'],
    [
      sml.list(sml.unsigned(3, 1), sml.list(sml.unsigned(1_700_000_000, 4), sml.signed(60, 2), sml.signed(0, 2))),
      '2023-11-14T22:13:20Z (local time +60 min)',
    ],
    [sml.unsigned(88, 4), 'second 88 of the meter’s counter'],
    [sml.list(sml.unsigned(9, 1), sml.unsigned(1, 4)), undefined],
  ] as const)('a time %j', ([time, said]) => {
    const [found] = valuesOf(sml.smlFile([entry(sml.signed(5, 1), { time: [...time] })]));
    expect(found).toMatchObject({ quality: 'good', measuredAt: said });
  });
});

describe('meters with ways of their own', () => {
  const dzg = (number: number) => [0x0a, 0x01, 0x44, 0x5a, 0x47, 0, ...sml.unsigned(number, 4).slice(1)];
  const centi = { scaler: sml.signed(-2, 1) };
  test.for([
    ['an affected DVS74', dzg(42_082_910), [0x53, 0x8b, 0x28], '356.24', 'corrected'],
    ['another, with one byte', dzg(58_999_999), [0x52, 0x80], '1.28', 'corrected'],
    ['it, where the bytes are no mistake', dzg(42_082_910), [0x53, 0x7f, 0xff], '327.67', 'good'],
    ['it, below nothing', dzg(42_082_910), [0x55, 0xff, 0xff, 0xd6, 0xca], '-105.50', 'good'],
    ['a later DVS74', dzg(60_694_611), [0x53, 0xd6, 0xca], '-105.50', 'good'],
    ['a DVBS12', dzg(40_221_297), [0x53, 0xed, 0xb4], '-46.84', 'good'],
    ['another maker’s', sml.SERVER_ID, [0x53, 0x8b, 0x28], '-299.12', 'good'],
  ] as const)('DZG’s power: %s', ([, serverId, value, said, quality]) => {
    const [found] = valuesOf(sml.smlFile([entry([...value], centi)], { serverId }));
    expect(found?.number && exactText(found.number)).toBe(said);
    expect(found?.quality).toBe(quality);
  });
  test('DZG’s power of three bytes may be either, and is refused', () => {
    const file = sml.smlFile([entry([0x54, 0x8b, 0x28, 0], centi)], { serverId: dzg(42_082_910) });
    expect(valuesOf(file)).toMatchObject([{ quality: 'refused', refusedCode: 'sign-uncertain', number: undefined }]);
  });
  test('DZG’s phases are mistaken likewise, its energy is not', () => {
    const file = sml.smlFile(
      [
        entry([0x53, 0x8b, 0x28], { ...centi, obis: [1, 0, 36, 7, 0, 255] }),
        entry([0x53, 0x8b, 0x28], { ...centi, obis: IMPORT, unit: WH }),
      ],
      { serverId: dzg(48_999_999) },
    );
    expect(valuesOf(file).map(shown)).toEqual(['1-0:36.7.0 356.24 W', '1-0:1.8.0 -299.12 Wh']);
  });
  test('the serial number of the list tells it too', () => {
    const serial = { obis: [1, 0, 96, 1, 0, 255], value: sml.octets(dzg(42_000_000)) };
    expect(valuesOf(sml.smlFile([entry([0x53, 0x8b, 0x28], centi), serial]))[0]).toMatchObject({
      quality: 'corrected',
    });
  });
  test.for([
    ['kermit', 'x25'],
    ['kermit', 'kermit'],
  ] as const)('messages with %s in a file with %s', ([checksum, fileChecksum]) => {
    const [frame] = framesOf(read(sml.smlFile([entry(sml.signed(5, 1))], { checksum, fileChecksum })));
    expect(frame).toMatchObject({ checksum, fileChecksum });
  });
  test('messages that do not agree in their checksum are refused, and a file’s Kermit beside X-25', () => {
    const mixed = [
      ...sml.message(1, 0x201, sml.list(sml.LEFT_OUT), 'x25'),
      ...sml.message(2, 0x201, sml.list(sml.LEFT_OUT), 'kermit'),
    ];
    expect(reasonsOf(read(sml.smlTransport(mixed)))).toEqual(['wrong-message-checksum']);
    expect(reasonsOf(read(sml.smlFile([entry(sml.signed(5, 1))], { fileChecksum: 'kermit' })))).toEqual([
      'wrong-file-checksum',
    ]);
  });
  test('the messages of a DZG DWS7412 (github.com/Apollon77/smartmeter-obis, issue 15), four filling bytes where none are due', () => {
    const open = '760561bf1200620062007263010176010102310b0a01445a4700029f7f72726201640655886202630dc000';
    const readings =
      '760562bf1200620062007263070177010b0a01445a4700029f7f72070100620affff726201640655887377070100603201010172620162006200520004' +
      '445a470177070100600100ff017262016200620052000b0a01445a4700029f7f720177070100010800ff641c01047262016200621e520362480101016' +
      '35ed100';
    const content = [...Buffer.from(open + readings, 'hex'), 0, 0, 0, 0];
    expect(valuesOf(sml.smlTransport(content)).map(shown)).toEqual([
      '1-0:96.50.1*1 DZG',
      '1-0:96.1.0 0a 01 44 5a 47 00 02 9f 7f 72',
      '1-0:1.8.0 72000 Wh',
    ]);
  });
});

describe('the transport', () => {
  const escape = [0x1b, 0x1b, 0x1b, 0x1b];
  test.for([
    ['an escape', escape],
    ['five of its bytes', [...escape, 0x1b]],
    ['nine of its bytes', [...escape, ...escape, 0x1b]],
    ['an escape and a version', [...escape, 1, 1, 1, 1]],
    ['an escape and an end', [...escape, 0x1a, 0, 0, 0]],
  ] as const)('%s inside a value', ([, inside]) => {
    const file = sml.smlFile([entry(sml.octets(inside)), entry(sml.signed(5, 1))]);
    const found = valuesOf(file);
    expect(found[0]?.text?.replaceAll(' ', '')).toBe(Buffer.from(inside).toString('hex'));
    expect(found[1]).toMatchObject({ quality: 'good' });
    const head = [...file.subarray(found[1]?.from, (found[1]?.from ?? 0) + 2)];
    expect(head, 'the place of a value behind an escape').toEqual([0x77, 0x07]);
  });

  const whole = sml.smlFile([entry(sml.signed(5, 1))]);
  test('a file that was cut short, then a whole one, then noise', () => {
    const pieces = read(Uint8Array.of(9, 0x1b), whole.slice(0, 60), whole, Uint8Array.of(0x1b, 0x1b, 7));
    expect(framesOf(pieces)).toHaveLength(1);
    expect(reasonsOf(pieces)).toEqual(['between-frames', 'cut-short', 'between-frames']);
  });
  test('a stray byte before a start that looks like its first', () => {
    expect(framesOf(read(whole.slice(0, 61), Uint8Array.of(0x1b), whole))).toHaveLength(1);
    expect(framesOf(read(Uint8Array.of(0x1b, 0x1b), whole))).toHaveLength(1);
  });
  test('a start without an end costs no memory', () => {
    const reader = createSmlReader();
    const start = whole.slice(0, 8);
    const pieces = [
      ...reader.push(start),
      ...Array.from({ length: 40 }, () => reader.push(new Uint8Array(1000).fill(7))).flat(),
    ];
    expect(reasonsOf(pieces)[0]).toBe('too-long');
    expect(pieces.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(20_000);
  });
  test('a list in a list in a list is no file that never ends', () => {
    const deep = Array.from({ length: 2000 }, () => 0x71);
    expect(reasonsOf(read(sml.smlTransport([0x76, ...deep])))).toEqual(['malformed-message']);
  });
});

describe('any bytes', () => {
  const integer = fc.oneof(
    fc
      .tuple(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constant(8))
      .map(([some, size]) => sml.signed(some, size)),
    fc.tuple(fc.nat(0xffff), fc.integer({ min: 2, max: 8 })).map(([some, size]) => sml.unsigned(some, size)),
  );
  const value = fc.oneof(integer, fc.array(fc.constantFrom(0x1b, 0x01, 0x1a, 0x00), { maxLength: 24 }).map(sml.octets));
  const file = fc
    .array(value, { minLength: 1, maxLength: 8 })
    .map((values) => sml.smlFile(values.map((some) => entry(some))));
  const noise = fc.uint8Array({ maxLength: 30 });

  test('come out once and in order, however they are split', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(file, noise), { maxLength: 4 }), fc.array(fc.nat(2000)), (parts, places) => {
        const stream = Uint8Array.from(parts.flatMap((part) => [...part]));
        const atOnce = read(stream);
        expect(firstUnaccounted(atOnce, stream)).toBeUndefined();
        expect(read(...cutAt(stream, places))).toEqual(atOnce);
      }),
    );
  });

  test.for([
    ['published', ISKRA_METER],
    ['with Kermit', sml.smlFile([entry(sml.signed(5, 1)), entry(sml.octets(escape(6)))], { checksum: 'kermit' })],
    ['with escapes', sml.smlFile([entry(sml.octets(escape(11))), entry(sml.signed(-5, 2))])],
  ] as const)('no file with one bit changed is taken: %s', ([, bytes]) => {
    const taken: number[] = [];
    for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
      const changed = Uint8Array.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const pieces = read(changed);
      if (framesOf(pieces).length > 0 || firstUnaccounted(pieces, changed) !== undefined) taken.push(bit);
    }
    expect(framesOf(read(bytes))).toHaveLength(1);
    expect(taken).toEqual([]);
  });
});

function escape(length: number): number[] {
  return Array.from({ length }, () => 0x1b);
}
