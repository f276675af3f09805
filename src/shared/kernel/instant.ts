/**
 * Instants are milliseconds since the Unix epoch, UTC, as plain numbers with the unit in the name (`…AtMs`).
 * Calendar arithmetic happens in `Temporal` at the edge that shows it, never on these numbers.
 */
export type EpochMs = number;

/** Reads the time of the profile: the wall clock, or the demo's virtual clock. Always passed in as a value. */
export type Clock = { readonly nowMs: () => EpochMs };

/**
 * A clock as a straight line over the wall clock, so that every process can read the same virtual time without
 * asking: virtual = virtualAnchorMs + (wall - wallAnchorMs) * rate. The real clock has rate 1 and equal anchors.
 */
export type ClockLine = {
  readonly wallAnchorMs: EpochMs;
  readonly virtualAnchorMs: EpochMs;
  readonly rate: number;
};

export const WALL_CLOCK_LINE: ClockLine = { wallAnchorMs: 0, virtualAnchorMs: 0, rate: 1 };

export function readClockLine(line: ClockLine, wallMs: EpochMs): EpochMs {
  return line.virtualAnchorMs + (wallMs - line.wallAnchorMs) * line.rate;
}
