/**
 * Registers into values, by the meter's profile. No IO and no judgement: whether the values can be is decided by
 * `accept-reading`, which is why a voltage that cannot be is told as it stands. An energy or a power whose form alone is
 * impossible is none.
 */
import type { PhaseValues } from '../../../shared/domain/metering/meter.ts';
import { energyWh, powerW } from '../../../shared/kernel/quantity.ts';
import type { DecodedReading } from './decoded-reading.ts';
import { exactText } from './exact-number.ts';
import {
  isReadWith,
  placesOf,
  REGISTERS_OF_TYPE,
  type ModbusProfile,
  type ValueName,
  type ValuePlace,
} from './meter-profile.ts';
import {
  orderWords,
  readExact,
  readNumber,
  resolutionOf,
  wholeNumber,
  type RegisterNumber,
} from './register-number.ts';
import { cutBlocks, cutPlace, type RegisterSpan } from './register-span.ts';

/** @param registers the profile's blocks as they came, one after the other: two bytes a register, most significant first */
export function decodeRegisters(profile: ModbusProfile, registers: Uint8Array): DecodedReading {
  const { values } = profile;
  const spans = cutBlocks(profile, registers);
  const read = (name: ValueName, place: ValuePlace | undefined): number | undefined => {
    const bytes = place && findBytes(spans, place);
    if (place === undefined || bytes === undefined) return undefined;
    const found = readNumber(bytes, place, name);
    if (found.kind === 'number') return found.value;
    return found.kind === 'impossible' && (name === 'voltageV' || name === 'frequencyHz') ? found.value : undefined;
  };
  const phase = (index: 0 | 1 | 2): PhaseValues => {
    const phasePower = read('phasePowerW', values.phasePowerW?.[index]);
    return {
      voltageV: read('voltageV', values.voltageV[index]),
      currentA: read('currentA', values.currentA?.[index]),
      powerW: phasePower === undefined ? undefined : powerW(phasePower),
    };
  };
  const phases = [phase(0), phase(1), phase(2)] as const;
  const frequencyHz = read('frequencyHz', values.frequencyHz);
  // Without either, nothing tells that the energy beside them is read in the right place and order.
  const isVouchedFor = frequencyHz !== undefined || phases.some(({ voltageV }) => voltageV !== undefined);
  const imported = isVouchedFor ? read('importWh', values.importWh) : undefined;
  const exported = isVouchedFor ? read('exportWh', values.exportWh) : undefined;
  const power = read('powerW', values.powerW);
  const energies = [values.importWh, ...(values.exportWh === undefined ? [] : [values.exportWh])];
  return {
    isExact: energies.every(({ type }) => type !== 'float32'),
    values: {
      powerW: power === undefined ? undefined : powerW(power),
      importWh: imported === undefined ? undefined : energyWh(withoutNoise(imported)),
      exportWh: exported === undefined ? undefined : energyWh(withoutNoise(exported)),
      frequencyHz,
      phases,
    },
    resolutionWh: Math.max(
      resolutionOf(values.importWh, imported),
      values.exportWh === undefined ? 0 : resolutionOf(values.exportWh, exported),
    ),
  };
}

/** Undefined when the meter has none or says it has none; zero and all ones are no serial numbers. */
export function decodeSerialNumber({ serialNumber: form }: ModbusProfile, registers: Uint8Array): string | undefined {
  if (form === undefined) return undefined;
  const count = form.type === 'ascii' ? form.neededCount : REGISTERS_OF_TYPE[form.type];
  const bytes = orderWords(registers.subarray(0, 2 * count), form.wordOrder);
  if (bytes.every((byte) => byte === 0) || bytes.every((byte) => byte === 0xff)) return undefined;
  if (form.type !== 'ascii')
    return wholeNumber(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), form.type).toString();
  const text = String.fromCodePoint(...bytes).replace(/[\0 ]+$/u, '');
  return /^[ -~]+$/u.test(text) ? text : undefined;
}

export type ShownValue = {
  readonly name: string;
  readonly register: string;
  /** The bytes as they came. */
  readonly raw: string;
  readonly number: number | undefined;
  /** Of whole numbers: with all digits. */
  readonly exact: string | undefined;
  readonly unit: string;
  readonly quality: 'good' | 'absent' | 'refused';
  readonly refusedCode: string | undefined;
  readonly note: string | undefined;
  /** Where its bytes begin in the span, and how many they are. */
  readonly from: number;
  readonly length: number;
};

/** Every value of the profile that stands in this span, for whoever compares with the meter's display. */
export function listValues(profile: ModbusProfile, span: RegisterSpan): readonly ShownValue[] {
  return placesOf(profile).flatMap(({ name, phase, place }) => {
    const cut = isReadWith(profile, place, span.functionCode) ? cutPlace(span, place) : undefined;
    if (cut === undefined) return [];
    const found = readNumber(cut.bytes, place, name);
    const exact = found.kind === 'absent' ? undefined : readExact(cut.bytes, place);
    return {
      name: phase === undefined ? name : `${name} L${phase + 1}`,
      register: registerText(place.register),
      raw: [...cut.bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      unit: /(Wh|W|V|A|Hz)$/u.exec(name)?.[0] ?? '',
      from: cut.from,
      length: cut.bytes.length,
      exact: exact === undefined ? undefined : exactText(exact),
      ...shown(found),
    };
  });
}

export function registerText(register: number): string {
  return `0x${register.toString(16).toUpperCase().padStart(4, '0')}`;
}

function shown(found: RegisterNumber): Pick<ShownValue, 'number' | 'quality' | 'refusedCode' | 'note'> {
  switch (found.kind) {
    case 'number':
      return { number: found.value, quality: 'good', refusedCode: undefined, note: undefined };
    case 'absent': {
      const note = 'The meter says that it has no value here.';
      return { number: undefined, quality: 'absent', refusedCode: undefined, note };
    }
    case 'impossible':
      return { number: undefined, quality: 'refused', refusedCode: 'no-measurement', note: found.why };
  }
}

/** In the first block that holds it, which is the one it is read with. */
function findBytes(spans: readonly RegisterSpan[], place: ValuePlace): Uint8Array | undefined {
  for (const span of spans) {
    const cut = cutPlace(span, place);
    if (cut !== undefined) return cut.bytes;
  }
  return undefined;
}

/** To the thousandth of a Wh: finer than any register, and free of what multiplying binary fractions leaves behind. */
function withoutNoise(wh: number): number {
  return Math.round(wh * 1000) / 1000;
}
