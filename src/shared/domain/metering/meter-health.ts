/**
 * Counts what becomes of the questions to one meter. Invariant: every question that was asked ends as exactly one of
 * answered, timed out, spoiled, excepted or line lost, so that these five always add up to `asked`.
 */
import type { EpochMs } from '../../kernel/instant.ts';

export type MeterCounts = {
  readonly asked: number;
  readonly answered: number;
  readonly timedOut: number;
  readonly spoiled: number;
  readonly excepted: number;
  readonly lineLost: number;
  readonly crcErrors: number;
  readonly shortFrames: number;
  readonly lateAnswers: number;
  readonly refused: number;
  readonly failuresInARow: number;
  /** Wall clock. */
  readonly lastAnswerAtMs: EpochMs | undefined;
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
    failuresInARow: counts.failuresInARow + 1,
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
