/**
 * Registers into values, by the meter's profile. No IO and no judgement: whether the values can be is decided by
 * `accept-reading`.
 */
import type { MeterValues, PhaseValues } from '../../../shared/domain/metering/meter.ts';
import { energyWh, powerW } from '../../../shared/kernel/quantity.ts';
import { REGISTERS_OF_TYPE, type MeterProfile, type RegisterForm, type ValuePlace } from './meter-profile.ts';

export type DecodedReading = {
  readonly values: MeterValues;
  /** One step of the energy registers at their present height. */
  readonly resolutionWh: number;
};

/** @param registers the profile's reading block as it came: two bytes a register, most significant first */
export function decodeReading(profile: MeterProfile, registers: Uint8Array): DecodedReading {
  const { values } = profile;
  const read = (place: ValuePlace | undefined): number | undefined =>
    place === undefined ? undefined : readPlace(profile, place, registers);
  const imported = read(values.importWh);
  const exported = read(values.exportWh);
  const power = read(values.powerW);
  const phase = (index: 0 | 1 | 2): PhaseValues => {
    const phasePower = read(values.phasePowerW[index]);
    return {
      voltageV: read(values.voltageV[index]),
      currentA: read(values.currentA[index]),
      powerW: phasePower === undefined ? undefined : powerW(phasePower),
    };
  };
  return {
    values: {
      powerW: power === undefined ? undefined : powerW(power),
      importWh: imported === undefined ? undefined : energyWh(withoutNoise(imported)),
      exportWh: exported === undefined ? undefined : energyWh(withoutNoise(exported)),
      frequencyHz: read(values.frequencyHz),
      phases: [phase(0), phase(1), phase(2)],
    },
    resolutionWh: Math.max(
      resolutionOf(values.importWh, imported),
      values.exportWh === undefined ? 0 : resolutionOf(values.exportWh, exported),
    ),
  };
}

/** Undefined when the meter has none or says it has none; zero and all ones are no serial numbers. */
export function decodeSerialNumber(profile: MeterProfile, registers: Uint8Array): string | undefined {
  const form = profile.serialNumber;
  if (form === undefined) return undefined;
  const bytes = orderBytes(registers.subarray(0, 2 * REGISTERS_OF_TYPE[form.type]), form);
  if (isAbsent(bytes, form) || bytes.every((byte) => byte === 0) || bytes.every((byte) => byte === 0xff))
    return undefined;
  return String(readNumber(bytes, form.type));
}

export type ShownValue = {
  readonly name: string;
  readonly register: string;
  /** The bytes as they came. */
  readonly raw: string;
  readonly value: number | undefined;
  readonly unit: string;
};

/** Every value of the profile with where it stands, for whoever compares with the meter's display. */
export function listValues(profile: MeterProfile, registers: Uint8Array): readonly ShownValue[] {
  return Object.entries(profile.values).flatMap(([name, places]) =>
    [places].flat().map((place, index) => ({
      name: Array.isArray(places) ? `${name} L${index + 1}` : name,
      register: `0x${place.register.toString(16).toUpperCase().padStart(4, '0')}`,
      raw: [...cut(profile, place, registers)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      value: readPlace(profile, place, registers),
      unit: /(Wh|W|V|A|Hz)$/u.exec(name)?.[0] ?? '',
    })),
  );
}

function cut(profile: MeterProfile, place: ValuePlace, registers: Uint8Array): Uint8Array {
  const start = 2 * (place.register - profile.reading.firstRegister);
  return registers.subarray(start, start + 2 * REGISTERS_OF_TYPE[place.type]);
}

function readPlace(profile: MeterProfile, place: ValuePlace, registers: Uint8Array): number | undefined {
  const bytes = orderBytes(cut(profile, place, registers), place);
  if (isAbsent(bytes, place)) return undefined;
  const number = readNumber(bytes, place.type);
  return Number.isFinite(number) ? number * place.scale : undefined;
}

/** Most significant first, whatever the order of the words. */
function orderBytes(bytes: Uint8Array, form: RegisterForm): Uint8Array {
  if (form.wordOrder === 'high-first') return bytes;
  const ordered = new Uint8Array(bytes.length);
  for (let word = 0; word < bytes.length; word += 2)
    ordered.set(bytes.subarray(word, word + 2), bytes.length - 2 - word);
  return ordered;
}

function isAbsent(bytes: Uint8Array, form: RegisterForm): boolean {
  if (form.absent.length === 0) return false;
  const raw = `0x${[...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('')}`;
  return form.absent.includes(raw);
}

/** A 64-bit register beyond 2^53 loses its last digits: an energy of nine petawatt-hours, or no serial number of a meter. */
function readNumber(bytes: Uint8Array, type: RegisterForm['type']): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case 'float32':
      return view.getFloat32(0);
    case 'u16':
      return view.getUint16(0);
    case 's16':
      return view.getInt16(0);
    case 'u32':
      return view.getUint32(0);
    case 's32':
      return view.getInt32(0);
    case 'u64':
      return Number(view.getBigUint64(0));
    case 's64':
      return Number(view.getBigInt64(0));
  }
}

/** A float32 has 24 significant bits: its step doubles each time its value does. */
function resolutionOf(place: ValuePlace, value: number | undefined): number {
  if (place.type !== 'float32') return place.scale;
  const magnitude = Math.abs((value ?? 0) / place.scale);
  return magnitude === 0 ? 0 : 2 ** (Math.floor(Math.log2(magnitude)) - 23) * place.scale;
}

/** To the thousandth of a Wh: finer than any register, and free of what multiplying binary fractions leaves behind. */
function withoutNoise(wh: number): number {
  return Math.round(wh * 1000) / 1000;
}
