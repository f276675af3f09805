/**
 * SQL of `signed_record`: every signed text exactly as it was received, kept for ever, with what makes a page of a meter findable again.
 * What is thought of a text is computed anew whenever asked.
 */
import type { SignedPage } from '../../../shared/domain/metering/signed-record.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

export type StoredSignedRecord = {
  readonly recordKey: string;
  readonly position: number;
  readonly evseKey: string;
  /** As the charge record states it; empty where it does not. */
  readonly meterSerial: string;
  readonly encodingMethod: string;
  readonly nature: string;
  readonly publicKey: string | undefined;
  readonly plainData: string;
  readonly signedData: string;
};

/** Where a text stands in the stream of what one meter signed; undefined where it cannot be read. */
export type PageOfMeter = {
  /** Serial numbers of the gateway and the meter. */
  readonly signer: string;
  readonly page: SignedPage;
  readonly payloadHash: string;
};

/** Once: what was received is never replaced. */
export function addSignedRecord(
  tx: Transaction,
  record: StoredSignedRecord & { readonly sha256: string; readonly receivedAtMs: EpochMs },
  place: PageOfMeter | undefined,
): void {
  tx.prepare(
    `INSERT INTO signed_record (record_key, position, evse_key, meter_serial, encoding_method, nature, public_key, plain_data,
       signed_data, sha256, signer, page_context, page_number, payload_hash, received_at_ms)
     VALUES (@recordKey, @position, @evseKey, @meterSerial, @encodingMethod, @nature, @publicKey, @plainData,
       @signedData, @sha256, @signer, @context, @number, @payloadHash, @receivedAtMs)
     ON CONFLICT DO NOTHING`,
  ).run({
    ...record,
    publicKey: record.publicKey ?? null,
    receivedAtMs: Math.round(record.receivedAtMs),
    signer: place?.signer ?? null,
    context: place?.page.context ?? null,
    number: place?.page.number ?? null,
    payloadHash: place?.payloadHash ?? null,
  });
}

type RecordRow = {
  record_key: string;
  position: number;
  evse_key: string;
  meter_serial: string;
  encoding_method: string;
  nature: string;
  public_key: string | null;
  plain_data: string;
  signed_data: string;
};

export function readSignedRecords(store: ReadableStore, recordKey: string): readonly StoredSignedRecord[] {
  return store
    .prepare<[string], RecordRow>('SELECT * FROM signed_record WHERE record_key = ? ORDER BY position')
    .all(recordKey)
    .map((row) => ({
      recordKey: row.record_key,
      position: row.position,
      evseKey: row.evse_key,
      meterSerial: row.meter_serial,
      encodingMethod: row.encoding_method,
      nature: row.nature,
      publicKey: row.public_key ?? undefined,
      plainData: row.plain_data,
      signedData: row.signed_data,
    }));
}

/** The highest page before this one that the same meter signed and another charge record carries. */
export function readPageBefore(store: ReadableStore, place: PageOfMeter, recordKey: string): SignedPage | undefined {
  return store
    .prepare<[string, string, number, string], SignedPage>(
      `SELECT page_context AS context, page_number AS number FROM signed_record
       WHERE signer = ? AND page_context = ? AND page_number < ? AND record_key <> ? ORDER BY page_number DESC LIMIT 1`,
    )
    .get(place.signer, place.page.context, place.page.number, recordKey);
}

/** Another charge record that carries the same page of the same meter: the same text again, or another one. */
export function findSamePage(
  store: ReadableStore,
  place: PageOfMeter,
  recordKey: string,
): { readonly recordKey: string; readonly sameText: boolean } | undefined {
  const row = store
    .prepare<[string, string, number, string], { record_key: string; payload_hash: string }>(
      `SELECT record_key, payload_hash FROM signed_record
       WHERE signer = ? AND page_context = ? AND page_number = ? AND record_key <> ? ORDER BY received_at_ms LIMIT 1`,
    )
    .get(place.signer, place.page.context, place.page.number, recordKey);
  return row === undefined
    ? undefined
    : { recordKey: row.record_key, sameText: row.payload_hash === place.payloadHash };
}

/** Charge records with signed texts of these charge points. */
export function recordKeysOfEvses(store: ReadableStore, evseKeys: readonly string[]): readonly string[] {
  return store
    .prepare<[string], string>(
      'SELECT DISTINCT record_key FROM signed_record WHERE evse_key IN (SELECT value FROM json_each(?))',
    )
    .pluck()
    .all(JSON.stringify(evseKeys));
}
