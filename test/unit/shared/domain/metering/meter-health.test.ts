import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countAnswer,
  countFailure,
  countRefusal,
  countSound,
  NOTHING_COUNTED,
  type MeterCounts,
} from '../../../../../src/shared/domain/metering/meter-health.ts';

const step = fc.oneof(
  fc.constant((counts: MeterCounts) => countAnswer(counts, 1)),
  fc
    .constantFrom('timed-out' as const, 'spoiled' as const, 'excepted' as const, 'line-lost' as const)
    .map((failure) => (counts: MeterCounts) => countFailure(counts, failure, failure, 2)),
  fc
    .constantFrom('crc-error' as const, 'short-frame' as const, 'late-answer' as const)
    .map((sound) => (counts: MeterCounts) => countSound(counts, sound)),
  fc.constant((counts: MeterCounts) => countRefusal(counts, 'no', 3)),
);

test('every question has exactly one outcome, and counters never fall', () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let counts = NOTHING_COUNTED;
      for (const next of steps) {
        const before = counts;
        counts = next(counts);
        const { answered, timedOut, spoiled, excepted, lineLost } = counts;
        expect(answered + timedOut + spoiled + excepted + lineLost).toBe(counts.asked);
        for (const name of ['asked', 'crcErrors', 'shortFrames', 'lateAnswers', 'refused'] as const)
          expect(counts[name]).toBeGreaterThanOrEqual(before[name]);
      }
    }),
  );
});

test('failures in a row end with an answer, and the newest fault is named', () => {
  const failed = countFailure(countFailure(NOTHING_COUNTED, 'timed-out', 'silent', 1), 'spoiled', 'noise', 2);
  expect(failed).toMatchObject({ asked: 2, timedOut: 1, spoiled: 1, failuresInARow: 2 });
  expect(failed.lastFault).toEqual({ atMs: 2, sentence: 'noise' });
  expect(countAnswer(failed, 3)).toMatchObject({ failuresInARow: 0, lastAnswerAtMs: 3, lastFault: failed.lastFault });
});
