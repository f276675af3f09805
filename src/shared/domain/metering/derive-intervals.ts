/**
 * Energy by the quarter hour out of the readings of one meter as they arrive, as a fold: state x reading -> state, and the
 * quarter hours that are over. What a register showed at a boundary is interpolated between the reading before and the one
 * after it.
 *
 * Invariants: what was given out and what is still open add up to exactly what the registers rose by; each quarter hour
 * between two readings of a series is given out once. A quarter hour comes a second time only when the clock was put
 * back: both energies are then real and belong together.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import { energyBetween } from './energy-between.ts';
import { INTERVAL_MS } from './interval.ts';

/**
 * Readings further apart around a boundary are a gap. A meter is read every two seconds or so, and the demo's clock runs up to
 * sixty times faster than the wall's: two minutes of it between two readings, four when an answer is lost. Five minutes are a third
 * of a quarter hour, and a straight line over a third still says more than it hides; `bracketMs` carries what it hides.
 */
export const GAP_MS = 5 * 60_000;
/**
 * A longer time without readings is a clock that was wrong by years, or a console that was away: it is not spread over
 * thousands of quarter hours, but stands where it was read. As long as readings are kept.
 */
const LONGEST_SPREAD_MS = 40 * 86_400_000;

export type CountedReading = {
  readonly atMs: EpochMs;
  readonly importMwh: number;
  /** Undefined where the meter has no such register. */
  readonly exportMwh: number | undefined;
  readonly seriesId: number;
  /** Where this series began by a roll-over, one step beyond the highest its register shows. */
  readonly modulusMwh: number | undefined;
};

export type DerivedInterval = {
  readonly beginMs: EpochMs;
  readonly importMwh: number;
  readonly exportMwh: number | undefined;
  readonly basis: 'measured' | 'spread' | 'partial';
  readonly bracketMs: number;
};

/** The quarter hour the meter is in, with what is known of it so far; and the reading that was counted last. */
export type OpenInterval = DerivedInterval & { readonly newest: Omit<CountedReading, 'modulusMwh'> };

export type Derivation = {
  readonly open: OpenInterval;
  /** Those that are over, oldest first. */
  readonly intervals: readonly DerivedInterval[];
  /** Set when the reading was left out: the next one says what it said, and more. */
  readonly ignored: 'late' | undefined;
};

type Energies = { readonly importMwh: number; readonly exportMwh: number | undefined };

export function beginOfQuarter(atMs: EpochMs): EpochMs {
  return Math.floor(atMs / INTERVAL_MS) * INTERVAL_MS;
}

/** @param open undefined before the first reading */
export function countReading(open: OpenInterval | undefined, reading: CountedReading): Derivation {
  if (open === undefined) return { open: beginAt(reading), intervals: [], ignored: undefined };
  const { newest } = open;
  const sameSeries = reading.seriesId === newest.seriesId;
  const lateMs = newest.atMs - reading.atMs;
  if (lateMs > GAP_MS) return putBack(open, reading);
  if (lateMs >= 0 && sameSeries) return { open, intervals: [], ignored: 'late' };
  // A series that begins a moment before the last one ended: a clock was put right meanwhile.
  const counted = lateMs > 0 ? { ...reading, atMs: newest.atMs } : reading;
  const energies = between(newest, counted);
  if (energies === undefined) return changeSeries(open, counted);
  return counted.atMs - newest.atMs > LONGEST_SPREAD_MS
    ? skipTo(open, counted, energies)
    : follow(open, counted, energies);
}

/** Undefined when the registers do not continue. One that fell by less than a step has not moved. */
function between(before: OpenInterval['newest'], after: CountedReading): Energies | undefined {
  const of = (from: number, to: number): number | undefined => {
    const energy = energyBetween(
      { mwh: from, seriesId: before.seriesId },
      { mwh: to, seriesId: after.seriesId },
      after.seriesId === before.seriesId ? undefined : after.modulusMwh,
    );
    if (energy.ok) return energy.value;
    return energy.code === 'register-fell' ? 0 : undefined;
  };
  const importMwh = of(before.importMwh, after.importMwh);
  if (importMwh === undefined) return undefined;
  const exported = after.exportMwh ?? before.exportMwh;
  const exportMwh =
    before.exportMwh === undefined || exported === undefined ? undefined : of(before.exportMwh, exported);
  return { importMwh, exportMwh };
}

/** The line between two readings, cut at each boundary; a share is what was counted until there, so that shares add up. */
function follow(open: OpenInterval, reading: CountedReading, energies: Energies): Derivation {
  const intervals: DerivedInterval[] = [];
  const fromMs = open.newest.atMs;
  const spanMs = reading.atMs - fromMs;
  let current: DerivedInterval = open;
  let taken: Energies = { importMwh: 0, exportMwh: 0 };
  for (let boundaryMs = open.beginMs + INTERVAL_MS; boundaryMs <= reading.atMs; boundaryMs += INTERVAL_MS) {
    const share = (mwh: number) => Math.round((mwh * (boundaryMs - fromMs)) / spanMs);
    const until = {
      importMwh: share(energies.importMwh),
      exportMwh: energies.exportMwh === undefined ? undefined : share(energies.exportMwh),
    };
    const bracketMs = boundaryMs === reading.atMs ? 0 : spanMs;
    const basis = bracketMs > GAP_MS ? 'spread' : 'measured';
    intervals.push({ ...add(current, minus(until, taken)), ...worse(current, { basis, bracketMs }) });
    current = emptyAt(boundaryMs, energies, { basis, bracketMs });
    taken = until;
  }
  const rest = add(current, minus(energies, taken));
  return { open: { ...rest, newest: toNewest(open.newest, reading) }, intervals, ignored: undefined };
}

/** Another instrument, or a register that began again: what is known before and after is counted, what lies between is not. */
function changeSeries(open: OpenInterval, reading: CountedReading): Derivation {
  const beginMs = beginOfQuarter(reading.atMs);
  const begun = beginAt(reading);
  if (beginMs !== open.beginMs) return { open: begun, intervals: known(open, 'partial'), ignored: undefined };
  const exportMwh = reading.exportMwh === undefined ? undefined : open.exportMwh;
  return { open: { ...open, exportMwh, basis: 'partial', newest: begun.newest }, intervals: [], ignored: undefined };
}

/** A time that is not spread: its energy stands in the quarter hour in which it was read. */
function skipTo(open: OpenInterval, reading: CountedReading, energies: Energies): Derivation {
  const bracketMs = reading.atMs - open.newest.atMs;
  const empty = emptyAt(beginOfQuarter(reading.atMs), energies, { basis: 'spread', bracketMs });
  return {
    open: { ...add(empty, energies), newest: toNewest(open.newest, reading) },
    intervals: known(open, 'partial'),
    ignored: undefined,
  };
}

/** By the clock that is right now the time comes again: what is counted from here on is added to what stands there. */
function putBack(open: OpenInterval, reading: CountedReading): Derivation {
  const energies = between(open.newest, reading);
  const intervals = known(open, 'spread');
  if (energies === undefined) return { open: beginAt(reading), intervals, ignored: undefined };
  const bracketMs = open.newest.atMs - reading.atMs;
  const empty = emptyAt(beginOfQuarter(reading.atMs), energies, { basis: 'spread', bracketMs });
  return {
    open: { ...add(empty, energies), newest: toNewest(open.newest, reading) },
    intervals,
    ignored: undefined,
  };
}

function beginAt(reading: CountedReading): OpenInterval {
  const beginMs = beginOfQuarter(reading.atMs);
  const { modulusMwh: _, ...newest } = reading;
  const basis = beginMs === reading.atMs ? 'measured' : 'partial';
  return { ...emptyAt(beginMs, reading, { basis, bracketMs: 0 }), newest };
}

function emptyAt(
  beginMs: EpochMs,
  { exportMwh }: Energies,
  quality: Pick<DerivedInterval, 'basis' | 'bracketMs'>,
): DerivedInterval {
  return { beginMs, importMwh: 0, exportMwh: exportMwh === undefined ? undefined : 0, ...quality };
}

/** An open interval that ends before its time, if anything of it is known. */
function known({ newest, ...open }: OpenInterval, basis: 'spread' | 'partial'): DerivedInterval[] {
  if (newest.atMs <= open.beginMs && open.importMwh === 0 && (open.exportMwh ?? 0) === 0) return [];
  return [{ ...open, ...worse(open, { basis, bracketMs: 0 }) }];
}

/** The highest that was counted stands: a register that fell by less than a step rises through it again. */
function toNewest(before: OpenInterval['newest'], reading: CountedReading): OpenInterval['newest'] {
  const { modulusMwh: _, ...newest } = reading;
  if (before.seriesId !== reading.seriesId) return newest;
  const importMwh = Math.max(before.importMwh, reading.importMwh);
  const exportMwh =
    before.exportMwh === undefined || reading.exportMwh === undefined
      ? (reading.exportMwh ?? before.exportMwh)
      : Math.max(before.exportMwh, reading.exportMwh);
  return { ...newest, importMwh, exportMwh };
}

function add(interval: DerivedInterval, energies: Energies): DerivedInterval {
  const { beginMs, basis, bracketMs } = interval;
  const exportMwh =
    interval.exportMwh === undefined || energies.exportMwh === undefined
      ? undefined
      : interval.exportMwh + energies.exportMwh;
  return { beginMs, importMwh: interval.importMwh + energies.importMwh, exportMwh, basis, bracketMs };
}

function minus(all: Energies, part: Energies): Energies {
  return {
    importMwh: all.importMwh - part.importMwh,
    exportMwh: all.exportMwh === undefined ? undefined : all.exportMwh - (part.exportMwh ?? 0),
  };
}

type Quality = Pick<DerivedInterval, 'basis' | 'bracketMs'>;
const WORSE: readonly DerivedInterval['basis'][] = ['measured', 'spread', 'partial'];

function worse(one: Quality, other: Quality): Quality {
  const basis = WORSE.indexOf(one.basis) >= WORSE.indexOf(other.basis) ? one.basis : other.basis;
  return { basis, bracketMs: Math.max(one.bracketMs, other.bracketMs) };
}
