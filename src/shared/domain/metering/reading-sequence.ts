/**
 * What cannot follow a reading without a reason: another serial number, a register that fell, one that rose by more than the
 * installation carries.
 *
 * Two clocks say how much time has passed. Within one run the monotonic one is right while the computer is awake; the wall's
 * goes on while it sleeps, and may be put right at any moment. Where they disagree, a rise that only the wall's time
 * explains is read again before it is believed.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import { refuse, type Refusal } from '../../kernel/result.ts';
import type { MeterReading } from './meter.ts';
import { OVER_RATING, ratedPowerW, say, type MeterLimits } from './plausible-values.ts';

export type Candidate = {
  readonly reading: MeterReading;
  /** How coarse the energy registers are at their present height (7.8 Wh for a float32 at 100 MWh). */
  readonly resolutionWh: number;
  /** Its energy is a decimal as the meter counts it: of two with equal steps, the later one is never the smaller. */
  readonly isExact?: boolean | undefined;
  /** Where its energy registers begin again at zero, if that is known. */
  readonly rollsOverAtWh?: number | undefined;
  /** The wall clock's instant of the reading; `atMs` may be that of a demo, which runs faster. */
  readonly wallAtMs?: EpochMs | undefined;
};

/** The reading that was accepted last. */
export type Standing = Omit<Candidate, 'resolutionWh'> & {
  readonly resolutionWh?: number | undefined;
  /** Its monotonic instant may be compared with the candidate's. */
  readonly sameRun: boolean;
};

export type DoubtCode =
  | 'serial-number-changed'
  | 'energy-began-again'
  | 'energy-rolled-over'
  | 'energy-fell'
  | 'energy-jumped'
  | 'clock-changed';

/** Meters renew their energy registers about once a second, so two readings may lie this much further apart than their times. */
const REGISTER_RENEWAL_MS = 2_000;
const MS_PER_HOUR = 3_600_000;
/** What a clock may be off against another before somebody put it (9 s in 15 minutes), and what no time-out ever brings. */
const CLOCK_TOLERANCE = 0.01;
const LEAST_CLOCK_STEP_MS = 2_000;

export function judgeSequence(
  standing: Standing,
  candidate: Candidate,
  limits: MeterLimits,
): Refusal<DoubtCode> | undefined {
  const before = standing.reading;
  const after = candidate.reading;
  if (after.serialNumber !== before.serialNumber)
    return refuse(
      'serial-number-changed',
      `Serial number ${after.serialNumber ?? 'unknown'} answers where ${before.serialNumber ?? 'an unknown one'} did. If the meter was exchanged, nothing is to be done.`,
    );
  const elapsed = elapsedBetween(standing, candidate);
  const doubts = (['import', 'export'] as const).flatMap((name) => {
    const key = `${name}Wh` as const;
    const [fromWh, toWh] = [before.values[key], after.values[key]];
    if (fromWh === undefined || toWh === undefined) return [];
    return judgeRegister(`${name}ed`, { fromWh, toWh }, { standing, candidate, limits, elapsed }) ?? [];
  });
  // What one register can be believed for does not hide what the other cannot be.
  return doubts.find(({ code }) => !COUNTS_ON.has(code)) ?? doubts.toSorted(byGravity)[0];
}

/** The energy between both readings is counted when such a doubt is confirmed, the graver first. */
const COUNTS_ON: ReadonlySet<DoubtCode> = new Set(['energy-rolled-over', 'clock-changed']);

function byGravity(one: Refusal<DoubtCode>, other: Refusal<DoubtCode>): number {
  const [first, second] = [one, other].map(({ code }) => [...COUNTS_ON].indexOf(code));
  return (first ?? 0) - (second ?? 0);
}

type Elapsed = {
  /** Undefined when no clock can say. */
  readonly longestMs: number | undefined;
  /** Less than the longest where the wall clock says so and the monotonic one does not. */
  readonly certainMs: number | undefined;
};

function judgeRegister(
  name: string,
  { fromWh, toWh }: { readonly fromWh: number; readonly toWh: number },
  {
    standing,
    candidate,
    limits,
    elapsed,
  }: {
    readonly standing: Standing;
    readonly candidate: Candidate;
    readonly limits: MeterLimits;
    readonly elapsed: Elapsed;
  },
): Refusal<DoubtCode> | undefined {
  const possibleWh = possibleRise(elapsed.longestMs, limits);
  const toleranceWh = Math.max(candidate.resolutionWh, standing.resolutionWh ?? 0);
  const riseWh = toWh - fromWh;
  if (riseWh < -fallTolerance(standing, candidate)) {
    const modulusWh = candidate.rollsOverAtWh === standing.rollsOverAtWh ? candidate.rollsOverAtWh : undefined;
    const roundWh = modulusWh === undefined ? undefined : modulusWh + riseWh;
    if (modulusWh !== undefined && roundWh !== undefined && roundWh >= 0 && roundWh <= possibleWh + toleranceWh)
      if (possibleWh < modulusWh / 2)
        return refuse(
          'energy-rolled-over',
          `The ${name} energy went past ${say(modulusWh)} Wh and counts on from zero, at ${say(toWh)} Wh.`,
        );
    return toWh <= Math.min(possibleWh, fromWh / 2) + toleranceWh
      ? refuse('energy-began-again', `The ${name} energy began again at ${say(toWh)} Wh after ${say(fromWh)} Wh.`)
      : refuse(
          'energy-fell',
          `The ${name} energy fell from ${say(fromWh)} to ${say(toWh)} Wh. Look at the meter’s own display before you trust it; if it is right, begin a new series for this meter.`,
        );
  }
  if (riseWh > possibleWh + toleranceWh)
    return refuse(
      'energy-jumped',
      `The ${name} energy rose by ${say(riseWh)} Wh in ${say((elapsed.longestMs ?? 0) / 1000)} s, more than this meter can carry. Check its rated current and its display; if they are right, begin a new series for this meter.`,
    );
  if (riseWh > possibleRise(elapsed.certainMs, limits) + toleranceWh)
    return refuse(
      'clock-changed',
      `The ${name} energy rose by ${say(riseWh)} Wh while this computer slept or its clock was put forward.`,
    );
  return undefined;
}

function possibleRise(elapsedMs: number | undefined, limits: MeterLimits): number {
  if (elapsedMs === undefined) return Infinity;
  return (ratedPowerW(limits) * OVER_RATING * (elapsedMs + REGISTER_RENEWAL_MS)) / MS_PER_HOUR;
}

/** One step of a rounded register, nothing of an exact one unless the meter began to send fewer decimals. */
function fallTolerance(standing: Standing, candidate: Candidate): number {
  const stepWh = Math.max(candidate.resolutionWh, standing.resolutionWh ?? 0);
  const isExact = candidate.isExact === true && standing.isExact === true;
  return isExact && candidate.resolutionWh === standing.resolutionWh ? 0 : stepWh;
}

/**
 * The longest is what the profile's clock or the monotonic one say, since either may be the one that is behind: the wall
 * clock is put right, and the demo's clock runs faster than time.
 */
function elapsedBetween(standing: Standing, candidate: Candidate): Elapsed {
  const byClockMs = candidate.reading.atMs - standing.reading.atMs;
  const byMonotonicMs = standing.sameRun ? candidate.reading.monotonicMs - standing.reading.monotonicMs : undefined;
  if (byMonotonicMs === undefined) {
    const longestMs = byClockMs >= 0 ? byClockMs : undefined;
    return { longestMs, certainMs: longestMs };
  }
  const longestMs = Math.max(byClockMs, byMonotonicMs, 0);
  const isForward = (clockStep(standing, candidate) ?? 0) > 0;
  return { longestMs, certainMs: isForward ? byMonotonicMs : longestMs };
}

/**
 * By how many milliseconds the wall clock was put between two readings of one run: forward is positive, and so is a sleep of
 * the computer. Undefined where it was not, or where nothing can say so.
 */
export function clockStep(standing: Standing, candidate: Candidate): number | undefined {
  if (!standing.sameRun || standing.wallAtMs === undefined || candidate.wallAtMs === undefined) return undefined;
  const monotonicMs = candidate.reading.monotonicMs - standing.reading.monotonicMs;
  const stepMs = candidate.wallAtMs - standing.wallAtMs - monotonicMs;
  return Math.abs(stepMs) > Math.max(LEAST_CLOCK_STEP_MS, CLOCK_TOLERANCE * monotonicMs) ? stepMs : undefined;
}
