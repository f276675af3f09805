/** What is said of signed meter values: each result as a word and as a sentence, and how much it matters. */
import type { MeterKey, SignedResult } from '../../../shared/domain/metering/signed-record.ts';

export const RESULT_WORDS: Readonly<Record<SignedResult, string>> = {
  valid: 'valid',
  invalid: 'invalid',
  'key-unknown': 'key unknown',
  'key-not-pinned': 'key not pinned',
  'unsupported-algorithm': 'other algorithm',
  malformed: 'not readable',
  absent: 'none',
};

/** For the tip of a cell: what it means for a bill. */
export const RESULT_MEANINGS: Readonly<Record<SignedResult, string>> = {
  valid: 'The signature holds, by a key that a person pinned to this charge point.',
  invalid: 'The signature or a check around it fails: these values prove nothing.',
  'key-unknown': 'Signed, but no key came with it and none is known for this charge point.',
  'key-not-pinned': 'The signature holds, but nobody has said yet that this key belongs to the meter.',
  'unsupported-algorithm': 'Signed by an algorithm that this console does not know.',
  malformed: 'What came as signed data cannot be read.',
  absent: 'No signed values came with it, which is normal in most countries.',
};

/** Undefined where nothing is abnormal. */
export const RESULT_PRIORITY: Readonly<Record<SignedResult, 2 | 3 | undefined>> = {
  valid: undefined,
  invalid: 2,
  'key-unknown': 3,
  'key-not-pinned': 3,
  'unsupported-algorithm': 3,
  malformed: 2,
  absent: undefined,
};

export const KEY_STATE_WORDS: Readonly<Record<MeterKey['state'], string>> = {
  seen: 'seen',
  pinned: 'pinned',
  revoked: 'revoked',
};

/** A fingerprint in groups that an eye can compare. */
export function groupedFingerprint(fingerprint: string): string {
  return fingerprint.replaceAll(/(.{4})(?=.)/gu, '$1 ');
}

export function shortFingerprint(fingerprint: string): string {
  return groupedFingerprint(fingerprint.slice(0, 12));
}
