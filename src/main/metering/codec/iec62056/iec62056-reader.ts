/**
 * The messages of IEC 62056-21 out of a stream of bytes, both sides of a dialogue among them (6.3): the request, the meter's
 * identification, the acknowledgement, the data message of mode C with its check character (ISO 1155: every character
 * behind STX to ETX, exclusive-or), commands, and the telegram that a D0 meter pushes by itself and nothing protects but
 * the parity of each character.
 *
 * Invariant: nothing is taken but where every line of it can be read, and a data message only with its check character.
 */
import { createStreamReader, type Scan, type Scanner, type StreamReader } from '../stream-pieces.ts';
import type { DecodedValue } from '../decoded-value.ts';
import { stripParity } from './character-parity.ts';
import { readTelegramLines } from './telegram-lines.ts';

export type Iec62056Check = 'bcc' | 'bcc and parity' | 'parity' | 'none';

export type Iec62056Frame =
  | { readonly kind: 'sign-on'; readonly text: string; readonly check: Iec62056Check }
  | { readonly kind: 'identification'; readonly text: string; readonly check: Iec62056Check }
  | { readonly kind: 'acknowledgement'; readonly text: string; readonly check: Iec62056Check }
  | { readonly kind: 'command'; readonly text: string; readonly check: Iec62056Check }
  | {
      readonly kind: 'data-message' | 'push-telegram';
      /** A pushed telegram's own identification. */
      readonly text: string | undefined;
      readonly check: Iec62056Check;
      readonly values: readonly DecodedValue[];
    };

export type Iec62056DiscardReason =
  | 'between-frames'
  | 'cut-short'
  | 'too-long'
  | 'malformed'
  | 'malformed-line'
  | 'wrong-parity'
  | 'wrong-check-character';

const [SOH, STX, ETX, ACK, LF, CR, NAK] = [0x01, 0x02, 0x03, 0x06, 0x0a, 0x0d, 0x15];
const [SLASH, EXCLAMATION, QUESTION] = [0x2f, 0x21, 0x3f];
const STARTS = [SOH, STX, ACK, SLASH];
const MOST_BYTES = 32_768;
/** The identification has at most sixteen characters behind its head; some meters send more. */
const LONGEST_LINE = 64;

type Iec62056Scan = Scan<Iec62056Frame>;
type Seen = Parameters<Scanner<Iec62056Frame>>[1];

export function createIec62056Reader(): StreamReader<Iec62056Frame> {
  return createStreamReader(scanMessage);
}

function scanMessage(bytes: Uint8Array, seen: Seen): Iec62056Scan {
  const first = charAt(bytes, 0);
  const start = bytes.findIndex((byte) => STARTS.includes(byte & 0x7f));
  if (start !== 0) return discard(start === -1 ? bytes.length : start, 'between-frames');
  if (first === SLASH) return scanLine(bytes, seen);
  if (first === ACK) return scanAcknowledgement(bytes, seen);
  return scanBlock(bytes, seen);
}

const charAt = (bytes: Uint8Array, at: number): number | undefined => {
  const byte = bytes[at];
  return byte === undefined ? undefined : byte & 0x7f;
};

function discard(length: number, reason: Iec62056DiscardReason): Iec62056Scan {
  return { kind: 'discard', length, reason };
}

function wait(bytes: Uint8Array, scanned: number, ended: boolean): Iec62056Scan {
  return ended ? discard(bytes.length, 'cut-short') : { kind: 'more', scanned };
}

/** A request, an identification, or a whole telegram that begins with one. */
function scanLine(bytes: Uint8Array, seen: Seen): Iec62056Scan {
  let at = 1;
  for (; charAt(bytes, at) !== LF; at += 1) {
    if (at >= bytes.length) return wait(bytes, 0, seen.ended);
    if (STARTS.includes(charAt(bytes, at) ?? 0)) return discard(at, 'cut-short');
    if (at > LONGEST_LINE) return discard(at, 'malformed');
  }
  const length = at + 1;
  if (charAt(bytes, 1) === QUESTION) return lineFrame('sign-on', bytes.subarray(0, length), /^\/\?.{0,32}!$/u);
  const next = charAt(bytes, length);
  if (next === undefined && !seen.ended) return { kind: 'more', scanned: 0 };
  if (next === undefined || STARTS.includes(next) || next === NAK)
    return lineFrame('identification', bytes.subarray(0, length), IDENTIFICATION);
  return scanTelegram(bytes, length, seen);
}

/** Three letters of the maker, the greatest speed, an own name (6.3.2). */
const IDENTIFICATION = /^\/[A-Za-z]{3}[\x20-\x7e]{1,60}$/u;

function lineFrame(
  kind: 'sign-on' | 'identification' | 'acknowledgement',
  bytes: Uint8Array,
  form: RegExp,
): Iec62056Scan {
  const { text, parity } = stripParity(bytes);
  if (parity === 'wrong') return discard(bytes.length, 'wrong-parity');
  const line = textOf(text[0] === ACK ? text.subarray(1) : text).replace(/\r?\n$/u, '');
  if (!form.test(line)) return discard(bytes.length, 'malformed');
  return {
    kind: 'frame',
    length: bytes.length,
    frame: { kind, text: line, check: parity === 'even' ? 'parity' : 'none' },
  };
}

/** Protocol, speed and mode (6.3.3). */
const ACKNOWLEDGEMENT = /^[0-9][0-9A-Za-z][0-9]$/u;

function scanAcknowledgement(bytes: Uint8Array, { ended }: Seen): Iec62056Scan {
  const length = 6;
  if (bytes.length < length) return ended ? discard(1, 'cut-short') : { kind: 'more', scanned: 0 };
  const { text } = stripParity(bytes.subarray(0, length));
  return ACKNOWLEDGEMENT.test(textOf(text.subarray(1)).replace(/\r\n$/u, ''))
    ? lineFrame('acknowledgement', bytes.subarray(0, length), ACKNOWLEDGEMENT)
    : discard(1, 'malformed');
}

/** Password, write, read, execute or break, and its kind (6.5, command message); behind STX its data. */
const COMMAND = /^[PWREB][0-9](?: [ -~]*)?$/u;

/** STX or SOH to ETX, and the check character behind it. */
function scanBlock(bytes: Uint8Array, { from, scanned, ended }: Seen): Iec62056Scan {
  const isCommand = charAt(bytes, 0) === SOH;
  let at = Math.max(1, scanned);
  for (; charAt(bytes, at) !== ETX; at += 1) {
    if (at >= bytes.length) return wait(bytes, at, ended);
    const char = charAt(bytes, at) ?? 0;
    // A slash stands in no value. An STX may be a damaged character of this message: it begins another only where that was
    // asked for, or the rest would pass for a whole one once in 128 times.
    if (char === SLASH || (char === STX && charAt(bytes, at - 1) === NAK)) return discard(at, 'cut-short');
    if (at > MOST_BYTES) return discard(at, 'too-long');
  }
  const length = at + 2;
  if (bytes.length < length) return wait(bytes, at, ended);
  const { text, parity } = stripParity(bytes.subarray(0, length));
  if (parity === 'wrong') return discard(length, 'wrong-parity');
  let check = 0;
  for (const char of text.subarray(1)) check ^= char;
  // The characters and their own exclusive-or give nought.
  if (check !== 0) return discard(length, 'wrong-check-character');
  const sealed = parity === 'even' ? 'bcc and parity' : 'bcc';
  const content = textOf(text.subarray(1, at));
  if (isCommand) {
    const text = content.replace(String.fromCodePoint(STX), ' ');
    if (!COMMAND.test(text)) return discard(length, 'malformed');
    return { kind: 'frame', length, frame: { kind: 'command', text, check: sealed } };
  }
  const { values, isWhole } = readTelegramLines(content, from + 1, 'good');
  // One damaged message in 128 has a right check character: what can not be read, or has no end, tells some of those.
  if (!isWhole || !/!\r?\n$/u.test(content)) return discard(length, 'malformed-line');
  return { kind: 'frame', length, frame: { kind: 'data-message', text: undefined, check: sealed, values } };
}

/** An identification line, data lines, an exclamation mark and the end of its line. */
function scanTelegram(bytes: Uint8Array, dataAt: number, { from, scanned, ended }: Seen): Iec62056Scan {
  let at = Math.max(dataAt, scanned);
  for (; charAt(bytes, at) !== EXCLAMATION; at += 1) {
    if (at >= bytes.length) return wait(bytes, at, ended);
    if (STARTS.includes(charAt(bytes, at) ?? 0)) return discard(at, 'cut-short');
    if (at > MOST_BYTES) return discard(at, 'too-long');
  }
  const lineEnd = charAt(bytes, dataAt - 2) === CR ? [CR, LF] : [LF];
  const last = [...bytes.subarray(at + 1, at + 1 + lineEnd.length)].map((byte) => byte & 0x7f);
  if (last.length < lineEnd.length && !ended) return { kind: 'more', scanned: at };
  // A recording may end with the mark itself.
  if (!last.every((char, index) => char === lineEnd[index])) return discard(at + 1, 'malformed');
  const length = at + 1 + last.length;
  // A telegram has an empty line behind its head (mode D). Without one it may be a data message whose STX was damaged.
  const next = charAt(bytes, length);
  const isHeadParted = charAt(bytes, dataAt) === lineEnd[0];
  if (!isHeadParted && next === undefined && !ended) return { kind: 'more', scanned: at };
  if (!isHeadParted && next === ETX) return discard(length, 'malformed');
  const { text, parity } = stripParity(bytes.subarray(0, length));
  if (parity === 'wrong') return discard(length, 'wrong-parity');
  const head = textOf(text.subarray(0, dataAt)).trimEnd();
  const content = textOf(text.subarray(dataAt, at));
  const isOneKind = lineEnd.length === 2 ? !/(?<!\r)\n|\r(?!\n)/u.test(content) : !content.includes('\r');
  const { values, isWhole } = readTelegramLines(content, from + dataAt, 'unchecked');
  if (!IDENTIFICATION.test(head) || !isOneKind || !isWhole) return discard(length, 'malformed-line');
  const check = parity === 'even' ? 'parity' : 'none';
  return { kind: 'frame', length, frame: { kind: 'push-telegram', text: head, check, values } };
}

function textOf(chars: Uint8Array): string {
  return Buffer.from(chars).toString('latin1');
}
