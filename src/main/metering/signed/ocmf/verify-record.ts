/**
 * One signed record against the keys that may have signed it: the signature, whose key that is, and what the readings say of
 * themselves (OCMF tables “Meter Reading object” and “State / Error of the Meter”). What several records say together is
 * `check-sequence.ts`.
 */
import { Buffer } from 'node:buffer';
import type { SignedCheck, SignedReading, SignedResult } from '../../../../shared/domain/metering/signed-record.ts';
import { curveOfAlgorithm, type Curve } from './curves.ts';
import { readPublicKey, type PublicKey } from './public-key.ts';
import { DER_FORM, type OcmfRecord } from './read-ocmf.ts';
import { isSignedBy, readSignature } from './verify-signature.ts';

/**
 * A key that may have signed, and what is known of it: pinned to the charge point, given by whoever asks, only enclosed in the file
 * with the record, seen in records and not decided about, or revoked.
 */
export type OfferedKey = {
  readonly text: string;
  readonly standing: 'pinned' | 'given' | 'enclosed' | 'seen' | 'revoked';
};

export type VerifiedRecord = {
  readonly result: SignedResult;
  readonly message: string;
  readonly checks: readonly SignedCheck[];
  readonly key: PublicKey | undefined;
};

export function verifyRecord(record: OcmfRecord, offered: readonly OfferedKey[]): VerifiedRecord {
  const signed = verifySignature(record, offered);
  const checks = [...signed.checks, ...checkReadings(record.readings)];
  const failed = checks.find(({ ok, decides }) => !ok && decides);
  if (signed.result !== 'valid' && signed.result !== 'key-not-pinned') return { ...signed, checks };
  return failed === undefined || failed.code === 'key-pinned'
    ? { ...signed, checks }
    : { ...signed, result: 'invalid', message: failed.message, checks };
}

function verifySignature(record: OcmfRecord, offered: readonly OfferedKey[]): VerifiedRecord {
  const curve = curveOfAlgorithm(record.algorithm);
  if (curve === undefined || record.signatureForm !== DER_FORM)
    return undecided(
      'unsupported-algorithm',
      `The record is signed by “${curve === undefined ? record.algorithm : record.signatureForm}”, which OCMF does not define. It cannot be checked here.`,
    );
  const signature = record.signature === undefined ? undefined : readSignature(record.signature, curve);
  if (signature === undefined)
    return undecided('malformed', `The signature is not one of ${curve.name}: it was damaged or cut on its way.`);
  const { keys, refusal } = readKeys(offered, curve);
  if (keys.length === 0) return refusal;
  const payload = Buffer.from(record.payload, 'utf8');
  const signer = keys.find(({ key }) => key.curve === curve && isSignedBy(key, payload, signature));
  if (signer === undefined) {
    const otherCurve = keys.every(({ key }) => key.curve !== curve) ? keys[0]?.key.curve : undefined;
    const message =
      otherCurve === undefined
        ? 'The signature does not fit: the record was changed after the meter signed it, or another key signed it.'
        : `The record was signed on ${curve.name} and the key is one of ${otherCurve.name}: it is another meter’s key.`;
    return { ...undecided('invalid', message), key: keys[0]?.key };
  }
  const pinned = sayStanding(signer.standing, signer.key.fingerprint);
  return {
    result: pinned.ok || !pinned.decides ? 'valid' : 'key-not-pinned',
    message: pinned.ok ? 'The record is as the meter signed it.' : pinned.message,
    checks: [{ code: 'signature', ok: true, decides: true, message: 'The signature fits every character.' }, pinned],
    key: signer.key,
  };
}

function undecided(result: SignedResult, message: string): VerifiedRecord {
  return { result, message, checks: [{ code: 'signature', ok: false, decides: true, message }], key: undefined };
}

type KnownKey = { readonly key: PublicKey; readonly standing: OfferedKey['standing'] };

/** @returns `refusal`: what to say where none of them can be read */
function readKeys(
  offered: readonly OfferedKey[],
  curve: Curve,
): { readonly keys: readonly KnownKey[]; readonly refusal: VerifiedRecord } {
  let refusal = undecided(
    'key-unknown',
    'No key came with the record and none is known of this meter. Ask the operator for the meter’s public key.',
  );
  const keys: KnownKey[] = [];
  for (const { text, standing } of offered) {
    const read = readPublicKey(text, curve);
    if (read.ok) keys.push({ key: read.value, standing });
    else refusal = undecided(read.code === 'key-unreadable' ? 'key-unknown' : read.code, read.message);
  }
  return { keys, refusal };
}

function sayStanding(standing: OfferedKey['standing'], fingerprint: string): SignedCheck {
  const short = fingerprint.slice(0, 16);
  const said: Record<OfferedKey['standing'], Omit<SignedCheck, 'code'>> = {
    pinned: { ok: true, decides: true, message: 'The key is pinned to this charge point.' },
    given: { ok: true, decides: true, message: 'The key is the one that was given for this check.' },
    enclosed: {
      ok: false,
      decides: false,
      message: `The key came in the same file, so it shows that nothing was changed, not whose meter it was. Compare ${short}… with the meter’s key.`,
    },
    seen: {
      ok: false,
      decides: true,
      message: `The signature fits, but nobody has pinned its key ${short}… to this charge point. Compare it with the meter’s and pin it.`,
    },
    revoked: {
      ok: false,
      decides: true,
      message: `The signature fits, but its key ${short}… was revoked. Dispute the record, or pin the meter’s new key.`,
    },
  };
  return { code: 'key-pinned', ...said[standing] };
}

const STATUSES: ReadonlyMap<string, string> = new Map([
  ['N', 'no meter found'],
  ['T', 'no answer from the meter in time'],
  ['D', 'the meter disconnected'],
  ['R', 'the meter removed'],
  ['M', 'manipulation detected'],
  ['X', 'the meter exchanged'],
  ['I', 'a meter that does not fit the signing part'],
  ['O', 'a value out of range'],
  ['S', 'a substitute value'],
  ['E', 'an error of another kind'],
  ['F', 'a register that was not read correctly'],
]);

function checkReadings(readings: readonly SignedReading[]): readonly SignedCheck[] {
  const bad = readings.find(({ status }) => status !== 'G');
  const flagged = readings.find(({ errorFlags, letter }) => errorFlags.trim() !== '' || letter === 'X');
  const unread = readings.some(({ atMs, value, unit }) => atMs === undefined || value === undefined || unit === '');
  return [
    {
      code: 'meter-good',
      ok: bad === undefined,
      decides: true,
      message:
        bad === undefined
          ? 'The meter said of each reading that it was good.'
          : `A reading is marked “${bad.status}”: ${STATUSES.get(bad.status) ?? 'a state that OCMF does not define'}. It cannot be billed.`,
    },
    {
      code: 'no-error-flags',
      ok: flagged === undefined,
      decides: true,
      message: flagged === undefined ? 'No error is flagged.' : sayFlags(flagged),
    },
    {
      code: 'values-readable',
      ok: !unread,
      decides: true,
      message: unread
        ? 'A reading lacks a readable time, value or unit.'
        : 'Each reading has a time, a value and a unit.',
    },
  ];
}

function sayFlags({ errorFlags, letter }: SignedReading): string {
  const named = [
    ...(errorFlags.includes('E') || letter === 'X' ? ['energy'] : []),
    ...(errorFlags.includes('t') || letter === 'X' ? ['time'] : []),
  ];
  return `An error during the charge is flagged: ${named.join(' and ') || `“${errorFlags}”`} can no longer be billed.`;
}
