/** The virtual clock: a straight line over the wall clock. Invariant: it never runs backwards, whatever the speed. */
import { readClockLine, type ClockLine } from '../../shared/kernel/instant.ts';

export type DemoRate = 1 | 10 | 60;

export type DemoClock = {
  readonly line: () => ClockLine;
  readonly nowMs: () => number;
  readonly setRate: (rate: DemoRate) => void;
};

export function isDemoRate(rate: unknown): rate is DemoRate {
  return rate === 1 || rate === 10 || rate === 60;
}

export function createDemoClock(virtualMs: number, rate: DemoRate): DemoClock {
  let line: ClockLine = { wallAnchorMs: Date.now(), virtualAnchorMs: virtualMs, rate };
  let latestMs = virtualMs;
  // The wall clock may be set back; the virtual one then stands still until it is caught up.
  const nowMs = (): number => {
    latestMs = Math.max(latestMs, Math.floor(readClockLine(line, Date.now())));
    return latestMs;
  };
  return {
    line: () => line,
    nowMs,
    setRate: (next) => {
      line = { wallAnchorMs: Date.now(), virtualAnchorMs: nowMs(), rate: next };
    },
  };
}
