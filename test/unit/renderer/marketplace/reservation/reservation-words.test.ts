import { expect, test } from 'vitest';
import { describeReservation } from '../../../../../src/renderer/marketplace/reservation/reservation-words.ts';

test('only a confirmed reservation says that it holds', () => {
  expect(describeReservation({ state: 'confirmed', reason: undefined }).word).toBe('held');
  for (const state of ['requested', 'unknown', 'refused', 'expired'] as const)
    expect(describeReservation({ state, reason: undefined }).shape).not.toBe('done');
});

test('not known says both, and why', () => {
  const { sentence } = describeReservation({ state: 'unknown', reason: 'The link broke.' });
  expect(sentence).toBe('It may or may not be held. The link broke.');
});
