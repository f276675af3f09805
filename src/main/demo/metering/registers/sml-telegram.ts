/**
 * What a German utility's meter says by itself through its optical head, about once a second (Smart Message Language 1.04,
 * transport protocol version 1): an opening, a list of values under their OBIS codes, a closing.
 */
import type { MeterState } from '../site-meters.ts';

/** DLMS units (IEC 62056-62, table of units). */
const W = 27;
const WH = 30;
const A = 33;
const V = 35;
const HZ = 44;

export function smlTelegram(state: MeterState, serialNumber: number, telegram: number): Uint8Array {
  const serverId = [0x0a, 0x01, ...Buffer.from('SWY', 'latin1'), ...bytesOf(BigInt(serialNumber), 5)];
  const entry = (obis: readonly number[], value: number[], unit: number, scaler: number): number[] =>
    list(octets(obis), NONE, NONE, unsigned(unit, 1), signed(scaler, 1), value, NONE);
  const power = (watts: number): number[] => signed(Math.round(watts * 10), 4);
  const values = [
    list(octets([1, 0, 96, 1, 0, 255]), NONE, NONE, NONE, NONE, octets(serverId), NONE),
    entry([1, 0, 1, 8, 0, 255], unsigned(Math.floor(state.importWh * 10), 8), WH, -1),
    entry([1, 0, 2, 8, 0, 255], unsigned(0, 8), WH, -1),
    entry([1, 0, 16, 7, 0, 255], power(state.powerW), W, -1),
    ...state.phases.flatMap((phase, index) => [
      entry([1, 0, 32 + index * 20, 7, 0, 255], unsigned(Math.round(phase.voltageV * 10), 2), V, -1),
      entry([1, 0, 31 + index * 20, 7, 0, 255], signed(Math.round(phase.currentA * 100), 4), A, -2),
      entry([1, 0, 36 + index * 20, 7, 0, 255], power(phase.powerW), W, -1),
    ]),
    entry([1, 0, 14, 7, 0, 255], unsigned(Math.round(state.frequencyHz * 100), 2), HZ, -2),
  ];
  const opening = message(
    telegram * 3,
    0x0101,
    list(NONE, NONE, octets(bytesOf(BigInt(telegram), 4)), octets(serverId), NONE, NONE),
  );
  const told = list(NONE, octets(serverId), octets([1, 0, 98, 10, 255, 255]), NONE, list(...values), NONE, NONE);
  const file = [
    ...opening,
    ...message(telegram * 3 + 1, 0x0701, told),
    ...message(telegram * 3 + 2, 0x0201, list(NONE)),
  ];
  const padding = (4 - (file.length % 4)) % 4;
  const whole = [
    ...ESCAPE,
    ...START_OF_FILE,
    ...escaped([...file, ...Array.from({ length: padding }, () => 0)]),
    ...ESCAPE,
    0x1a,
    padding,
  ];
  return Uint8Array.from([...whole, ...checksum(whole)]);
}

const ESCAPE = [0x1b, 0x1b, 0x1b, 0x1b];
/** After an escape: a file of version 1 begins. */
const START_OF_FILE = [0x01, 0x01, 0x01, 0x01];
const END_OF_MESSAGE = 0x00;
/** An optional value that is left out. */
const NONE = [0x01];

/** Four escape characters that stand in the data are sent twice. */
function escaped(bytes: readonly number[]): number[] {
  const sent: number[] = [];
  let run = 0;
  for (const byte of bytes) {
    sent.push(byte);
    run = byte === 0x1b ? run + 1 : 0;
    if (run === 4) {
      sent.push(...ESCAPE);
      run = 0;
    }
  }
  return sent;
}

function message(transaction: number, kind: number, body: number[]): number[] {
  const open = [
    // A list of six: transaction, group, abort on error, body, checksum, end.
    0x76,
    ...octets(bytesOf(BigInt(transaction), 4)),
    ...unsigned(0, 1),
    ...unsigned(0, 1),
    ...list(unsigned(kind, 4), body),
  ];
  return [...open, 0x63, ...checksum(open), END_OF_MESSAGE];
}

/** CRC-16/X-25, the low byte first. */
function checksum(bytes: readonly number[]): number[] {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  }
  crc ^= 0xffff;
  return [crc & 0xff, crc >>> 8];
}

function bytesOf(value: bigint, size: number): number[] {
  return Array.from({ length: size }, (_, place) => Number((value >> BigInt(8 * (size - 1 - place))) & 0xffn));
}

/** The kind in the upper half, the length with itself in the lower; two such bytes where one does not hold it. */
function head(kind: number, length: number, countsItself: boolean): number[] {
  if (length + (countsItself ? 1 : 0) < 16) return [(kind << 4) | (length + (countsItself ? 1 : 0))];
  const told = length + (countsItself ? 2 : 0);
  return [0x80 | (kind << 4) | (told >> 4), told & 0x0f];
}

function octets(bytes: readonly number[]): number[] {
  return [...head(0, bytes.length, true), ...bytes];
}

function unsigned(value: number, size: number): number[] {
  return [...head(6, size, true), ...bytesOf(BigInt(value), size)];
}

function signed(value: number, size: number): number[] {
  return [...head(5, size, true), ...bytesOf(BigInt.asUintN(8 * size, BigInt(value)), size)];
}

function list(...items: readonly number[][]): number[] {
  return [...head(7, items.length, false), ...items.flat()];
}
