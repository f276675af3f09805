/**
 * Readings out of telegrams that nothing, or little, protects: D0 as it is pushed, mode C with its check character of seven
 * bits, P1 before version 4. A digit that was altered on the way makes another number that looks as good. Such a reading is
 * decided only when the next one has come: its registers lie between those of the reading before it and of the one after it.
 *
 * Invariant: of a reading that was altered and accepted, each energy register lies between two of its neighbours' that were
 * not, so that it is wrong by no more than the meter counted between those two, and no later reading is wrong by it.
 */
import { type Candidate, judgeSequence, type Standing } from './reading-sequence.ts';
import type { MeterLimits } from './plausible-values.ts';

/** What waits for its confirmation. */
export type Unconfirmed<C extends Candidate> = {
  readonly waiting: C;
  /**
   * What came before it: a telegram that agrees with it, one that does not, or none. After one that does not, no standing
   * reading makes up for it: it may be the newer of both that was altered.
   */
  readonly before: 'agreeing' | 'contradicting' | 'nothing';
};

export type Confirmation<C extends Candidate> = {
  /** Is to be decided now. */
  readonly confirmed: C | undefined;
  /** The one after it does not agree with it: one of both was altered, or something changed between them. */
  readonly contradicted: C | undefined;
  readonly next: Unconfirmed<C>;
};

/** @param standing the reading that was accepted last, if the candidate may be compared with it */
export function confirmReading<C extends Candidate>(
  standing: Standing | undefined,
  before: Unconfirmed<C> | undefined,
  candidate: C,
  limits: MeterLimits,
): Confirmation<C> {
  if (before === undefined)
    return { confirmed: undefined, contradicted: undefined, next: { waiting: candidate, before: 'nothing' } };
  const { waiting } = before;
  const agrees =
    hasSameRegisters(waiting, candidate) &&
    judgeSequence({ ...waiting, sameRun: true }, candidate, limits) === undefined;
  if (!agrees)
    return { confirmed: undefined, contradicted: waiting, next: { waiting: candidate, before: 'contradicting' } };
  const followsStanding = standing !== undefined && judgeSequence(standing, waiting, limits) === undefined;
  const hasFloor = before.before === 'agreeing' || (before.before === 'nothing' && followsStanding);
  return {
    confirmed: hasFloor ? waiting : undefined,
    contradicted: undefined,
    next: { waiting: candidate, before: 'agreeing' },
  };
}

/** An altered code makes a register vanish, or another one appear; a lost digit makes it coarser. */
function hasSameRegisters(a: Candidate, b: Candidate): boolean {
  const form = ({ reading: { values }, resolutionWh }: Candidate): string =>
    [values.importWh === undefined, values.exportWh === undefined, resolutionWh].join();
  return form(a) === form(b);
}
