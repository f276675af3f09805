/**
 * Any bytes in; frames or discarded bytes out. What a frame is says a scanner, which looks at the bytes that are not yet
 * accounted for; this keeps them, and their place in the stream.
 *
 * Invariants: every byte comes out once and in order; how the bytes were split makes no difference but where a discarded run
 * is cut; what is kept is bounded, since every scanner gives up on what grows too long to be a frame.
 */
export type Scan<F> =
  | { readonly kind: 'frame'; readonly length: number; readonly frame: F }
  | { readonly kind: 'discard'; readonly length: number; readonly reason: string }
  /** Not certain yet; the bytes before `scanned` need not be looked at again. */
  | { readonly kind: 'more'; readonly scanned: number };

/**
 * @param bytes at least one, not yet accounted for
 * @param seen what has been heard so far: where the bytes stand in the stream, how far they were scanned before, and whether
 *   no more will come, so that *more* is no answer
 */
export type Scanner<F> = (
  bytes: Uint8Array,
  seen: { readonly from: number; readonly scanned: number; readonly ended: boolean },
) => Scan<F>;

export type StreamPiece<F> = { readonly from: number; readonly bytes: Uint8Array } & (
  | { readonly kind: 'frame'; readonly frame: F }
  | { readonly kind: 'discarded'; readonly reason: string }
);

export type StreamReader<F> = {
  /** What became certain by these bytes. */
  readonly push: (chunk: Uint8Array) => StreamPiece<F>[];
  /** The stream has ended: what has begun will not be finished. */
  readonly flush: () => StreamPiece<F>[];
};

export function createStreamReader<F>(scan: Scanner<F>): StreamReader<F> {
  let kept: Uint8Array = new Uint8Array(0);
  let from = 0;
  let scanned = 0;

  function split(ended: boolean): StreamPiece<F>[] {
    const pieces: StreamPiece<F>[] = [];
    let done = 0;
    while (done < kept.length) {
      const found = scan(kept.subarray(done), { from: from + done, scanned, ended });
      scanned = found.kind === 'more' ? found.scanned : 0;
      if (found.kind === 'more') break;
      const place = { from: from + done, bytes: kept.slice(done, done + found.length) };
      pieces.push(
        found.kind === 'frame'
          ? { kind: 'frame', frame: found.frame, ...place }
          : { kind: 'discarded', reason: found.reason, ...place },
      );
      done += found.length;
    }
    kept = kept.slice(done);
    from += done;
    return pieces;
  }

  return {
    push: (chunk) => {
      const bytes = new Uint8Array(kept.length + chunk.length);
      bytes.set(kept);
      bytes.set(chunk, kept.length);
      kept = bytes;
      return split(false);
    },
    flush: () => split(true),
  };
}

/** Neighbouring discarded runs of one reason as one: where they were cut is chance. */
export function joinDiscarded<F>(pieces: readonly StreamPiece<F>[]): StreamPiece<F>[] {
  const joined: StreamPiece<F>[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.kind === 'discarded' && last?.kind === 'discarded' && last.reason === piece.reason) {
      const bytes = new Uint8Array(last.bytes.length + piece.bytes.length);
      bytes.set(last.bytes);
      bytes.set(piece.bytes, last.bytes.length);
      joined[joined.length - 1] = { ...last, bytes };
    } else joined.push(piece);
  }
  return joined;
}
