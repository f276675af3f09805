/**
 * SML files out of a stream of bytes (SML 1.04, 8, transport protocol version 1): an escape of four 1B and a version begin a
 * file, an escape, 1A, the count of filling bytes and a checksum over all of it end it; four 1B of the content are sent
 * twice.
 */
import { crcKermit, crcX25 } from '../reflected-crc16.ts';
import { createStreamReader, type Scan, type StreamReader } from '../stream-pieces.ts';
import type { DecodedValue } from '../decoded-value.ts';
import { readMessages, type SmlChecksum, type SmlMessages } from './sml-file.ts';
import { readListEntries } from './sml-list.ts';

export type SmlFrame = {
  /** Of the messages; the file's own is the same but with meters that mix both. */
  readonly checksum: SmlChecksum;
  readonly fileChecksum: SmlChecksum;
  readonly messages: readonly string[];
  readonly serverId: string | undefined;
  readonly values: readonly DecodedValue[];
};

export type SmlDiscardReason =
  | 'between-frames'
  | 'cut-short'
  | 'unknown-escape'
  | 'too-long'
  | 'wrong-file-checksum'
  | Extract<SmlMessages, { ok: false }>['reason'];

/** Many times what a meter pushes; a profile read by request may have a few kilobytes. */
const MOST_BYTES = 16_384;
const ESCAPE = 0x1b;
const VERSION = 0x01;
const END = 0x1a;

export function createSmlReader(): StreamReader<SmlFrame> {
  return createStreamReader(scanSml);
}

type SmlScan = Scan<SmlFrame>;
type Seen = { readonly from: number; readonly scanned: number; readonly ended: boolean };

function scanSml(bytes: Uint8Array, { from, scanned, ended }: Seen): SmlScan {
  const start = findStart(bytes);
  if (start > 0) return discard(start, 'between-frames');
  if (bytes.length < 8) return ended ? discard(bytes.length, 'cut-short') : { kind: 'more', scanned: 0 };
  let at = Math.max(8, scanned);
  for (; at + 8 <= bytes.length; at += 1) {
    if (at > MOST_BYTES) return discard(at, 'too-long');
    if (!isRun(bytes, at, ESCAPE)) continue;
    if (isRun(bytes, at + 4, ESCAPE)) at += 7;
    else if (bytes[at + 4] === END) return readFile(bytes.subarray(0, at + 8), from);
    else return discard(at, isRun(bytes, at + 4, VERSION) ? 'cut-short' : 'unknown-escape');
  }
  return ended ? discard(bytes.length, 'cut-short') : { kind: 'more', scanned: at };
}

function discard(length: number, reason: SmlDiscardReason): SmlScan {
  return { kind: 'discard', length, reason };
}

/** Where a file begins, or may begin with what is still to come; the length where nowhere. */
function findStart(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(ESCAPE); at !== -1; at = bytes.indexOf(ESCAPE, at + 1)) {
    const head = bytes.subarray(at, at + 8);
    if (head.every((byte, index) => byte === (index < 4 ? ESCAPE : VERSION))) return at;
  }
  return bytes.length;
}

function isRun(bytes: Uint8Array, at: number, value: number): boolean {
  return bytes[at] === value && bytes[at + 1] === value && bytes[at + 2] === value && bytes[at + 3] === value;
}

function readFile(file: Uint8Array, from: number): SmlScan {
  const covered = file.subarray(0, -2);
  const sent = (file.at(-2) ?? 0) | ((file.at(-1) ?? 0) << 8);
  const { content, placeOf } = takeOutEscapes(file);
  const found = readMessages(content);
  const isX25 = crcX25(covered) === sent;
  // Kermit's for the file is believed only beside messages that are Kermit's too.
  const isKermit = crcKermit(covered) === sent && found.ok && found.checksum === 'kermit';
  if (!isX25 && !isKermit) return discard(file.length, 'wrong-file-checksum');
  if (!found.ok) return discard(file.length, found.reason);
  const lists = found.messages.map((message) => readListEntries(message, (at) => from + placeOf(at)));
  return {
    kind: 'frame',
    length: file.length,
    frame: {
      checksum: found.checksum,
      fileChecksum: isX25 ? 'x25' : 'kermit',
      messages: found.messages.map(({ tag }) => nameMessage(tag)),
      serverId: lists.find(({ serverId }) => serverId !== undefined)?.serverId,
      values: lists.flatMap(({ values }) => values),
    },
  };
}

/** The content between start and end, and where in the file a byte of it stood. */
function takeOutEscapes(file: Uint8Array): { content: Uint8Array; placeOf: (at: number) => number } {
  const content = new Uint8Array(file.length - 16);
  const doubledAt: number[] = [];
  let length = 0;
  for (let at = 8; at < file.length - 8; at += 1) {
    if (isRun(file, at, ESCAPE) && isRun(file, at + 4, ESCAPE)) {
      content.fill(ESCAPE, length, length + 4);
      length += 4;
      doubledAt.push(length);
      at += 7;
    } else {
      content[length] = file[at] ?? 0;
      length += 1;
    }
  }
  const placeOf = (at: number): number => 8 + at + 4 * doubledAt.filter((doubled) => doubled <= at).length;
  return { content: content.subarray(0, length), placeOf };
}

const MESSAGE_NAMES: Readonly<Record<number, string>> = {
  0x100: 'PublicOpen.Req',
  0x101: 'PublicOpen.Res',
  0x200: 'PublicClose.Req',
  0x201: 'PublicClose.Res',
  0x300: 'GetProfilePack.Req',
  0x301: 'GetProfilePack.Res',
  0x400: 'GetProfileList.Req',
  0x401: 'GetProfileList.Res',
  0x500: 'GetProcParameter.Req',
  0x501: 'GetProcParameter.Res',
  0x600: 'SetProcParameter.Req',
  0x700: 'GetList.Req',
  0x701: 'GetList.Res',
  0xff01: 'Attention.Res',
};

function nameMessage(tag: number): string {
  return MESSAGE_NAMES[tag] ?? `0x${tag.toString(16)}`;
}
