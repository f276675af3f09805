/**
 * The frames that may be heard on an RTU line (MODBUS Application Protocol V1.1b3, 6 and 7), and how they are found in a
 * stream. On the wire silence parts them, but adapters and device servers hand bytes over in their own time, so that here
 * a frame is what has a known shape and a valid checksum; everything else is discarded, and says so.
 *
 * Invariant: every byte that goes in comes out once, in order, in a frame or as discarded.
 */
import { hasValidCrc, withCrc } from './crc16.ts';

export type RtuFrame =
  /** A master asks or orders; `registerCount` where it reads registers. Answers to writes have the same shape. */
  | {
      readonly kind: 'request';
      readonly unitAddress: number;
      readonly functionCode: number;
      readonly registerCount: number | undefined;
    }
  | { readonly kind: 'answer'; readonly unitAddress: number; readonly functionCode: number; readonly data: Uint8Array }
  | {
      readonly kind: 'exception';
      readonly unitAddress: number;
      readonly functionCode: number;
      readonly exceptionCode: number;
    };

export type RtuPiece =
  | { readonly kind: 'frame'; readonly frame: RtuFrame; readonly bytes: Uint8Array }
  | { readonly kind: 'discarded'; readonly bytes: Uint8Array };

export type FrameReader = {
  /** What became certain by these bytes. */
  readonly push: (chunk: Uint8Array) => RtuPiece[];
  /** The line fell silent: what has begun will not be finished. */
  readonly flush: () => RtuPiece[];
};

export function questionBytes(
  unitAddress: number,
  functionCode: number,
  firstRegister: number,
  count: number,
): Uint8Array {
  return withCrc([unitAddress, functionCode, firstRegister >>> 8, firstRegister & 0xff, count >>> 8, count & 0xff]);
}

export function createFrameReader(): FrameReader {
  let heard = new Uint8Array(0);
  return {
    push: (chunk) => {
      const bytes = new Uint8Array(heard.length + chunk.length);
      bytes.set(heard);
      bytes.set(chunk, heard.length);
      const { pieces, rest } = split(bytes);
      heard = rest;
      return pieces;
    },
    flush: () => {
      const bytes = heard;
      heard = new Uint8Array(0);
      return discard(bytes);
    },
  };
}

function discard(bytes: Uint8Array): RtuPiece[] {
  return bytes.length === 0 ? [] : [{ kind: 'discarded', bytes }];
}

function split(bytes: Uint8Array<ArrayBuffer>): { pieces: RtuPiece[]; rest: Uint8Array<ArrayBuffer> } {
  const pieces: RtuPiece[] = [];
  let done = 0;
  let firstUnfinished: number | undefined;
  for (let at = 0; at < bytes.length; at += 1) {
    const found = frameAt(bytes.subarray(at));
    if (found === 'unfinished') {
      firstUnfinished ??= at;
    } else if (found !== undefined) {
      pieces.push(...discard(bytes.slice(done, at)), found);
      done = at + found.bytes.length;
      at = done - 1;
      firstUnfinished = undefined;
    }
  }
  const keepFrom = firstUnfinished ?? bytes.length;
  pieces.push(...discard(bytes.slice(done, keepFrom)));
  return { pieces, rest: bytes.slice(keepFrom) };
}

function frameAt(bytes: Uint8Array): Extract<RtuPiece, { kind: 'frame' }> | 'unfinished' | undefined {
  const lengths = possibleLengths(bytes);
  for (const length of lengths) {
    const candidate = bytes.slice(0, length);
    if (candidate.length === length && hasValidCrc(candidate)) {
      return { kind: 'frame', frame: readFrame(candidate), bytes: candidate };
    }
  }
  return lengths.some((length) => length > bytes.length) ? 'unfinished' : undefined;
}

/** How long the frame may be that begins here, as far as its first bytes tell; shortest first. */
function possibleLengths(bytes: Uint8Array): number[] {
  const [unitAddress = 0, functionCode, third, , , , seventh] = bytes;
  if (unitAddress > 247) return [];
  if (functionCode === undefined) return [5];
  if (functionCode > 0x80) return isKnown(functionCode - 0x80) && (third ?? 1) >= 1 && (third ?? 1) <= 11 ? [5] : [];
  if (!isKnown(functionCode)) return [];
  if (functionCode <= 4) return [8, 5 + (third ?? 0)].toSorted((a, b) => a - b);
  if (functionCode <= 6) return [8];
  return [8, 9 + (seventh ?? 0)];
}

/** Reading and writing of coils and registers. */
function isKnown(functionCode: number): boolean {
  return (functionCode >= 1 && functionCode <= 6) || functionCode === 15 || functionCode === 16;
}

function readFrame(bytes: Uint8Array): RtuFrame {
  const [unitAddress = 0, functionCode = 0, third = 0, , fifth = 0, sixth = 0] = bytes;
  if (functionCode > 0x80) {
    return { kind: 'exception', unitAddress, functionCode: functionCode - 0x80, exceptionCode: third };
  }
  const readsRegisters = functionCode === 3 || functionCode === 4;
  // A request has eight bytes and an answer an odd number of them, where registers are read.
  if (functionCode <= 4 && bytes.length === 5 + third && !(readsRegisters && bytes.length === 8)) {
    return { kind: 'answer', unitAddress, functionCode, data: bytes.slice(3, -2) };
  }
  return {
    kind: 'request',
    unitAddress,
    functionCode,
    registerCount: readsRegisters ? fifth * 256 + sixth : undefined,
  };
}
