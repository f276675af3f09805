import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeRegisters,
  decodeSerialNumber,
  listValues,
} from '../../../../../src/main/metering/codec/decode-registers.ts';
import { parseMeterProfile, type ModbusProfile } from '../../../../../src/main/metering/codec/meter-profile.ts';
import { modbusProfiles, openMeterProfiles } from '../../../../../src/main/metering/meters/meter-profiles.ts';

function sdm630(): ModbusProfile {
  const profile = openMeterProfiles().of('eastron-sdm630');
  if (!profile.ok || profile.value.protocol !== 'modbus-rtu') throw new Error('It is shipped.');
  return profile.value;
}

/** Values by register, as floats. */
function floats(values: Readonly<Record<number, number>>): Uint8Array {
  const view = new DataView(new ArrayBuffer(152));
  for (const [register, value] of Object.entries(values)) view.setFloat32(Number(register) * 2, value);
  return new Uint8Array(view.buffer);
}

describe('an SDM630', () => {
  it('is read at the registers its maker documents', () => {
    const { values, resolutionWh } = decodeRegisters(
      sdm630(),
      floats({
        0x00: 230.5,
        0x02: 231.5,
        0x04: 229.5,
        0x06: 10.5,
        0x08: 11.5,
        0x0a: 12.5,
        0x0c: 2400,
        0x0e: 2500,
        0x10: -2600,
        0x34: 2300,
        0x46: 49.5,
        0x48: 5000.25,
        0x4a: 12.5,
      }),
    );
    expect(values).toEqual({
      powerW: 2300,
      importWh: 5_000_250,
      exportWh: 12_500,
      frequencyHz: 49.5,
      phases: [
        { voltageV: 230.5, currentA: 10.5, powerW: 2400 },
        { voltageV: 231.5, currentA: 11.5, powerW: 2500 },
        { voltageV: 229.5, currentA: 12.5, powerW: -2600 },
      ],
    });
    expect(resolutionWh).toBeCloseTo(0.488, 3);
  });

  it('has steps of 7.8 Wh at 100 MWh', () => {
    expect(decodeRegisters(sdm630(), floats({ 0x48: 100_000 })).resolutionWh).toBe(7.8125);
  });

  it('has no value where it says that it is no number', () => {
    const { values } = decodeRegisters(sdm630(), floats({ 0x34: Number.NaN, 0x48: Infinity, 0x00: Number.NaN }));
    expect(values.powerW).toBeUndefined();
    expect(values.importWh).toBeUndefined();
    expect(values.phases[0].voltageV).toBeUndefined();
    expect(values.exportWh).toBe(0);
  });

  it('tells its serial number, and neither zero nor all ones is one', () => {
    expect(decodeSerialNumber(sdm630(), Uint8Array.of(0xee, 0x6b, 0x28, 0x00, 0, 0x70))).toBe('4000000000');
    expect(decodeSerialNumber(sdm630(), Uint8Array.of(0, 0, 0, 0))).toBeUndefined();
    expect(decodeSerialNumber(sdm630(), Uint8Array.of(255, 255, 255, 255))).toBeUndefined();
  });

  it('is listed with registers and bytes for whoever compares', () => {
    const span = { functionCode: 4, firstRegister: 0, bytes: floats({ 0x34: 2300 }) } as const;
    expect(listValues(sdm630(), span).find(({ name }) => name === 'powerW')).toMatchObject({
      register: '0x0034',
      raw: '45 0f c0 00',
      number: 2300,
      unit: 'W',
      quality: 'good',
    });
  });

  it('decodes whatever bytes come, in finite numbers', () => {
    const profile = sdm630();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 152, maxLength: 152 }), (registers) => {
        const { values, resolutionWh } = decodeRegisters(profile, registers);
        const all = [values.powerW, values.importWh, values.exportWh, values.frequencyHz, resolutionWh];
        for (const value of all) expect(value === undefined || Number.isFinite(value)).toBe(true);
      }),
    );
  });

  it('knows its step to be the difference to the next float', () => {
    const profile = sdm630();
    fc.assert(
      fc.property(fc.integer({ min: 0x3a000000, max: 0x4cffffff }), (bits) => {
        const view = new DataView(new ArrayBuffer(4));
        view.setUint32(0, bits);
        const here = view.getFloat32(0);
        view.setUint32(0, bits + 1);
        const step = (view.getFloat32(0) - here) * 1000;
        expect(decodeRegisters(profile, floats({ 0x48: here })).resolutionWh).toBe(step);
      }),
    );
  });
});

describe('other instruments', () => {
  /** One meter with every form a register can have. */
  function withPower(place: object, registers: number): ModbusProfile {
    const at = (register: number) => ({ register: `0x000${register}`, type: 'u16' });
    const parsed = parseMeterProfile('other.json', {
      protocol: 'modbus-rtu',
      name: 'other',
      model: 'Other',
      source: 'a test',
      rated: { currentA: 5, voltageV: 230 },
      plausible: { voltageV: [180, 280], frequencyHz: [45, 65] },
      blocks: [{ functionCode: 3, firstRegister: '0x0000', neededCount: registers, allowedCounts: [10, 11, 12] }],
      values: {
        voltageV: [at(0), at(0), at(0)],
        currentA: [at(0), at(0), at(0)],
        phasePowerW: [at(0), at(0), at(0)],
        importWh: at(0),
        powerW: { register: '0x0001', ...place },
      },
    });
    if (!parsed.ok) throw new Error(parsed.message);
    if (parsed.value.protocol !== 'modbus-rtu') throw new Error('It is one with registers.');
    return parsed.value;
  }

  it.for<readonly [string, object, readonly number[], number | undefined]>([
    ['signed, scaled', { type: 's32', scale: 0.01 }, [0xff, 0xff, 0xff, 0x9c], -1],
    ['low word first', { type: 's32', wordOrder: 'low-first', scale: 0.1 }, [0x00, 0x64, 0x00, 0x01], 6563.6],
    ['16 bits', { type: 's16' }, [0xff, 0xfe], -2],
    ['64 bits', { type: 'u64', scale: 10 }, [0, 0, 0, 1, 0, 0, 0, 2], 42_949_672_980],
    ['64 bits, signed', { type: 's64' }, [255, 255, 255, 255, 255, 255, 255, 251], -5],
    ['absent', { type: 's32', absent: ['0x7FFFFFFF'] }, [0x7f, 0xff, 0xff, 0xff], undefined],
  ])('%s', ([, place, bytes, expected]) => {
    const registers = Uint8Array.from([0, 1, ...bytes]);
    expect(decodeRegisters(withPower(place, registers.length / 2), registers).values.powerW).toBe(expected);
  });
});

describe('every shipped meter', () => {
  const shipped = modbusProfiles(openMeterProfiles());
  const lengthOf = ({ blocks }: ModbusProfile): number => blocks.reduce((sum, block) => sum + 2 * block.neededCount, 0);

  it.for(shipped.map((profile) => [profile.name, profile] as const))('%s: any bytes, finite numbers', ([, profile]) => {
    const length = lengthOf(profile);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: length, maxLength: length }), (registers) => {
        const { values, resolutionWh } = decodeRegisters(profile, registers);
        const { powerW, importWh, exportWh, frequencyHz, phases } = values;
        const told = [powerW, importWh, exportWh, frequencyHz, resolutionWh, ...phases.flatMap(Object.values)];
        for (const value of told) expect(value === undefined || Number.isFinite(value)).toBe(true);
        expect(Math.min(importWh ?? 0, exportWh ?? 0)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is a raw reading of its blocks, one after the other', () => {
    const profile = shipped.find(({ name }) => name === 'abb-b23');
    if (profile === undefined) throw new Error('It is shipped.');
    const registers = Buffer.alloc(lengthOf(profile), 0xff);
    for (const phase of [0, 1, 2]) registers.writeUInt32BE(2301 + phase, 4 * phase);
    registers.writeInt32BE(-1_234_567, 2 * 0x14);
    registers.writeBigUInt64BE(123_456_789n, 2 * 45);
    const { values, resolutionWh, isExact } = decodeRegisters(profile, registers);
    expect(values).toMatchObject({ powerW: -12_345.67, importWh: 1_234_567_890, exportWh: undefined });
    expect(values.phases.map(({ voltageV }) => voltageV)).toEqual([230.1, 230.2, 230.3]);
    expect({ resolutionWh, isExact }).toEqual({ resolutionWh: 10, isExact: true });
  });

  it('has one phase where it measures one', () => {
    const profile = shipped.find(({ name }) => name === 'eastron-sdm120');
    if (profile === undefined) throw new Error('It is shipped.');
    const registers = Buffer.alloc(lengthOf(profile));
    registers.writeFloatBE(229.5, 0);
    registers.writeFloatBE(900, 24);
    const { phases, powerW } = decodeRegisters(profile, registers).values;
    const none = { voltageV: undefined, currentA: undefined, powerW: undefined };
    expect(phases).toEqual([{ voltageV: 229.5, currentA: 0, powerW: 900 }, none, none]);
    expect(powerW).toBe(900);
  });

  it('tells no energy where neither voltage nor frequency stands beside it', () => {
    const nothing = Number.NaN;
    const { values } = decodeRegisters(
      sdm630(),
      floats({ 0: nothing, 2: nothing, 4: nothing, 0x46: nothing, 0x48: 5000 }),
    );
    expect(values.importWh).toBeUndefined();
  });
});
