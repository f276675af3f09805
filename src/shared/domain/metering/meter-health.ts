/**
 * Counts what becomes of the questions to one meter. Invariant: every question that was asked ends as exactly one of
 * answered, timed out, spoiled, excepted or line lost, so that these five always add up to `asked`.
 */
import type { EpochMs } from '../../kernel/instant.ts';

/** So many failures in a row are silence: one question may go astray, and the next. */
export const SILENT_AFTER_FAILURES = 3;

/** Counted since this profile was opened. Each question ends as exactly one of answered, timedOut, spoiled, excepted or lineLost. */
export type MeterCounts = {
  readonly asked: number;
  readonly answered: number;
  /** No answer within the time-out. */
  readonly timedOut: number;
  /** Bytes came, but no valid answer: a wrong CRC, a frame cut short, an answer that is not to this question. */
  readonly spoiled: number;
  /** The meter answered with a Modbus exception. */
  readonly excepted: number;
  /** The line went away while an answer was awaited. */
  readonly lineLost: number;
  /** Of what was heard: frames with a wrong CRC, frames cut short, valid frames that came after their time-out. */
  readonly crcErrors: number;
  readonly shortFrames: number;
  readonly lateAnswers: number;
  /** Readings that arrived whole and were refused by a rule (implausible, running backwards, another serial number). */
  readonly refused: number;
  readonly failuresInARow: number;
  /** Wall clock. */
  readonly lastAnswerAtMs: EpochMs | undefined;
  /** The newest fault, as a sentence. Wall clock. */
  readonly lastFault: { readonly atMs: EpochMs; readonly sentence: string } | undefined;
};

export const NOTHING_COUNTED: MeterCounts = {
  asked: 0,
  answered: 0,
  timedOut: 0,
  spoiled: 0,
  excepted: 0,
  lineLost: 0,
  crcErrors: 0,
  shortFrames: 0,
  lateAnswers: 0,
  refused: 0,
  failuresInARow: 0,
  lastAnswerAtMs: undefined,
  lastFault: undefined,
};

const COUNTER_OF_FAILURE = {
  'timed-out': 'timedOut',
  spoiled: 'spoiled',
  excepted: 'excepted',
  'line-lost': 'lineLost',
} as const;

const COUNTER_OF_SOUND = {
  'crc-error': 'crcErrors',
  'short-frame': 'shortFrames',
  'late-answer': 'lateAnswers',
} as const;

export type QuestionFailure = keyof typeof COUNTER_OF_FAILURE;
export type MeterSound = keyof typeof COUNTER_OF_SOUND;

/** A question that was asked was answered. */
export function countAnswer(counts: MeterCounts, atMs: EpochMs): MeterCounts {
  return {
    ...counts,
    asked: counts.asked + 1,
    answered: counts.answered + 1,
    failuresInARow: 0,
    lastAnswerAtMs: atMs,
  };
}

/** A question that was asked was not answered. */
export function countFailure(
  counts: MeterCounts,
  failure: QuestionFailure,
  sentence: string,
  atMs: EpochMs,
): MeterCounts {
  const counter = COUNTER_OF_FAILURE[failure];
  return {
    ...counts,
    asked: counts.asked + 1,
    [counter]: counts[counter] + 1,
    // A meter is not silent because its line is gone.
    failuresInARow: counts.failuresInARow + (failure === 'line-lost' ? 0 : 1),
    lastFault: { atMs, sentence },
  };
}

/** Something was heard that was no answer; the question it belonged to, if any, is counted by itself. */
export function countSound(counts: MeterCounts, sound: MeterSound): MeterCounts {
  const counter = COUNTER_OF_SOUND[sound];
  return { ...counts, [counter]: counts[counter] + 1 };
}

/** A reading arrived whole and a rule refused it. */
export function countRefusal(counts: MeterCounts, sentence: string, atMs: EpochMs): MeterCounts {
  return { ...counts, refused: counts.refused + 1, lastFault: { atMs, sentence } };
}

/** Something else that went wrong with this meter's readings and is no matter of the line. */
export function noteFault(counts: MeterCounts, sentence: string, atMs: EpochMs): MeterCounts {
  return { ...counts, lastFault: { atMs, sentence } };
}
