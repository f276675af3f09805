/**
 * Query: what the signed values of a charge record are worth now. Computed from the stored texts and the register of keys at each
 * question, so that pinning or revoking a key changes every answer at once.
 */
import type { SignedCheck, SignedJudgement } from '../../../shared/domain/metering/signed-record.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { keysOfEvse } from './meter-key-table.ts';
import { comparePages } from './ocmf/compare-pages.ts';
import { judgeCharge } from './ocmf/judge-charge.ts';
import type { OcmfRecord } from './ocmf/read-ocmf.ts';
import type { OfferedKey } from './ocmf/verify-record.ts';
import { findSamePage, readPageBefore, readSignedRecords, type StoredSignedRecord } from './signed-record-table.ts';
import { pageOfMeter } from './store-signed-data.ts';

/** Meters are exchanged now and then; each key tried costs milliseconds. */
const MOST_KEYS = 10;

export function judgeSignedData(store: ReadableStore, recordKey: string): SignedJudgement {
  const stored = readSignedRecords(store, recordKey);
  const texts = stored.map((record) => ({
    sent: record.signedData,
    format: record.encodingMethod,
    nature: record.nature,
    offered: offeredKeys(store, record),
  }));
  return judgeCharge(texts, (ocmf, position) => {
    const record = stored[position];
    return record === undefined ? [] : [...checkStated(ocmf, record), ...checkPlace(store, ocmf, record)];
  });
}

/** A key that came with the record and is known here keeps the standing a person gave it. */
function offeredKeys(store: ReadableStore, { evseKey, publicKey }: StoredSignedRecord): readonly OfferedKey[] {
  const known = keysOfEvse(store, evseKey, MOST_KEYS).map(({ publicKey: text, state }) => ({ text, standing: state }));
  return publicKey === undefined ? known : [...known, { text: publicKey, standing: 'seen' }];
}

function checkStated(ocmf: OcmfRecord, { meterSerial }: StoredSignedRecord): readonly SignedCheck[] {
  if (meterSerial === '' || ocmf.meterSerial === '') return [];
  const ok = meterSerial.toLowerCase() === ocmf.meterSerial.toLowerCase();
  const message = ok
    ? 'The charge record names the same meter.'
    : `The charge record names the meter ${meterSerial}, and ${ocmf.meterSerial} signed.`;
  return [{ code: 'meter-as-stated', ok, decides: false, message }];
}

/** None of these decides: others charge at the same meter, and a corrected charge record carries the same text again. */
function checkPlace(store: ReadableStore, ocmf: OcmfRecord, { recordKey }: StoredSignedRecord): readonly SignedCheck[] {
  const place = pageOfMeter(ocmf);
  if (place === undefined) return [];
  const before = readPageBefore(store, place, recordKey);
  const step = before === undefined ? undefined : comparePages(before, place.page);
  const again = findSamePage(store, place, recordKey);
  const follows: SignedCheck[] =
    step === undefined
      ? []
      : [{ code: 'page-follows-known', ok: step.kind === 'next', decides: false, message: sayStep(step) }];
  const message =
    again === undefined
      ? 'No other charge record carries this page.'
      : again.sameText
        ? `The charge record ${again.recordKey} carries the same signed text. Unless one of them corrects the other, the charge was billed twice.`
        : `The charge record ${again.recordKey} carries another text with the same page of this meter. One of them is not genuine.`;
  return [...follows, { code: 'signed-once', ok: again === undefined, decides: false, message }];
}

function sayStep({ kind, message }: ReturnType<typeof comparePages>): string {
  return kind === 'gap'
    ? `${message} At a public charge point these are other people’s; at your own they are missing.`
    : message;
}
