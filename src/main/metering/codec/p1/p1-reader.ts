/**
 * P1 telegrams out of a stream of bytes (DSMR P1 companion standard 5.0.2, 5.2 and 6): `/` and identification, data lines, `!`,
 * and from version 4 on a checksum of four capital hexadecimal digits over all from `/` to `!`. Versions 2.2 and 3 have
 * none, so that of theirs every line must be readable; a telegram that names its version must have one. They also speak
 * seven bits with even parity, which a line of eight bits hears in each byte's first.
 */
import { crcArc } from '../reflected-crc16.ts';
import { createStreamReader, type Scan, type Scanner, type StreamReader } from '../stream-pieces.ts';
import type { DecodedValue } from '../decoded-value.ts';
import { stripParity } from '../iec62056/character-parity.ts';
import { readP1Lines } from './p1-lines.ts';

export type P1Frame = {
  readonly identification: string;
  readonly check: 'crc16' | 'parity' | 'none';
  readonly values: readonly DecodedValue[];
};

export type P1DiscardReason =
  | 'between-frames'
  | 'encrypted'
  | 'cut-short'
  | 'too-long'
  | 'malformed-end'
  | 'malformed-line'
  | 'wrong-parity'
  | 'missing-checksum'
  | 'wrong-checksum'
  | 'carriage-returns-lost';

const [SLASH, EXCLAMATION, LF, CR] = [0x2f, 0x21, 0x0a, 0x0d];
/** With a message to the customer of 2 048 characters and four other meters, some four thousand. */
const MOST_BYTES = 16_384;

type P1Scan = Scan<P1Frame>;

export function createP1Reader(): StreamReader<P1Frame> {
  return createStreamReader(scanP1);
}

const scanP1: Scanner<P1Frame> = (bytes, { from, scanned, ended }) => {
  const start = bytes.findIndex((_, at) => charAt(bytes, at) === SLASH || mayBeCiphered(bytes.subarray(at)));
  if (start !== 0) return discard(start === -1 ? bytes.length : start, 'between-frames');
  if (charAt(bytes, 0) !== SLASH) return scanCiphered(bytes, ended);
  let at = Math.max(1, scanned);
  for (; charAt(bytes, at) !== EXCLAMATION; at += 1) {
    if (at >= bytes.length) return ended ? discard(bytes.length, 'cut-short') : { kind: 'more', scanned: at };
    if (charAt(bytes, at) === SLASH) return discard(at, 'cut-short');
    if (at > MOST_BYTES) return discard(at, 'too-long');
  }
  const end = readEnd(
    bytes.subarray(at + 1, at + 7).map((byte) => byte & 0x7f),
    ended,
  );
  if (end === 'more') return { kind: 'more', scanned: at };
  if (end === 'malformed') return discard(at + 1, 'malformed-end');
  const length = at + 1 + end.length;
  const { text, parity } = stripParity(bytes.subarray(0, length));
  if (parity === 'wrong') return discard(length, 'wrong-parity');
  return readTelegram(text.subarray(0, at + 1), end, parity === 'even', from);
};

/**
 * Luxembourg's and Austria's meters cipher their telegrams (DLMS general-glo-ciphering, Green Book 9.2.7: tag DB, a system
 * title of eight bytes, the length in two, security control 30). It takes the operator's key to read them.
 */
const [CIPHERED, TITLE_LENGTH, TWO_BYTES, SECURITY_CONTROL] = [0xdb, 8, 0x82, 0x30];
const CIPHERED_HEAD: readonly (readonly [at: number, byte: number])[] = [
  [0, CIPHERED],
  [1, TITLE_LENGTH],
  [10, TWO_BYTES],
  [13, SECURITY_CONTROL],
];
const CIPHERED_HEAD_LENGTH = 14;

/** As far as its head is there. */
function mayBeCiphered(bytes: Uint8Array): boolean {
  return CIPHERED_HEAD.every(([at, byte]) => at >= bytes.length || bytes[at] === byte);
}

function scanCiphered(bytes: Uint8Array, ended: boolean): P1Scan {
  const length = 13 + (bytes[11] ?? 0) * 256 + (bytes[12] ?? 0);
  const hasHead = bytes.length >= CIPHERED_HEAD_LENGTH;
  if (hasHead && (length <= CIPHERED_HEAD_LENGTH || length > MOST_BYTES)) return discard(1, 'between-frames');
  if (hasHead && bytes.length >= length) return discard(length, 'encrypted');
  if (!ended) return { kind: 'more', scanned: 0 };
  return discard(hasHead ? bytes.length : 1, hasHead ? 'encrypted' : 'between-frames');
}

function charAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) & 0x7f;
}

function discard(length: number, reason: P1DiscardReason): P1Scan {
  return { kind: 'discard', length, reason };
}

type End = { readonly length: number; readonly checksum: string | undefined };

/** A recording may end with the mark or the checksum itself. */
function readEnd(behind: Uint8Array, ended: boolean): End | 'more' | 'malformed' {
  const [first, second] = behind;
  if (first === undefined) return ended ? { length: 0, checksum: undefined } : 'more';
  if (first === LF) return { length: 1, checksum: undefined };
  if (first === CR) {
    if (second === undefined) return ended ? { length: 1, checksum: undefined } : 'more';
    return second === LF ? { length: 2, checksum: undefined } : 'malformed';
  }
  const text = Buffer.from(behind).toString('latin1');
  const [whole, checksum] = /^([0-9A-F]{4})(?:\r\n|\n)/u.exec(text) ?? [];
  if (whole !== undefined) return { length: whole.length, checksum };
  if (behind.length === 6) return 'malformed';
  if (!ended) return 'more';
  return /^[0-9A-F]{4}\r?$/u.test(text) ? { length: text.length, checksum: text.slice(0, 4) } : 'malformed';
}

const IDENTIFICATION = /^\/[A-Za-z0-9]{3}[ -'*-~]{1,60}$/u;

function readTelegram(covered: Uint8Array, end: End, hasParity: boolean, from: number): P1Scan {
  const length = covered.length + end.length;
  const text = Buffer.from(covered).toString('latin1');
  if (end.checksum !== undefined && Number.parseInt(end.checksum, 16) !== crcArc(covered))
    return discard(length, isRight(restoreReturns(text), end.checksum) ? 'carriage-returns-lost' : 'wrong-checksum');
  const [head = ''] = text.split('\n', 1);
  const identification = head.trimEnd();
  const isSealed = end.checksum !== undefined;
  const dataAt = head.length + 1;
  const { values, isWhole, namesVersion } = readP1Lines(
    text.slice(dataAt, -1),
    from + dataAt,
    isSealed ? 'good' : 'unchecked',
  );
  if (!isSealed && namesVersion) return discard(length, 'missing-checksum');
  // A slash in the middle of a damaged telegram begins none, whatever the checksum says of the rest.
  if (!IDENTIFICATION.test(identification)) return discard(length, 'malformed-line');
  if (!isSealed && !isWhole) return discard(length, 'malformed-line');
  const check = isSealed ? 'crc16' : hasParity ? 'parity' : 'none';
  return { kind: 'frame', length, frame: { identification, check, values } };
}

/** As it was before a text editor or a terminal took the carriage returns out. */
function restoreReturns(text: string): string {
  return text.replaceAll(/\r?\n/gu, '\r\n');
}

function isRight(text: string, checksum: string): boolean {
  return crcArc(Buffer.from(text, 'latin1')) === Number.parseInt(checksum, 16);
}
