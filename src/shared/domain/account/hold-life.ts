/**
 * The life of a hold: money set aside for a start, growing with what the session has cost so far, until its record captures it or
 * nothing is left to pay for. Decisions only; whoever keeps the books moves the money.
 *
 *   held -> captured   the record came; whatever it charges, it is never lost for want of a hold
 *   held -> released   the start was refused or expired, the session was declared invalid, or nothing was heard for too long
 *   released -> held   only where a command was given up and its session turned out to run after all
 *   released -> captured   a late record
 */
import type { Hold, MinorUnits } from './account.ts';
import type { EpochMs } from '../../kernel/instant.ts';

/** Least step by which a hold grows where no start minimum is stated, in main units of the currency. */
const STEP_MAIN_UNITS = 10;
/** A hold without a session is given up after this long; its record is captured all the same, should one come. */
export const UNHEARD_OF_MS = 24 * 3_600_000;
/** As late as records commonly may come; one that comes later still is captured all the same. */
export const UNBILLED_DAYS = 90;
const UNBILLED_MS = UNBILLED_DAYS * 24 * 3_600_000;

/**
 * What to hold now. A hold grows by whole steps, so that the books gain a line when a step is used up and not with every word of a
 * running session. It never shrinks: only the record says what it was.
 * @param runningMinor cost so far; undefined where the CPO tells none, which is not free
 */
export function growTo(facts: {
  readonly heldMinor: MinorUnits;
  readonly runningMinor: MinorUnits | undefined;
  readonly startMinimumMinor: MinorUnits;
  readonly minorDigits: number;
}): MinorUnits {
  const { heldMinor, runningMinor, startMinimumMinor, minorDigits } = facts;
  const least = Math.max(heldMinor, startMinimumMinor);
  if (runningMinor === undefined || runningMinor <= least) return least;
  const step = startMinimumMinor > 0 ? startMinimumMinor : STEP_MAIN_UNITS * 10 ** minorDigits;
  return Math.ceil(runningMinor / step) * step;
}

/** May a running session still move this hold? After its record, or once its session was declared void, nothing does. */
export function mayGrow(hold: Pick<Hold, 'state' | 'sessionId'>): boolean {
  return hold.state === 'held' || (hold.state === 'released' && hold.sessionId === undefined);
}

/** Does this outcome of a start mean that nothing will be charged? What is unknown may have happened, so it stays held. */
export function endsHold(outcome: string): boolean {
  return outcome === 'refused' || outcome === 'expired';
}

/** Nothing was heard of its session for longer than a record is commonly waited for. */
export function isUnbilled(hold: Pick<Hold, 'state' | 'sessionId' | 'changedAtMs'>, nowMs: EpochMs): boolean {
  return hold.state === 'held' && hold.sessionId !== undefined && hold.changedAtMs + UNBILLED_MS <= nowMs;
}

export function isUnheardOf(hold: Pick<Hold, 'state' | 'sessionId' | 'changedAtMs'>, nowMs: EpochMs): boolean {
  return hold.state === 'held' && hold.sessionId === undefined && hold.changedAtMs + UNHEARD_OF_MS <= nowMs;
}
