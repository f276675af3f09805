/**
 * What is asked of a Modbus RTU slave and what may come back (MODBUS over Serial Line V1.02; MODBUS Application Protocol
 * V1.1b3, 6.3 and 6.4). RTU has no transaction number, so that a late answer fits the next question of the same length:
 * hence each block names several register counts it may be asked with, and the master never uses one whose answer may still
 * be under way.
 */
import type { Result } from '../../../shared/kernel/result.ts';

export type RegisterQuestion = {
  /** 1 to 247. */
  readonly unitAddress: number;
  /** 3 holding registers, 4 input registers. */
  readonly functionCode: 3 | 4;
  /** 0-based, as on the wire. */
  readonly firstRegister: number;
  /** How many registers the asker needs. */
  readonly neededCount: number;
  /** Counts the slave can be asked with, each at least `neededCount` and at most 125; three or more, all different. */
  readonly allowedCounts: readonly number[];
  /** How long the slave may take to begin its answer; the time that bytes need on the line comes on top. */
  readonly timeoutMs: number;
};

/** `neededCount` registers, two bytes each, most significant first, as they came. */
export type RegisterAnswer = {
  readonly registers: Uint8Array;
  /** Monotonic instant at which the last byte of the answer was heard. */
  readonly heardAtMonotonicMs: number;
};

/**
 * timed-out    nothing that could be the answer came in time
 * spoiled      bytes came, but no valid answer to this question
 * excepted     the slave refused; the message names the Modbus exception
 * line-lost    the line closed while the answer was awaited, or is not open
 * resting      not asked: answers to every allowed count may still be under way
 * queue-full   not asked: too many questions wait already
 */
export type RtuFailure = 'timed-out' | 'spoiled' | 'excepted' | 'line-lost' | 'resting' | 'queue-full';

/** What the master heard besides answers, told to whoever counts. `unitAddress` where it can be known. */
export type RtuEvent =
  | { readonly kind: 'late-answer'; readonly unitAddress: number; readonly lateByMs: number }
  | { readonly kind: 'crc-error'; readonly unitAddress: number | undefined }
  | { readonly kind: 'short-frame'; readonly unitAddress: number | undefined }
  | { readonly kind: 'foreign-request'; readonly unitAddress: number }
  | { readonly kind: 'discarded'; readonly byteCount: number };

export type RtuMaster = {
  /** One question after the other, in the order they were asked; the queue is bounded and says so. */
  readonly ask: (question: RegisterQuestion) => Promise<Result<RegisterAnswer, RtuFailure>>;
  /** Ends what is awaited as line-lost; nothing is asked any more. */
  readonly stop: () => void;
};
