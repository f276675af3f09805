import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  FIRST_TIMEOUT_MS,
  GREATEST_TIMEOUT_MS,
  lowerTimeout,
  raiseTimeout,
} from '../../../../../src/shared/domain/metering/answer-time-out.ts';

test('a late answer is in time the next time, up to the bound', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 4_000 }), fc.integer({ min: 0, max: 20_000 }), (timeoutMs, lateByMs) => {
      const raised = raiseTimeout(timeoutMs, lateByMs);
      expect(raised).toBeGreaterThanOrEqual(timeoutMs);
      expect(raised).toBeGreaterThanOrEqual(Math.min(GREATEST_TIMEOUT_MS, timeoutMs + lateByMs));
      expect(raised).toBeLessThanOrEqual(GREATEST_TIMEOUT_MS);
    }),
  );
});

test('it falls slowly to where it began, and never below what the meter takes', () => {
  let timeoutMs = raiseTimeout(FIRST_TIMEOUT_MS, 800);
  const raised = timeoutMs;
  timeoutMs = lowerTimeout(timeoutMs, 100);
  expect(timeoutMs).toBeLessThan(raised);
  expect(timeoutMs).toBeGreaterThan(raised * 0.9);
  for (let answers = 0; answers < 200; answers++) timeoutMs = lowerTimeout(timeoutMs, 100);
  expect(timeoutMs).toBe(FIRST_TIMEOUT_MS);
  let slow = raised;
  for (let answers = 0; answers < 200; answers++) slow = lowerTimeout(slow, 1_500);
  expect(slow).toBe(2_250);
});
