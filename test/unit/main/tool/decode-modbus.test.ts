/** Recordings of meters as they are and as they are not: each gives the right value or a refusal that says why. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModbusProfile } from '../../../../src/main/metering/codec/meter-profile.ts';
import { modbusProfiles, openMeterProfiles } from '../../../../src/main/metering/meters/meter-profiles.ts';
import { decodeModbus } from '../../../../src/main/tool/decode-modbus.ts';
import {
  askFor,
  exchange,
  floatWords,
  refuseIt,
  registersFrom,
  wholeWords,
} from '../../../support/modbus-recording.ts';

const profiles = openMeterProfiles();

function profileOf(name: string): ModbusProfile {
  const profile = profiles.of(name);
  if (!profile.ok || profile.value.protocol !== 'modbus-rtu') throw new Error(`${name} is shipped.`);
  return profile.value;
}

type Shown = Readonly<Record<string, unknown>>;

function decode(name: string, ...frames: readonly Uint8Array[]) {
  const { frames: read, discarded } = decodeModbus(profileOf(name), modbusProfiles(profiles), Buffer.concat(frames));
  const values = read.flatMap((frame) => frame.values as readonly Shown[]);
  const of = (wanted: string, unit = 1): Shown | undefined =>
    values.find(({ name: one, unitAddress }) => one === wanted && unitAddress === unit);
  return { frames: read.map(({ what }) => what), discarded, values, of };
}

const numbersIn = (values: readonly Shown[]): readonly unknown[] =>
  values.filter(({ number }) => number !== null).map(({ number }) => number);

const swapped = (words: readonly number[]): number[] => words.toReversed();

function sdm630(words: (value: number) => number[] = floatWords) {
  const held = {
    0x00: words(230.125),
    0x02: words(231.5),
    0x04: words(229.75),
    0x06: words(10.5),
    0x0c: words(2400.25),
    0x34: words(2400.25),
    0x46: words(49.984375),
    0x48: words(1234.5),
    0x4a: words(0.125),
  };
  return registersFrom(0, 76, held);
}

describe('an SDM630', () => {
  it('gives its values whatever part of it was asked for', () => {
    const all = sdm630();
    const { of, values } = decode(
      'eastron-sdm630',
      exchange(1, 4, 0, all.slice(0, 6)),
      exchange(1, 4, 0x46, all.slice(0x46)),
    );
    expect(of('voltageV L2')).toMatchObject({
      number: 231.5,
      unit: 'V',
      quality: 'good',
      register: '0x0002',
      from: 15,
    });
    expect(of('importWh')).toMatchObject({ number: 1_234_500, unit: 'Wh', quality: 'good' });
    expect(values).toHaveLength(6);
  });

  it('with its words switched is refused, and the variant that fits is named', () => {
    const recording = exchange(
      1,
      4,
      0,
      sdm630((value) => swapped(floatWords(value))),
    );
    const { values, frames } = decode('eastron-sdm630', recording);
    expect(numbersIn(values)).toEqual([]);
    expect(values.every(({ quality, refusedCode }) => quality === 'refused' && refusedCode !== undefined)).toBe(true);
    expect(String(frames[1]?.['note'])).toContain('eastron-sdm630-swapped');
    const usual = decode('eastron-sdm630-swapped', exchange(1, 4, 0, sdm630())).frames[1]?.['note'];
    expect(String(usual)).toContain('The profile eastron-sdm630 would fit');
    expect(decode('eastron-sdm630-swapped', recording).of('importWh')).toMatchObject({
      number: 1_234_500,
      quality: 'good',
    });
  });

  it('has no value where it says that it is none', () => {
    const { of } = decode(
      'eastron-sdm630',
      exchange(1, 4, 0, [...floatWords(230), ...floatWords(Number.NaN), ...floatWords(Infinity)]),
    );
    expect(of('voltageV L2')).toMatchObject({ number: null, quality: 'absent' });
    expect(of('voltageV L3')).toMatchObject({ number: null, quality: 'absent' });
  });

  it.for([
    ['2 301 V', { 0x00: floatWords(2301) }],
    ['23 V', { 0x02: floatWords(23) }],
    ['500 Hz', { 0x46: floatWords(500) }],
    ['0.05 Hz', { 0x46: floatWords(0.05) }],
    ['an energy below zero', { 0x48: floatWords(-5) }],
    ['an energy of no meter', { 0x48: floatWords(3e12) }],
    ['a power of another scale', { 0x0c: floatWords(2_400_250) }],
  ] as const)('is not believed with %s', ([, wrong]) => {
    const words = sdm630();
    for (const [register, value] of Object.entries(wrong)) words.splice(Number(register), value.length, ...value);
    expect(numbersIn(decode('eastron-sdm630', exchange(1, 4, 0, words)).values)).toEqual([]);
  });
});

describe('an ABB B23', () => {
  const momentary = registersFrom(0x5b00, 45, {
    0x5b00: wholeWords(2301n, 2),
    0x5b02: wholeWords(2312n, 2),
    0x5b04: wholeWords(0xffff_ffffn, 2),
    0x5b0c: wholeWords(1000n, 2),
    0x5b14: wholeWords(-230_123n, 2),
    0x5b16: wholeWords(-230_123n, 2),
    0x5b18: wholeWords(0x7fff_ffffn, 2),
    0x5b2c: [4998],
  });
  const energy = [...wholeWords(123_456_789n, 4), ...wholeWords(0xffff_ffff_ffff_ffffn, 4)];

  it('has signed powers, hundredths, and patterns for what it has not', () => {
    const { of } = decode('abb-b23', exchange(1, 3, 0x5b00, momentary), exchange(1, 3, 0x5000, energy));
    expect(of('voltageV L1')).toMatchObject({ number: 230.1, exact: '230.1', quality: 'good' });
    expect(of('voltageV L3')).toMatchObject({ number: null, quality: 'absent' });
    expect(of('powerW')).toMatchObject({ number: -2301.23, exact: '-2301.23' });
    expect(of('phasePowerW L2')).toMatchObject({ number: null, quality: 'absent' });
    expect(of('frequencyHz')).toMatchObject({ number: 49.98 });
    expect(of('importWh')).toMatchObject({ number: 1_234_567_890, quality: 'good' });
    expect(of('exportWh')).toMatchObject({ number: null, quality: 'absent' });
  });

  it('is refused where the low word comes first', () => {
    const turned = momentary.flatMap((_, at) => (at % 2 === 0 ? momentary.slice(at, at + 2).toReversed() : []));
    const { values, frames } = decode(
      'abb-b23',
      exchange(1, 3, 0x5b00, turned),
      exchange(1, 3, 0x5000, energy.toReversed()),
    );
    expect(numbersIn(values)).toEqual([]);
    expect(String(frames[1]?.['note'])).toContain('words swapped');
  });

  it('is not believed for its energy alone, though that is shown', () => {
    const { of } = decode('abb-b23', exchange(1, 3, 0x5000, energy));
    expect(of('importWh')).toMatchObject({ number: 1_234_567_890, quality: 'unchecked' });
  });
});

describe('a Carlo Gavazzi EM300', () => {
  const low = (value: bigint): number[] => swapped(wholeWords(value, 2));
  const energies = (words: (value: bigint) => number[]) =>
    registersFrom(0x33, 29, { 0x33: [500], 0x34: words(123_456n), 0x4e: words(7n) });

  it('sends the low word first', () => {
    const block = registersFrom(0, 42, { 0: low(2301n), 0x0c: low(5123n), 0x12: low(-11_787n), 0x28: low(-11_787n) });
    const { of } = decode('carlo-gavazzi-em300', exchange(1, 4, 0, block), exchange(1, 4, 0x33, energies(low)));
    expect(of('voltageV L1')).toMatchObject({ number: 230.1 });
    expect(of('currentA L1')).toMatchObject({ number: 5.123 });
    expect(of('powerW')).toMatchObject({ number: -1178.7 });
    expect(of('frequencyHz')).toMatchObject({ number: 50 });
    expect(of('importWh')).toMatchObject({ number: 12_345_600, quality: 'good' });
    expect(of('exportWh')).toMatchObject({ number: 700 });
  });

  it('is not read otherwise where it sends the high word first, also where its frequency fits', () => {
    for (const words of [(value: bigint) => wholeWords(value, 2), () => wholeWords(12_345n, 2)])
      expect(numbersIn(decode('carlo-gavazzi-em300', exchange(1, 4, 0x33, energies(words))).values)).toEqual([]);
  });

  it('is read with either function, which an SDM630 is not', () => {
    const words = [...low(2301n), ...low(2312n)];
    expect(decode('carlo-gavazzi-em300', exchange(1, 3, 0, words)).of('voltageV L2')).toMatchObject({ number: 231.2 });
    const { values, frames } = decode('eastron-sdm630', exchange(1, 3, 0, sdm630()));
    expect(values).toEqual([]);
    expect(frames[1]).toMatchObject({ note: 'eastron-sdm630 says nothing of these registers.' });
  });

  it('tells its serial number in letters', () => {
    const letters = [0x4b5a, 0x3132, 0x3334, 0x3536, 0x3738, 0x3930, 0x3100];
    expect(decode('carlo-gavazzi-em300', exchange(1, 4, 0x5000, letters)).of('serialNumber')).toMatchObject({
      text: 'KZ12345678901',
      quality: 'good',
    });
  });
});

describe('a Schneider iEM3000', () => {
  /** As an iEM3255 in the field said it once, unused registers and all. */
  const field = {
    0x0bb7: [0x4026, 0x86f2],
    0x0bb9: [0x4067, 0x32fb],
    0x0bbb: [0x40e6, 0x43d1],
    0x0bd1: [0x43d1, 0x80ad],
    0x0bd3: [0x436f, 0x4a85],
    0x0bd5: [0x4370, 0xf186],
    0x0bd7: [0x4375, 0x9346],
    0x0bd9: [0xffc0, 0x0000],
    0x0bed: [0x3f1a, 0x1b51],
    0x0bef: [0x3f01, 0x7fc3],
    0x0bf1: [0xbfdb, 0x7e8e],
    0x0bf3: [0xbf1b, 0x6208],
  };
  const energy = [0, 0, 0x04f0, 0x8803, 0, 0, 0x000f, 0xea9c];

  it('has powers in kW and energies in Wh', () => {
    const momentary = registersFrom(0x0bb7, 62, field);
    const { of } = decode(
      'schneider-iem3000',
      exchange(1, 3, 0x0bb7, momentary),
      exchange(1, 3, 0x0c25, [0x4248, 0x4329]),
      exchange(1, 3, 0x0c83, energy),
      exchange(1, 3, 0x0081, [0x00f7, 0xb24f]),
    );
    expect(of('voltageV L3')?.['number']).toBeCloseTo(245.575, 3);
    expect(of('powerW')?.['number']).toBeCloseTo(-606.965, 2);
    expect(of('frequencyHz')?.['number']).toBeCloseTo(50.0656, 4);
    expect(of('importWh')).toMatchObject({ number: 82_872_323, exact: '82872323', quality: 'good' });
    expect(of('exportWh')).toMatchObject({ number: 1_043_100 });
    expect(of('serialNumber')).toMatchObject({ text: '16233039' });
  });

  it.for([
    ['further', 1, 'schneider-iem3000-plus-1'],
    ['before', -1, 'schneider-iem3000-minus-1'],
  ] as const)('one register %s is refused, and the variant is named', ([, shift, variant]) => {
    const moved = Object.fromEntries(
      Object.entries(field).map(([register, words]) => [Number(register) + shift, words]),
    );
    const recording = exchange(1, 3, 0x0bb0, registersFrom(0x0bb0, 80, moved));
    const { values, frames } = decode('schneider-iem3000', recording);
    expect(numbersIn(values)).toEqual([]);
    expect(String(frames[1]?.['note'])).toContain(variant);
    expect(decode(variant, recording).of('voltageV L1')?.['number']).toBeCloseTo(239.291, 3);
  });

  it('is exact where a binary number is not, and no meter has counted that much', () => {
    const { of } = decode(
      'schneider-iem3000',
      exchange(1, 3, 0x0c83, [...wholeWords(2n ** 53n + 1n, 4), ...wholeWords(-1n, 4)]),
    );
    expect(of('importWh')).toMatchObject({
      number: null,
      exact: '9007199254740993',
      quality: 'refused',
      refusedCode: 'no-measurement',
    });
    expect(of('exportWh')).toMatchObject({ number: null, exact: '-1', quality: 'refused' });
  });
});

describe('a Janitza and a single-phase SDM120', () => {
  it('give what they have', () => {
    const held = {
      0x4a38: floatWords(230.5),
      0x4a52: floatWords(-1500.5),
      0x4a6a: floatWords(50),
      0x4a7c: floatWords(98_765_432),
    };
    const janitza = decode('janitza-b', exchange(1, 3, 0x4a38, registersFrom(0x4a38, 78, held)));
    expect(janitza.of('powerW')).toMatchObject({ number: -1500.5 });
    expect(janitza.of('importWh')).toMatchObject({ number: 98_765_432, unit: 'Wh' });
    const block = registersFrom(0, 14, { 0: floatWords(229.5), 6: floatWords(4), 12: floatWords(900) });
    const { values } = decode('eastron-sdm120', exchange(1, 4, 0, block));
    expect(values.map(({ name, number }) => [name, number])).toEqual([
      ['voltageV L1', 229.5],
      ['currentA L1', 4],
      ['phasePowerW L1', 900],
      ['powerW', 900],
    ]);
  });
});

describe('a line', () => {
  it('with two units in turn keeps them apart', () => {
    const right = sdm630();
    const wrong = sdm630((value) => swapped(floatWords(value)));
    const { of } = decode(
      'eastron-sdm630',
      exchange(1, 4, 0, right),
      exchange(2, 4, 0, wrong),
      exchange(1, 4, 0, right),
    );
    expect(of('importWh', 1)).toMatchObject({ number: 1_234_500, quality: 'good' });
    expect(of('importWh', 2)).toMatchObject({ number: null, quality: 'refused' });
  });

  it('is not believed in one place when the meter is not what the profile says in another', () => {
    const wrong = sdm630((value) => swapped(floatWords(value)));
    const { of } = decode(
      'eastron-sdm630',
      exchange(1, 4, 0, wrong.slice(0, 6)),
      // 2404.07 W, which the other way round is 10.02 W.
      exchange(1, 4, 0x34, [0x4120, 0x4516]),
    );
    expect(of('powerW')).toMatchObject({ number: null, quality: 'refused', refusedCode: 'profile-contradicted' });
  });

  it('lays an answer to its question: what was asked before an answered one is settled', () => {
    const all = sdm630();
    const { of, frames } = decode(
      'eastron-sdm630',
      askFor(1, 4, 0x34, 2),
      exchange(1, 4, 0, all.slice(0, 12)),
      exchange(1, 4, 0x48, all.slice(0x48, 0x4a)),
    );
    expect(of('importWh')).toMatchObject({ number: 1_234_500 });
    expect(of('powerW')).toBeUndefined();
    expect(frames).toHaveLength(5);
    expect(frames.filter(({ note }) => note === 'No answer to it stands in the recording.')).toHaveLength(1);
    expect(frames[0]).toHaveProperty('note');
  });

  it('shows exceptions, and discards what is damaged or cut short', () => {
    const whole = exchange(1, 4, 0, sdm630());
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(40) ^ 1, 40);
    const { frames, values, discarded } = decode(
      'eastron-sdm630',
      askFor(1, 4, 0x100, 2),
      refuseIt(1, 4, 2),
      damaged,
      whole.subarray(0, 100),
    );
    expect(values).toEqual([]);
    expect(frames.map(({ kind }) => kind)).toEqual(['question', 'exception', 'question', 'question']);
    expect(frames[1]).toMatchObject({ exceptionCode: 2, exception: 'illegal data address' });
    expect(discarded.map(({ bytes }) => bytes.length)).toEqual([157, 92]);
  });

  it('is read without an exception, whatever its bytes are, and a number is never told of a meter that contradicts', () => {
    const every = modbusProfiles(profiles);
    const words = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 2, maxLength: 125 });
    fc.assert(
      fc.property(
        fc.constantFrom(...every),
        fc.nat(3),
        words,
        fc.uint8Array({ maxLength: 40 }),
        (profile, block, read, noise) => {
          const place = profile.blocks[block % profile.blocks.length];
          if (place === undefined) return;
          const recording = Buffer.concat([exchange(9, place.functionCode, place.firstRegister, read), noise]);
          const { frames } = decodeModbus(profile, every, recording);
          for (const value of frames.flatMap((frame) => frame.values as readonly Shown[])) {
            const isTold = value['number'] !== null;
            expect(isTold).toBe(value['quality'] === 'good' || value['quality'] === 'unchecked');
            const number = Number(value['number']);
            expect(value['name'] !== 'importWh' || number >= 0).toBe(true);
            expect(value['unit'] !== 'V' || Math.abs(number) <= 280).toBe(true);
          }
        },
      ),
    );
  });
});
