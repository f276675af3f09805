/**
 * Looks ahead: what running sessions will cost beyond what is held for them, when a start will first be answered NO_CREDIT as things
 * run, and whose. Costs grow along straight lines from what they are now; a prediction, so
 * times are told to the minute.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { MinorUnits } from './account.ts';
import { availableOf, isLimited, type Funds } from './credit.ts';

/** A session that runs on an account. All costs in the account's currency. */
export type RunningCost = {
  readonly vehicleId: string | undefined;
  readonly beganAtMs: EpochMs;
  /** When `costMinor` was told. */
  readonly toldAtMs: EpochMs;
  /** Undefined where the CPO tells none. */
  readonly costMinor: MinorUnits | undefined;
  readonly heldMinor: MinorUnits;
  /** By a preview of its price; undefined: as it went so far. */
  readonly expectedMinor: MinorUnits | undefined;
  readonly expectedEndMs: EpochMs | undefined;
};

/** A start that is to be expected, such as one for a reservation. */
export type ExpectedStart = { readonly vehicleId: string; readonly atMs: EpochMs };

export type CreditPrediction = {
  readonly predictedMinor: MinorUnits;
  readonly noCreditAtMs: EpochMs | undefined;
  /** Whose start is the first from then on; where none is expected, whose session will have taken the most of what is left. */
  readonly noCreditVehicleId: string | undefined;
};

/** Beyond a day nothing is said. */
export const HORIZON_MS = 24 * 3_600_000;
/** How long a session goes on of which no end is known. */
const ASSUMED_REST_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** What a session takes of what is available, beyond its hold: nothing until its hold is used up, then along a line to its end. */
type Course = {
  readonly vehicleId: string | undefined;
  readonly endMs: EpochMs;
  readonly beyondAt: (atMs: EpochMs) => number;
};

export function predictCredit(
  funds: Funds,
  running: readonly RunningCost[],
  starts: readonly ExpectedStart[],
  nowMs: EpochMs,
): CreditPrediction {
  const courses = running.map((session) => courseOf(session, nowMs));
  const predictedMinor = Math.ceil(courses.reduce((minor, { beyondAt, endMs }) => minor + beyondAt(endMs), 0));
  const none = { predictedMinor, noCreditAtMs: undefined, noCreditVehicleId: undefined };
  if (!isLimited(funds)) return none;
  const coming = starts.toSorted((a, b) => a.atMs - b.atMs).filter(({ atMs }) => atMs <= nowMs + HORIZON_MS);
  const isShortAt = (atMs: EpochMs, startsBefore: number): boolean => {
    const beyond = courses.reduce((minor, { beyondAt }) => minor + beyondAt(atMs), 0);
    const needed = Math.max(funds.startMinimumMinor, 0);
    return availableOf(funds) - beyond - startsBefore * funds.startMinimumMinor < needed;
  };
  const short = firstShort(isShortAt, coming, nowMs);
  if (short === undefined) return none;
  const { atMs } = short;
  const next = coming[short.startsBefore]?.vehicleId;
  const noCreditAtMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  return { predictedMinor, noCreditAtMs, noCreditVehicleId: next ?? greatestAt(courses, atMs) };
}

/** What a session will have cost at its end, as things run. */
export function expectedCost(session: RunningCost, nowMs: EpochMs): MinorUnits {
  const { beyondAt, endMs } = courseOf({ ...session, heldMinor: 0 }, nowMs);
  return Math.ceil(beyondAt(endMs));
}

function courseOf(session: RunningCost, nowMs: EpochMs): Course {
  const { costMinor, expectedMinor, heldMinor } = session;
  const endMs = Math.max(session.expectedEndMs ?? nowMs + ASSUMED_REST_MS, nowMs);
  const elapsedMs = Math.max(session.toldAtMs - session.beganAtMs, 0);
  const ratePerMs = costMinor !== undefined && elapsedMs > 0 ? costMinor / elapsedMs : 0;
  const fromMs = costMinor === undefined ? session.beganAtMs : session.toldAtMs;
  const fromMinor = costMinor ?? 0;
  const toMinor = Math.max(expectedMinor ?? fromMinor + ratePerMs * Math.max(endMs - fromMs, 0), fromMinor);
  return {
    vehicleId: session.vehicleId,
    endMs,
    beyondAt: (atMs) => {
      const share = endMs <= fromMs ? 1 : Math.min(Math.max((atMs - fromMs) / (endMs - fromMs), 0), 1);
      return Math.max(fromMinor + (toMinor - fromMinor) * share - heldMinor, 0);
    },
  };
}

/** Costs and starts only add up, so the first minute that is short is found by halving between one start and the next. */
function firstShort(
  isShortAt: (atMs: EpochMs, startsBefore: number) => boolean,
  starts: readonly ExpectedStart[],
  nowMs: EpochMs,
): { readonly atMs: EpochMs; readonly startsBefore: number } | undefined {
  const untilMs = nowMs + HORIZON_MS;
  let fromMs = nowMs;
  for (const [startsBefore, toMs] of [...starts.map(({ atMs }) => Math.max(atMs, nowMs)), untilMs].entries()) {
    const isShort = (atMs: EpochMs): boolean => isShortAt(atMs, startsBefore);
    if (isShort(fromMs)) return { atMs: fromMs, startsBefore };
    if (isShort(toMs)) return { atMs: halve(fromMs, toMs, isShort), startsBefore };
    fromMs = toMs;
  }
  return undefined;
}

function halve(enoughMs: EpochMs, shortMs: EpochMs, isShortAt: (atMs: EpochMs) => boolean): EpochMs {
  let [enough, short] = [enoughMs, shortMs];
  while (short - enough > MINUTE_MS) {
    const middle = Math.floor((enough + short) / 2);
    if (isShortAt(middle)) short = middle;
    else enough = middle;
  }
  return short;
}

function greatestAt(courses: readonly Course[], atMs: EpochMs): string | undefined {
  const taking = courses.filter(({ beyondAt }) => beyondAt(atMs) > 0);
  return taking.toSorted((a, b) => b.beyondAt(atMs) - a.beyondAt(atMs))[0]?.vehicleId;
}
