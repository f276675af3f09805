/**
 * Use case: signed values came with a charge record. Each text is kept as it came, and a key nobody knows at that charge point yet is
 * noted as seen: it vouches for nothing until a person pins it.
 */
import { createHash } from 'node:crypto';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { Transaction } from '../../database/sqlite.ts';
import { addSeenKey } from './meter-key-table.ts';
import { curveOfAlgorithm } from './ocmf/curves.ts';
import { readPublicKey } from './ocmf/public-key.ts';
import { readOneOcmf, type OcmfRecord } from './ocmf/read-ocmf.ts';
import { readSignedText } from './ocmf/read-signed-text.ts';
import { addSignedRecord, type PageOfMeter } from './signed-record-table.ts';

export type ReceivedSignedData = {
  /** Of the charge record. */
  readonly recordKey: string;
  readonly evseKey: string;
  /** As the charge record states it, if it does. */
  readonly meterSerial?: string | undefined;
  readonly signed: readonly {
    readonly encodingMethod: string;
    readonly publicKey: string | undefined;
    readonly nature: string;
    readonly plainData: string;
    readonly signedData: string;
  }[];
  readonly receivedAtMs: EpochMs;
};

export function storeSignedData(tx: Transaction, received: ReceivedSignedData): void {
  const { recordKey, evseKey, meterSerial = '', receivedAtMs } = received;
  for (const [position, one] of received.signed.entries()) {
    const ocmf = readSent(one.signedData, one.encodingMethod);
    const sha256 = createHash('sha256').update(one.signedData).digest('hex');
    const place = ocmf === undefined ? undefined : pageOfMeter(ocmf);
    addSignedRecord(tx, { recordKey, position, evseKey, meterSerial, ...one, sha256, receivedAtMs }, place);
    const key =
      one.publicKey === undefined ? undefined : readPublicKey(one.publicKey, curveOfAlgorithm(ocmf?.algorithm ?? ''));
    if (key?.ok === true)
      addSeenKey(tx, {
        fingerprint: key.value.fingerprint,
        publicKey: key.value.text,
        curve: key.value.curve.name,
        evseKey,
        meterSerial: ocmf?.meterSerial ?? meterSerial,
        firstSeenAtMs: receivedAtMs,
        firstSeenIn: recordKey,
      });
  }
}

/** What cannot be read is stored all the same; judging says why. */
function readSent(sent: string, format: string): OcmfRecord | undefined {
  const text = readSignedText(sent, format);
  const read = text.ok ? readOneOcmf(text.value) : text;
  return read.ok ? read.value : undefined;
}

/** Undefined where no serial number or no page says whose page it is. */
export function pageOfMeter(record: OcmfRecord): PageOfMeter | undefined {
  const { page, gatewaySerial, meterSerial, payload } = record;
  if (page === undefined || (gatewaySerial === '' && meterSerial === '')) return undefined;
  return {
    signer: JSON.stringify([gatewaySerial, meterSerial]),
    page,
    payloadHash: createHash('sha256').update(payload).digest('hex'),
  };
}
