/** Reads bytes with a stream reader, in chunks or at once, and compares what comes out. */
import { joinDiscarded, type StreamPiece, type StreamReader } from '../../src/main/metering/codec/stream-pieces.ts';

export function readAll<F>(reader: StreamReader<F>, ...chunks: readonly Uint8Array[]): StreamPiece<F>[] {
  return joinDiscarded([...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.flush()]);
}

export function framesOf<F>(pieces: readonly StreamPiece<F>[]): F[] {
  return pieces.flatMap((piece) => (piece.kind === 'frame' ? [piece.frame] : []));
}

export function reasonsOf<F>(pieces: readonly StreamPiece<F>[]): string[] {
  return pieces.flatMap((piece) => (piece.kind === 'discarded' ? [piece.reason] : []));
}

/** The place in the stream where the accounts first do not add up; undefined where every byte came out once and in order. */
export function firstUnaccounted<F>(pieces: readonly StreamPiece<F>[], stream: Uint8Array): number | undefined {
  let from = 0;
  for (const piece of pieces) {
    if (piece.from !== from || piece.bytes.length === 0) return from;
    if (piece.bytes.some((byte, at) => byte !== stream[from + at])) return from;
    from += piece.bytes.length;
  }
  return from === stream.length ? undefined : from;
}

/** `bytes` in pieces that end at these places. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.slice(index === 0 ? 0 : ends[index - 1], end));
}
