/**
 * Time as a line needs it: the wall clock for people, monotonic milliseconds for every limit (a clock that is put right
 * must not lengthen a time-out), and timers. Handed in, so that hours on a line pass in a test at once.
 */
import type { EpochMs } from '../../shared/kernel/instant.ts';

export type LineClock = {
  readonly wallMs: () => EpochMs;
  readonly monotonicMs: () => number;
  /** @returns cancels it; harmless when it has already happened */
  readonly after: (delayMs: number, act: () => void) => () => void;
};

export const REAL_LINE_CLOCK: LineClock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, act) => {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};
