/**
 * SQL of `charge_record` and `charge_record_text`. A record is written once; later only what ties it to a vehicle, a session and a
 * place may still become known, for the streams arrive in no order.
 */
import type { ChargeRecord } from '../../../shared/domain/marketplace/charge-record.ts';
import type { ChargeZone } from '../../../shared/domain/tariff/charge.ts';
import { energyFromKwh } from '../../../shared/kernel/quantity.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

/** What ties a record to the rest of the console. */
export type RecordLinks = {
  readonly sessionId: string | undefined;
  readonly vehicleId: string | undefined;
  readonly zone: ChargeZone;
};

export type StoredRecord = {
  readonly record: ChargeRecord;
  readonly vehicleId: string | undefined;
};

/** `CC*PPP*id` in capitals. */
export function recordKey(countryCode: string, partyId: string, id: string): string {
  return `${countryCode}*${partyId}*${id}`.toUpperCase();
}

export function partyOf(record: Pick<ChargeRecord, 'countryCode' | 'partyId'>): string {
  return `${record.countryCode}*${record.partyId}`.toUpperCase();
}

export function creditedKey(record: ChargeRecord): string | undefined {
  return record.creditReferenceId === undefined
    ? undefined
    : recordKey(record.countryCode, record.partyId, record.creditReferenceId);
}

export function insertRecord(tx: Transaction, stored: StoredRecord, raw: string): void {
  const { record, vehicleId } = stored;
  const { charge, totals } = record;
  tx.prepare(
    `INSERT INTO charge_record (key, id, party, session_id, authorization_reference, contract_id, vehicle_id, location_id,
       location_name, evse_uid, begin_ms, end_ms, time_zone, zone_basis, energy_wh, currency, stated_net, stated_gross,
       is_credit, credit_reference_key, received_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    record.key,
    record.id,
    partyOf(record),
    record.sessionId ?? null,
    record.authorizationReference ?? null,
    record.contractId,
    vehicleId ?? null,
    record.locationId,
    record.locationName,
    record.evseUid,
    charge.beginMs,
    charge.endMs,
    charge.zone.zone,
    charge.zone.basis,
    energyFromKwh(Number(totals.energyKwh)),
    charge.currency,
    totals.cost.net,
    totals.cost.gross ?? null,
    record.isCredit ? 1 : 0,
    creditedKey(record) ?? null,
    record.receivedAtMs,
  );
  tx.prepare('INSERT INTO charge_record_text (record_key, record, raw) VALUES (?, ?, ?)').run(
    record.key,
    JSON.stringify(record),
    raw,
  );
}

/** What became known of a record's surroundings; the record itself stays as it was. */
export function linkRecord(tx: Transaction, key: string, links: RecordLinks): void {
  tx.prepare(
    `UPDATE charge_record SET session_id = coalesce(session_id, ?), vehicle_id = coalesce(?, vehicle_id), time_zone = ?,
       zone_basis = ? WHERE key = ?`,
  ).run(links.sessionId ?? null, links.vehicleId ?? null, links.zone.zone, links.zone.basis, key);
}

type RecordRow = {
  session_id: string | null;
  vehicle_id: string | null;
  time_zone: string;
  zone_basis: ChargeZone['basis'];
  record: string;
};

export function readStoredRecord(store: ReadableStore, key: string): StoredRecord | undefined {
  const row = store
    .prepare<[string], RecordRow>(
      `SELECT session_id, vehicle_id, time_zone, zone_basis, record
       FROM charge_record JOIN charge_record_text ON record_key = key WHERE key = ?`,
    )
    .get(key);
  if (row === undefined) return undefined;
  const record = JSON.parse(row.record) as ChargeRecord;
  return {
    record: {
      ...record,
      sessionId: row.session_id ?? undefined,
      charge: { ...record.charge, zone: { zone: row.time_zone, basis: row.zone_basis } },
    },
    vehicleId: row.vehicle_id ?? undefined,
  };
}

/** The record as it came. */
export function readRaw(store: ReadableStore, key: string): string | undefined {
  return store.prepare<[string], string>('SELECT raw FROM charge_record_text WHERE record_key = ?').pluck().get(key);
}

/** Keys of the other records of this session that charge for it, in the order in which they came. */
export function readRecordsOfSession(store: ReadableStore, sessionId: string, exceptKey: string): string[] {
  return store
    .prepare<[string, string], string>(
      `SELECT key FROM charge_record WHERE session_id = ? AND is_credit = 0 AND key <> ? ORDER BY received_at_ms, key`,
    )
    .pluck()
    .all(sessionId, exceptKey);
}

/** Keys of the records that credit this one. */
export function readCreditsOf(store: ReadableStore, key: string): string[] {
  return store
    .prepare<[string], string>(
      'SELECT key FROM charge_record WHERE credit_reference_key = ? ORDER BY received_at_ms, key',
    )
    .pluck()
    .all(key);
}

/** The next records after `afterKey` whose vehicle or place is not known for certain. */
export function readUnplaced(store: ReadableStore, afterKey: string, limit: number): string[] {
  return store
    .prepare<[string, number], string>(
      `SELECT key FROM charge_record WHERE (vehicle_id IS NULL OR zone_basis <> 'location') AND key > ?
       ORDER BY key LIMIT ?`,
    )
    .pluck()
    .all(afterKey, limit);
}

/** kWh charged under a contract by charges that began in [fromMs, toMs), credits apart; for its volume steps. */
export function readEnergyWh(store: ReadableStore, contractId: string, fromMs: number, toMs: number): number {
  return (
    store
      .prepare<[string, number, number], number | null>(
        `SELECT sum(energy_wh) FROM charge_record AS charged
         WHERE contract_id = ? AND begin_ms >= ? AND begin_ms < ? AND is_credit = 0
           AND NOT EXISTS (SELECT 1 FROM charge_record AS credit WHERE credit.credit_reference_key = charged.key)`,
      )
      .pluck()
      .get(contractId, fromMs, toMs) ?? 0
  );
}
