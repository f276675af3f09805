/**
 * A utility meter's telegram into the values of a reading, by their OBIS codes (IEC 62056-61; DIN 43863-3 for the short forms).
 * All sums are exact. A value that is refused, of a period that is over, in no unit of its kind, or told twice and
 * differently is none: what is not certain must not become a number.
 */
import type { MeterValues, PhaseValues } from '../../../shared/domain/metering/meter.ts';
import { energyWh, powerW } from '../../../shared/kernel/quantity.ts';
import type { DecodedReading } from './decoded-reading.ts';
import type { DecodedValue } from './decoded-value.ts';
import { isSameNumber, nearestNumber, negative, sumExact, type ExactNumber } from './exact-number.ts';
import { createIec62056Reader } from './iec62056/iec62056-reader.ts';
import type { TelegramProfile } from './meter-profile.ts';
import { obisOfText, type ObisCode } from './obis-code.ts';
import { createP1Reader } from './p1/p1-reader.ts';
import { createSmlReader } from './sml/sml-reader.ts';
import type { StreamReader } from './stream-pieces.ts';
import { telegramSerialNumber } from './telegram-serial-number.ts';

export type DecodedTelegram = {
  readonly reading: DecodedReading;
  readonly serialNumber: string | undefined;
  /** Everything that was in it. */
  readonly values: readonly DecodedValue[];
};

/** @param telegram one whole frame, as the reader of its protocol cuts it */
export function decodeTelegram({ protocol }: Pick<TelegramProfile, 'protocol'>, telegram: Uint8Array): DecodedTelegram {
  const { values, serverId, isSealed } = contentOf(protocol, telegram);
  return {
    reading: { ...readingOf(values, telegram), isUnsealed: !isSealed },
    serialNumber: serverId ?? telegramSerialNumber(protocol, values),
    values,
  };
}

type Content = {
  readonly values: readonly DecodedValue[];
  readonly serverId: string | undefined;
  /** By a checksum that finds nearly all damage; a check character of seven bits, parity or nothing does not. */
  readonly isSealed: boolean;
};

const NOTHING: Content = { values: [], serverId: undefined, isSealed: false };

function contentOf(protocol: TelegramProfile['protocol'], telegram: Uint8Array): Content {
  if (protocol === 'sml') {
    const frame = firstFrame(createSmlReader(), telegram);
    const serverId = frame?.serverId?.replaceAll(' ', '');
    return frame === undefined
      ? NOTHING
      : { values: frame.values, serverId: serverId === '' ? undefined : serverId, isSealed: true };
  }
  if (protocol === 'dsmr-p1') {
    const frame = firstFrame(createP1Reader(), telegram);
    return frame === undefined ? NOTHING : { ...NOTHING, values: frame.values, isSealed: frame.check === 'crc16' };
  }
  const frame = firstFrame(createIec62056Reader(), telegram);
  return frame !== undefined && 'values' in frame ? { ...NOTHING, values: frame.values } : NOTHING;
}

function firstFrame<F>(reader: StreamReader<F>, telegram: Uint8Array): F | undefined {
  for (const piece of [...reader.push(telegram), ...reader.flush()]) if (piece.kind === 'frame') return piece.frame;
  return undefined;
}

/** Powers of ten from the unit as sent to the console's own. */
const SCALE: Readonly<Record<string, number>> = {
  Wh: 0,
  kWh: 3,
  MWh: 6,
  W: 0,
  kW: 3,
  MW: 6,
  V: 0,
  kV: 3,
  A: 0,
  kA: 3,
  Hz: 0,
};

/** A number in the console's unit, and the values it was made of. */
type Found = { readonly number: ExactNumber; readonly sources: readonly DecodedValue[] };

function readingOf(values: readonly DecodedValue[], telegram: Uint8Array): DecodedReading {
  const told = values.flatMap((value) => {
    const code = obisOfText(value.obis);
    return code === undefined || value.past || (code.a ?? 1) !== 1 ? [] : [{ code, value }];
  });
  const find = (c: number, d: number): Found | undefined => findTotal(told, c, d);
  /** Net power, or what is taken less what is given. */
  const power = (net: number, taken: number, given: number): ExactNumber | undefined => {
    const [whole, plus, minus] = [find(net, 7), find(taken, 7), find(given, 7)];
    if (whole !== undefined) return whole.number;
    if (plus === undefined && minus === undefined) return undefined;
    return sumExact([plus, minus && { number: negative(minus.number) }].flatMap((part) => part?.number ?? []));
  };
  const watts = (...codes: Parameters<typeof power>) => {
    const found = power(...codes);
    return found === undefined ? undefined : powerW(nearestNumber(found));
  };
  const plain = (c: number): number | undefined => {
    const found = find(c, 7);
    return found === undefined ? undefined : nearestNumber(found.number);
  };
  const phase = (first: number): PhaseValues => ({
    voltageV: plain(first + 11),
    currentA: plain(first + 10),
    powerW: watts(first + 15, first, first + 1),
  });
  const imported = find(1, 8) ?? sumOfTariffs(told, 1);
  const exported = find(2, 8) ?? sumOfTariffs(told, 2);
  const result: MeterValues = {
    powerW: watts(16, 1, 2),
    importWh: imported === undefined ? undefined : energyWh(nearestNumber(imported.number)),
    exportWh: exported === undefined ? undefined : energyWh(nearestNumber(exported.number)),
    frequencyHz: plain(14),
    phases: [phase(21), phase(41), phase(61)],
  };
  return {
    values: result,
    resolutionWh: Math.max(0, ...[imported, exported].flatMap((one) => one?.sources ?? []).map(stepOf)),
    isExact: true,
    rollsOverAtWh: rollOverOf(imported, telegram),
  };
}

type Told = readonly { readonly code: ObisCode; readonly value: DecodedValue }[];

/** Not specified (255) is the total too: EasyMeter writes 1-0:1.7.255. */
function findTotal(told: Told, c: number, d: number): Found | undefined {
  const all = told.filter(({ code }) => code.c === c && code.d === d);
  const total = all.filter(({ code }) => (code.e ?? 0) === 0);
  return agreed((total.length > 0 ? total : all.filter(({ code }) => code.e === 255)).map(({ value }) => value));
}

/** P1 tells no total, only what it is the sum of. One of them missing makes the sum none. */
function sumOfTariffs(told: Told, c: number): Found | undefined {
  const all = told.filter(({ code }) => code.c === c && code.d === 8);
  if (all.some(({ code }) => code.e === undefined || code.e < 1 || code.e > 4)) return undefined;
  const tariffs = [...new Set(all.map(({ code }) => code.e))].map((tariff) =>
    agreed(all.filter(({ code }) => code.e === tariff).map(({ value }) => value)),
  );
  const known = tariffs.flatMap((tariff) => tariff ?? []);
  if (known.length === 0 || known.length < tariffs.length) return undefined;
  return {
    number: sumExact(known.map(({ number }) => number)),
    sources: known.flatMap(({ sources }) => sources),
  };
}

/** Told once, or several times alike. A channel's value (1-1:1.8.0) beside the meter's own is another one. */
function agreed(values: readonly DecodedValue[]): Found | undefined {
  const [first] = values;
  const found = first === undefined ? undefined : inConsoleUnit(first);
  if (first === undefined || found === undefined) return undefined;
  const isSame = values.every((value) => {
    const other = inConsoleUnit(value);
    return other !== undefined && isSameNumber(other, found);
  });
  return isSame ? { number: found, sources: [first] } : undefined;
}

function inConsoleUnit({ number, unit }: DecodedValue): ExactNumber | undefined {
  const scale = unit === undefined ? undefined : SCALE[unit];
  return number === undefined || scale === undefined
    ? undefined
    : { digits: number.digits, exponent: number.exponent + scale };
}

/** One unit of its last digit, in Wh. */
function stepOf(value: DecodedValue): number {
  return 10 ** (inConsoleUnit(value)?.exponent ?? 0);
}

/** Padded with noughts to the width of its register, a readable number tells where it begins again: 012345.678 at a million. */
function rollOverOf(found: Found | undefined, telegram: Uint8Array): number | undefined {
  const [source] = found?.sources ?? [];
  if (source === undefined) return undefined;
  const sent = telegram.subarray(source.from, source.from + source.length).map((byte) => byte & 0x7f);
  const [, whole] = /^\((\d+)(?:\.\d+)?\s*\*/u.exec(Buffer.from(sent).toString('latin1')) ?? [];
  const scale = source.unit === undefined ? undefined : SCALE[source.unit];
  return whole === undefined || scale === undefined ? undefined : 10 ** (whole.length + scale);
}
