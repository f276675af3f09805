/**
 * A meter's intervals laid on the quarter hours of a range, with what its two ends of any stretch may be wrong by.
 *
 * The errors at an end telescope: what one interval gets too much, its neighbour lacks. So they stand at boundaries here, and
 * a sum over time bears only those of its first and last.
 */
import type { EpochMs } from '../../../kernel/instant.ts';
import { INTERVAL_MS } from '../interval.ts';
import type { AccuracyClass } from '../meter.ts';
import type { BalanceMeter, BalanceSettings } from './balance.ts';

/** Directive 2014/32/EU, annex V, table 2: balanced load, +5 to +30 °C, from Itr to Imax. */
const SHARE_OF_CLASS: Readonly<Record<AccuracyClass, number>> = { A: 0.035, B: 0.02, C: 0.007 };

/** A meter that is read elsewhere has a clock of its own: 1 % of the quarter hour. */
export const FOREIGN_CLOCK_SLIP_MS = 9_000;

export type MeterSeries = {
  readonly meter: BalanceMeter;
  /** What its class allows it to be wrong by, as a share of what it counts. */
  readonly classShare: number;
  /** Import less export of each quarter hour; NaN where it is missing or partial, or one of both is not known. */
  readonly netWh: Float64Array;
  /** 1 where the energy is one that was measured there, not spread over a gap. */
  readonly isMeasured: Uint8Array;
  /** What flowed either way up to each boundary: a quarter hour's is the difference of two. */
  readonly grossUpToWh: Float64Array;
  /** At each boundary, of the clock and of interpolation. */
  readonly clockWh: Float64Array;
  readonly interpolationWh: Float64Array;
  readonly missing: number;
};

/** Undefined in a meter of which nobody has said a class: that of the widest. */
function shareOfClass(accuracyClass: AccuracyClass | undefined): number {
  return SHARE_OF_CLASS[accuracyClass ?? 'A'];
}

/** @param fromMs a multiple of `INTERVAL_MS` */
export function layOut(meter: BalanceMeter, fromMs: EpochMs, slots: number, settings: BalanceSettings): MeterSeries {
  const netWh = new Float64Array(slots).fill(Number.NaN);
  const grossWh = new Float64Array(slots);
  const bracketMs = new Float64Array(slots).fill(Infinity);
  const slipMs = new Float64Array(slots).fill(settings.clockSlipMs);
  const isMeasured = new Uint8Array(slots);
  // A file tells imports alone: of a meter that exports as well, that is not all.
  const hasExports = meter.intervals.some(({ exportWh = 0 }) => exportWh > 0);
  for (const { beginMs, importWh, exportWh: exported, basis, bracketMs: bracket } of meter.intervals) {
    const slot = (beginMs - fromMs) / INTERVAL_MS;
    if (!Number.isInteger(slot) || slot < 0 || slot >= slots) continue;
    if (importWh === undefined || basis === 'missing' || basis === 'partial') continue;
    if (exported === undefined && hasExports) continue;
    const exportWh = exported ?? 0;
    netWh[slot] = importWh - exportWh;
    grossWh[slot] = importWh + exportWh;
    bracketMs[slot] = bracket;
    if (basis === 'imported') slipMs[slot] = Math.max(settings.clockSlipMs, FOREIGN_CLOCK_SLIP_MS);
    isMeasured[slot] = basis === 'spread' ? 0 : 1;
  }
  return {
    meter,
    classShare: shareOfClass(meter.accuracyClass),
    netWh,
    isMeasured,
    grossUpToWh: upTo(grossWh),
    ...boundaryErrors(meter, { grossWh, bracketMs, slipMs }),
    missing: netWh.reduce((count, energyWh) => count + (Number.isNaN(energyWh) ? 1 : 0), 0),
  };
}

/**
 * The power at a boundary is not known; twice the greater mean power beside it is taken, and never more than the rated one: a
 * load of more would have to run for less than half of both quarter hours and be on just at the boundary.
 *
 * Interpolating linearly over a bracket is wrong by a quarter of the bracket's energy at that power when the load is
 * switched in its middle, which is the worst. Both neighbours know of the bracket at their common end and each may have a
 * wider one at its other end: the narrower is the common one's.
 */
function boundaryErrors(
  meter: BalanceMeter,
  slots: { readonly grossWh: Float64Array; readonly bracketMs: Float64Array; readonly slipMs: Float64Array },
) {
  const count = slots.grossWh.length;
  const clockWh = new Float64Array(count + 1);
  const interpolationWh = new Float64Array(count + 1);
  for (let end = 0; end <= count; end++) {
    const [before, after] = [end - 1, end];
    const besideWh = Math.max(slots.grossWh[before] ?? 0, slots.grossWh[after] ?? 0);
    const powerWhPerMs = Math.min(meter.ratedPowerW / 3_600_000, (2 * besideWh) / INTERVAL_MS);
    const bracketMs = Math.min(slots.bracketMs[before] ?? Infinity, slots.bracketMs[after] ?? Infinity);
    clockWh[end] = powerWhPerMs * Math.max(slots.slipMs[before] ?? 0, slots.slipMs[after] ?? 0);
    interpolationWh[end] = Number.isFinite(bracketMs) ? (powerWhPerMs * bracketMs) / 4 : 0;
  }
  return { clockWh, interpolationWh };
}

function upTo(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  let sum = 0;
  for (const [index, value] of values.entries()) {
    sum += value;
    sums[index + 1] = sum;
  }
  return sums;
}
