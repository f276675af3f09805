/**
 * SQL of `meter_key`: which keys were seen at which charge point, and what a person decided about each. A row comes with the first
 * record that carries the key and is never deleted; the last decision stands in it and all of them in the log of actions.
 */
import type { MeterKey } from '../../../shared/domain/metering/signed-record.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

const MOST_SHOWN = 5_000;

type KeyRow = {
  fingerprint: string;
  evse_key: string;
  curve: string;
  public_key: string;
  meter_serial: string;
  first_seen_at_ms: number;
  first_seen_in: string;
  state: MeterKey['state'];
  decided_at_ms: number | null;
  decided_by: string | null;
  reason: string | null;
};

/** Those awaiting a decision first, then the newest. */
export function readMeterKeys(store: ReadableStore): readonly MeterKey[] {
  return store
    .prepare<[number], KeyRow>(
      `SELECT * FROM meter_key ORDER BY state = 'seen' DESC, first_seen_at_ms DESC, fingerprint, evse_key LIMIT ?`,
    )
    .all(MOST_SHOWN)
    .map(toKey);
}

/** Pinned ones first, revoked ones last; the newest of each. */
export function keysOfEvse(store: ReadableStore, evseKey: string, limit: number): readonly MeterKey[] {
  return store
    .prepare<[string, number], KeyRow>(
      `SELECT * FROM meter_key WHERE evse_key = ?
       ORDER BY CASE state WHEN 'pinned' THEN 0 WHEN 'seen' THEN 1 ELSE 2 END, first_seen_at_ms DESC LIMIT ?`,
    )
    .all(evseKey, limit)
    .map(toKey);
}

/** The same key at each charge point where it was seen. */
export function rowsOfKey(store: ReadableStore, fingerprint: string): readonly MeterKey[] {
  return store
    .prepare<[string], KeyRow>('SELECT * FROM meter_key WHERE fingerprint = ? ORDER BY first_seen_at_ms')
    .all(fingerprint)
    .map(toKey);
}

/**
 * Once: a key that is known there already keeps what was decided about it. One whose newest decision anywhere was to revoke it comes
 * revoked, for what was not to be trusted at one charge point is not trusted because another shows it.
 */
export function addSeenKey(
  tx: Transaction,
  key: Pick<
    MeterKey,
    'fingerprint' | 'evseKey' | 'curve' | 'publicKey' | 'meterSerial' | 'firstSeenIn' | 'firstSeenAtMs'
  >,
): void {
  tx.prepare(
    `INSERT INTO meter_key (fingerprint, evse_key, curve, public_key, meter_serial, first_seen_at_ms, first_seen_in, state)
     VALUES (@fingerprint, @evseKey, @curve, @publicKey, @meterSerial, @firstSeenAtMs, @firstSeenIn, 'seen')
     ON CONFLICT DO NOTHING`,
  ).run({ ...key, firstSeenAtMs: Math.round(key.firstSeenAtMs) });
  tx.prepare(
    `UPDATE meter_key SET state = newest.state, decided_at_ms = newest.decided_at_ms, decided_by = newest.decided_by,
       reason = newest.reason
     FROM (SELECT state, decided_at_ms, decided_by, reason FROM meter_key
           WHERE fingerprint = @fingerprint AND decided_at_ms IS NOT NULL
           ORDER BY decided_at_ms DESC, state = 'revoked' DESC LIMIT 1) AS newest
     WHERE fingerprint = @fingerprint AND evse_key = @evseKey AND meter_key.state = 'seen' AND newest.state = 'revoked'`,
  ).run({ fingerprint: key.fingerprint, evseKey: key.evseKey });
}

export function decideOnKey(
  tx: Transaction,
  key: Pick<MeterKey, 'fingerprint' | 'evseKey'>,
  decision: {
    readonly state: 'pinned' | 'revoked';
    readonly atMs: EpochMs;
    readonly operator: string;
    readonly reason: string;
  },
): void {
  tx.prepare(
    `UPDATE meter_key SET state = ?, decided_at_ms = ?, decided_by = ?, reason = ? WHERE fingerprint = ? AND evse_key = ?`,
  ).run(decision.state, Math.round(decision.atMs), decision.operator, decision.reason, key.fingerprint, key.evseKey);
}

function toKey(row: KeyRow): MeterKey {
  return {
    fingerprint: row.fingerprint,
    evseKey: row.evse_key,
    curve: row.curve,
    publicKey: row.public_key,
    meterSerial: row.meter_serial,
    firstSeenAtMs: row.first_seen_at_ms,
    firstSeenIn: row.first_seen_in,
    state: row.state,
    decidedAtMs: row.decided_at_ms ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    reason: row.reason ?? undefined,
  };
}
