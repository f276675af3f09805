/**
 * Damaged messages by the thousand, on the whole way from bytes to a believed reading. Each comes after true ones and is followed
 * by true ones, as on a line. What is counted: exceptions, bytes that did not come out, altered messages that the parser let
 * through, and altered energies that the rules believed in the end.
 *
 * An altered energy that lies between those of its true neighbours is counted by itself: where no checksum stands over a
 * message, nothing in the world tells it from a true one, and it is wrong by no more than the meter counted meanwhile.
 */
import { createIec62056Reader } from '../../../src/main/metering/codec/iec62056/iec62056-reader.ts';
import type { MeterProfile } from '../../../src/main/metering/codec/meter-profile.ts';
import { createP1Reader } from '../../../src/main/metering/codec/p1/p1-reader.ts';
import { createSmlReader } from '../../../src/main/metering/codec/sml/sml-reader.ts';
import type { StreamReader } from '../../../src/main/metering/codec/stream-pieces.ts';
import { createFrameReader, questionBytes } from '../../../src/main/serial/modbus/rtu-frame.ts';
import { withCrc } from '../../../src/main/serial/modbus/crc16.ts';
import { matchAnswer } from '../../../src/main/serial/modbus/match-answer.ts';
import { openMeterProfiles } from '../../../src/main/metering/meters/meter-profiles.ts';
import { mutateBytes, type Damage } from '../../support/mutate-bytes.ts';
import { dataMessage, p1Telegram, pushTelegram, withEvenParity } from '../../support/readable-messages.ts';
import { firstUnaccounted } from '../../support/read-stream.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { signed, smlFile, unsigned } from '../../support/sml-encoder.ts';
import { believedEnergies } from './believed-energies.ts';

export type FuzzRow = {
  readonly name: string;
  readonly messages: number;
  readonly exceptions: number;
  readonly unaccounted: number;
  /** Altered messages that the parser took for whole, by the kind of damage. */
  readonly passed: Readonly<Record<Damage, number>>;
  /** Kinds of damage that the message's check owes to find, and did not. */
  readonly owedAndPassed: readonly Damage[];
  /** Of them, energies that were believed: outside of what their true neighbours say, and between them. */
  readonly believedWrong: number;
  readonly believedBetween: number;
  readonly greatestErrorWh: number;
  /** Share of the whole messages behind a damaged one that were read; of Modbus none is awaited there. */
  readonly nextRead: number | undefined;
  readonly messagesPerSecond: number;
  readonly megabytesPerSecond: number;
};

/** What a parser makes of a stream: the messages it takes for whole, and whether every byte came out. */
type Parse = (stream: Uint8Array) => {
  readonly messages: readonly { readonly from: number; readonly bytes: Uint8Array }[];
  readonly isAccounted: boolean;
};

export type FuzzCase = {
  readonly name: string;
  readonly profile: string;
  readonly parse: Parse;
  /** The meter's message when it has counted so many Wh beyond its first. */
  readonly originals: readonly ((countedWh: number) => Uint8Array)[];
  /** What stands between the damaged message and the next. */
  readonly between?: Uint8Array;
  readonly owed: readonly Damage[];
  /** What of the message is protected and read. */
  readonly keyOf?: (message: Uint8Array) => string;
};

const ALL: readonly Damage[] = ['one-byte', 'few-bits', 'short-burst', 'long'];
const FIRST_WH = 1_581_123;
const kwh = (wh: number): string => (wh / 1000).toFixed(3).padStart(10, '0');
const lines = (countedWh: number): string[] => [
  '0-0:96.1.1(4B384547303034303436333935353037)',
  `1-0:1.8.0(${kwh(FIRST_WH + countedWh)}*kWh)`,
  '1-0:2.8.0(000004.400*kWh)',
  '1-0:1.7.0(02.027*kW)',
];
const tariffs = (countedWh: number): string[] => [
  '0-0:96.1.1(4B384547303034303436333935353037)',
  `1-0:1.8.1(${kwh(FIRST_WH + countedWh)}*kWh)`,
  '1-0:1.8.2(000123.456*kWh)',
  '1-0:2.8.1(000004.400*kWh)',
  '1-0:1.7.0(02.027*kW)',
];
const VERSION = '1-3:0.2.8(50)';
const REPEAT_REQUEST = 0x15;

const sml =
  (checksum: 'x25' | 'kermit') =>
  (countedWh: number): Uint8Array =>
    smlFile(
      [
        {
          obis: [1, 0, 1, 8, 0, 255],
          unit: unsigned(30, 1),
          scaler: signed(-1, 1),
          value: unsigned((FIRST_WH + countedWh) * 10, 8),
        },
        { obis: [1, 0, 16, 7, 0, 255], unit: unsigned(27, 1), scaler: signed(-2, 1), value: signed(202_700, 4) },
      ],
      { checksum },
    );

function parseStream<F>(open: () => StreamReader<F>): Parse {
  return (stream) => {
    const reader = open();
    const pieces = [...reader.push(stream), ...reader.flush()];
    return {
      messages: pieces.filter(({ kind }) => kind === 'frame'),
      isAccounted: firstUnaccounted(pieces, stream) === undefined,
    };
  };
}

const UNIT = 5;
const REGISTERS = 76;
const QUESTION = questionBytes(UNIT, 4, 0, REGISTERS);
const STRAY_BYTES = 3;

/** The answer of an SDM630, whose registers are written here by hand: energy in kWh at 0048. */
function modbusAnswer(countedWh: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * REGISTERS));
  for (const register of [0, 2, 4]) view.setFloat32(2 * register, 230);
  view.setFloat32(2 * 0x34, 2_027);
  view.setFloat32(2 * 0x46, 50);
  view.setFloat32(2 * 0x48, (FIRST_WH + countedWh) / 1000);
  return withCrc([UNIT, 4, 2 * REGISTERS, ...new Uint8Array(view.buffer)]);
}

/** Both ways a line's bytes are looked at: every byte as a frame or discarded, and as the answer to one question. */
const parseModbus: Parse = (stream) => {
  const reader = createFrameReader();
  const pieces = [...reader.push(stream), ...reader.flush()];
  const answer = matchAnswer(
    stream,
    { question: QUESTION, unitAddress: UNIT, functionCode: 4, registerCount: REGISTERS },
    STRAY_BYTES,
  );
  return {
    messages: answer.kind === 'answer' ? [{ from: answer.start, bytes: answer.data }] : [],
    isAccounted: Buffer.concat(pieces.map(({ bytes }) => bytes)).equals(stream),
  };
};

/** The end of the last line is neither protected nor read. */
const withoutLineEnd = (message: Uint8Array): string => textOf(message).replace(/\r?\n?$/u, '');

export const FUZZ_CASES: readonly FuzzCase[] = [
  {
    name: 'Modbus RTU',
    profile: 'eastron-sdm630',
    parse: parseModbus,
    originals: [modbusAnswer],
    owed: ['one-byte', 'few-bits', 'short-burst'],
    keyOf: (message) => textOf(message.length === 2 * REGISTERS ? message : message.subarray(3, -2)),
  },
  {
    name: 'SML',
    profile: 'sml-meter',
    parse: parseStream(createSmlReader),
    originals: [sml('x25'), sml('kermit')],
    owed: ALL,
  },
  {
    name: 'P1 with a checksum',
    profile: 'p1-meter',
    parse: parseStream(createP1Reader),
    originals: [(wh) => p1Telegram([VERSION, ...tariffs(wh)])],
    owed: ['one-byte', 'few-bits', 'short-burst'],
  },
  {
    name: 'P1 without one',
    profile: 'p1-meter',
    parse: parseStream(createP1Reader),
    originals: [(wh) => p1Telegram(tariffs(wh), { isSealed: false })],
    owed: [],
  },
  {
    name: 'D0 mode C',
    profile: 'd0-meter',
    parse: parseStream(createIec62056Reader),
    originals: [(wh) => dataMessage(lines(wh)), (wh) => withEvenParity(dataMessage(lines(wh)))],
    between: Uint8Array.of(REPEAT_REQUEST),
    owed: ['one-byte'],
  },
  {
    name: 'D0 pushed',
    profile: 'd0-push-meter',
    parse: parseStream(createIec62056Reader),
    originals: [(wh) => pushTelegram(lines(wh)), (wh) => withEvenParity(pushTelegram(lines(wh)))],
    owed: [],
  },
];

const NOTHING = new Uint8Array(0);

export function fuzzParser(fuzzed: FuzzCase, messages: number, seed: number): FuzzRow {
  const { parse, originals, owed, between = NOTHING, keyOf = withoutLineEnd } = fuzzed;
  const random = seededRandom(seed);
  const profile = profileOf(fuzzed.profile);
  const passed: Record<Damage, number> = { 'one-byte': 0, 'few-bits': 0, 'short-burst': 0, long: 0 };
  let [exceptions, unaccounted, recovered, bytesRead] = [0, 0, 0, 0];
  let [believedWrong, believedBetween, greatestErrorWh] = [0, 0, 0];
  const startedMs = performance.now();
  for (let round = 0; round < messages; round += 1) {
    const write = originals[round % originals.length] ?? (() => NOTHING);
    const stepWh = round % 4;
    const original = write(stepWh);
    const mutated = mutateBytes(original, random);
    const stream = Uint8Array.from([...mutated.bytes, ...between, ...original]);
    bytesRead += stream.length;
    try {
      const { messages: taken, isAccounted } = parse(stream);
      if (!isAccounted) unaccounted += 1;
      if (taken.some(({ from }) => from === mutated.bytes.length + between.length)) recovered += 1;
      const altered = taken.filter(({ bytes }) => keyOf(bytes) !== keyOf(original)).map(({ bytes }) => bytes);
      if (altered.length === 0) continue;
      passed[mutated.damage === 'few-bits' && isSealTouched(original, mutated.bytes) ? 'long' : mutated.damage] += 1;
      for (const { errorWh, isBetween } of believedEnergies(profile, {
        write,
        stepWh,
        altered,
        data: dataOf(fuzzed),
      })) {
        if (errorWh === 0) continue;
        if (isBetween) believedBetween += 1;
        else believedWrong += 1;
        greatestErrorWh = Math.max(greatestErrorWh, errorWh);
      }
    } catch {
      exceptions += 1;
    }
  }
  const seconds = (performance.now() - startedMs) / 1000;
  return {
    name: fuzzed.name,
    messages,
    exceptions,
    unaccounted,
    passed,
    owedAndPassed: owed.filter((damage) => passed[damage] > 0),
    believedWrong,
    believedBetween,
    greatestErrorWh,
    nextRead: parse === parseModbus ? undefined : recovered / messages,
    messagesPerSecond: Math.round((2 * messages) / seconds),
    megabytesPerSecond: Number((bytesRead / seconds / 1e6).toFixed(1)),
  };
}

/** Modbus stores registers, the others whole telegrams. */
function dataOf({ parse }: FuzzCase): (message: Uint8Array) => Uint8Array {
  return parse === parseModbus ? (message) => message.subarray(3, -2) : (message) => message;
}

function profileOf(name: string): MeterProfile {
  const found = openMeterProfiles().of(name);
  if (!found.ok) throw new Error(found.message);
  return found.value;
}

/**
 * P1 writes its checksum in four characters, one bit of which is up to four of the checksum's: together with a bit elsewhere
 * that is more damage than a few bits.
 */
function isSealTouched(original: Uint8Array, mutated: Uint8Array): boolean {
  return original.subarray(-6).some((byte, at) => byte !== mutated.at(at - 6));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
