import { expect, test } from 'vitest';
import { groupedFingerprint, shortFingerprint } from '../../../../../src/renderer/metering/signed/signed-words.ts';

test('a fingerprint stands in groups that an eye can compare', () => {
  expect(groupedFingerprint('0123456789ab')).toBe('0123 4567 89ab');
  expect(groupedFingerprint('01234')).toBe('0123 4');
  expect(shortFingerprint('ab'.repeat(32))).toBe('abab abab abab');
});
