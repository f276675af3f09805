/**
 * SQL of `charge_assessment`: what lists show of a record's assessment, and which records are due to be assessed (anew). `search` holds
 * what a person may type, so that looking for a text does not read the records themselves.
 */
import type { ChargeCheck, ChargeRecord, ChargeRecordRow } from '../../../shared/domain/marketplace/charge-record.ts';
import type { RoundingConvention } from '../../../shared/domain/tariff/price.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import { partyOf, type StoredRecord } from './charge-record-table.ts';

export type KeptAssessment = Pick<
  ChargeRecordRow,
  'verdict' | 'pricedNet' | 'difference' | 'worstCheck' | 'signature'
> & { readonly explainedBy: RoundingConvention | undefined };

const NOT_ASSESSED_YET: ChargeCheck = {
  code: 'not-assessed-yet',
  severity: 'note',
  message: 'This record has just come and is being priced.',
};

/** A record that has just come: in every list at once, and due. */
export function announceAssessment(tx: Transaction, { record, vehicleId }: StoredRecord): void {
  tx.prepare(
    `INSERT INTO charge_assessment (record_key, end_ms, party, vehicle_id, search, verdict, worst_check, is_breach, signature,
       is_due)
     VALUES (?, ?, ?, ?, ?, 'not-priced', ?, 0, 'absent', 1)`,
  ).run(
    record.key,
    record.charge.endMs,
    partyOf(record),
    vehicleId ?? null,
    searchText(record),
    JSON.stringify(NOT_ASSESSED_YET),
  );
}

/** Case is put away on both sides: SQLite's own comparison knows only ASCII. */
function searchText(record: Pick<ChargeRecord, 'id' | 'locationName' | 'evseUid'>): string {
  return [record.id, record.locationName, record.evseUid].join('\n').toLowerCase();
}

export function keepAssessment(tx: Transaction, stored: StoredRecord, kept: KeptAssessment, atMs: EpochMs): void {
  tx.prepare(
    `UPDATE charge_assessment SET vehicle_id = ?, verdict = ?, priced_net = ?, difference = ?, explained_by = ?,
       worst_check = ?, is_breach = ?, signature = ?, assessed_at_ms = ?, is_due = 0 WHERE record_key = ?`,
  ).run(
    stored.vehicleId ?? null,
    kept.verdict,
    kept.pricedNet ?? null,
    kept.difference ?? null,
    kept.explainedBy === undefined ? null : JSON.stringify(kept.explainedBy),
    kept.worstCheck === undefined ? null : JSON.stringify(kept.worstCheck),
    kept.worstCheck?.severity === 'breach' ? 1 : 0,
    kept.signature,
    atMs,
    stored.record.key,
  );
}

/** Newest charges first, for these are looked at first. */
export function readDue(store: ReadableStore, limit: number): string[] {
  return store
    .prepare<[number], string>(
      'SELECT record_key FROM charge_assessment WHERE is_due = 1 ORDER BY end_ms DESC, record_key DESC LIMIT ?',
    )
    .pluck()
    .all(limit);
}

export function makeDue(tx: Transaction, key: string): void {
  tx.prepare('UPDATE charge_assessment SET is_due = 1 WHERE record_key = ?').run(key);
}

export function makeAllDue(tx: Transaction): void {
  tx.prepare('UPDATE charge_assessment SET is_due = 1').run();
}

/** Records that bill this session, by its id or by the authorisation that began it. */
export function makeSessionDue(tx: Transaction, sessionId: string, reference: string | undefined): void {
  tx.prepare(
    `UPDATE charge_assessment SET is_due = 1 WHERE record_key IN
       (SELECT key FROM charge_record WHERE session_id = ?
        UNION ALL SELECT key FROM charge_record WHERE authorization_reference = ?)`,
  ).run(sessionId, reference ?? null);
}

/** Charges of this CPO that began then or later. */
export function makePartyDue(tx: Transaction, party: string, fromMs: EpochMs): void {
  tx.prepare(
    `UPDATE charge_assessment SET is_due = 1
     WHERE record_key IN (SELECT key FROM charge_record WHERE party = ? AND begin_ms >= ?)`,
  ).run(party, fromMs);
}

/** Charges under this contract that began then or later. */
export function makeContractDue(tx: Transaction, contractId: string, fromMs: EpochMs): void {
  tx.prepare(
    `UPDATE charge_assessment SET is_due = 1
     WHERE record_key IN (SELECT key FROM charge_record WHERE contract_id = ? AND begin_ms >= ?)`,
  ).run(contractId, fromMs);
}

/** Enough to tell a habit by, and few enough to be counted for every record that comes. */
const LEARNT_FROM = 200;

/** The rounding that explains most of a CPO's newest charges. */
export function readLearntRounding(store: ReadableStore, party: string): RoundingConvention | undefined {
  const newest = store
    .prepare<[string, number], string>(
      `SELECT explained_by FROM charge_assessment WHERE party = ? AND explained_by IS NOT NULL
       ORDER BY end_ms DESC LIMIT ?`,
    )
    .pluck()
    .all(party, LEARNT_FROM);
  const counts = new Map<string, number>();
  for (const text of newest) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
  return most && (JSON.parse(most[0]) as RoundingConvention);
}

export function readMark(store: ReadableStore, name: string): string | undefined {
  return store.prepare<[string], string>('SELECT value FROM assessment_mark WHERE name = ?').pluck().get(name);
}

export function putMark(tx: Transaction, name: string, value: string): void {
  tx.prepare(
    'INSERT INTO assessment_mark (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value);
}
