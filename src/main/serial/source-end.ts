/**
 * How a source ends, the same for every kind of line: `closed` is told once and last, not after our own `close`, and to a
 * listener that comes too late as soon as it comes.
 */
import type { ByteListener } from './byte-source.ts';

export type SourceEnd = {
  readonly listen: (listener: ByteListener) => void;
  readonly bytes: (chunk: Uint8Array) => void;
  /** Only the first reason counts: what follows a failure is its echo. */
  readonly endFor: (reason: string) => void;
  /** We close it ourselves: nothing is told any more. */
  readonly endQuietly: () => void;
  readonly isOver: () => boolean;
};

export function createSourceEnd(): SourceEnd {
  let listener: ByteListener | undefined;
  let over = false;
  let untold: string | undefined;

  function tell(): void {
    if (listener === undefined || untold === undefined) return;
    const reason = untold;
    untold = undefined;
    listener.closed(reason);
  }

  return {
    listen: (given) => {
      listener = given;
      // Never within the call: who listens has not yet stored what it listens to.
      queueMicrotask(tell);
    },
    bytes: (chunk) => {
      if (!over) listener?.bytes(chunk);
    },
    endFor: (reason) => {
      if (over) return;
      over = true;
      untold = reason;
      tell();
    },
    endQuietly: () => {
      over = true;
      untold = undefined;
    },
    isOver: () => over,
  };
}
