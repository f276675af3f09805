/** SQL of `session` and `session_period`. Final sessions are kept for ever: bills are checked against them. */
import { energyWh } from '../../../shared/kernel/quantity.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { Session, SessionStatus } from '../../../shared/domain/marketplace/session.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import type { WireSessionPatch } from '../../marketplace-link/wire/v1/ocpi-objects.ts';
import { parseDateTimeMs } from '../../marketplace-link/wire/v1/primitives.ts';

type SessionRow = {
  id: string;
  status: string;
  start_at_ms: number;
  end_at_ms: number | null;
  energy_wh: number;
  evse_key: string;
  connector_id: string;
  vehicle_id: string | null;
  authorization_reference: string | null;
  total_cost: string | null;
  currency: string;
  updated_at_ms: number;
};

export type StoredPeriod = {
  readonly startAtMs: EpochMs;
  readonly period: NonNullable<WireSessionPatch['charging_periods']>[number];
};

export type ChargingPeriods = NonNullable<WireSessionPatch['charging_periods']>;

/** A final session without an end says no better than when it was last heard of. */
const ENDED_AT = 'coalesce(end_at_ms, updated_at_ms)';
// Word for word the conditions of the partial indexes: ended sessions are kept for ever and must not be read to find others.
const IS_FINAL = `status IN ('COMPLETED', 'INVALID')`;
const IS_RUNNING = `status NOT IN ('COMPLETED', 'INVALID')`;

export function readSession(store: ReadableStore, id: string): Session | undefined {
  const row = store.prepare<[string], SessionRow>('SELECT * FROM session WHERE id = ?').get(id);
  return row === undefined ? undefined : readRow(row);
}

/** The session that a command or an authorisation asked for; the newest where several name it. */
export function readSessionByReference(store: ReadableStore, reference: string): Session | undefined {
  const row = store
    .prepare<[string], SessionRow>(
      'SELECT * FROM session WHERE authorization_reference = ? ORDER BY start_at_ms DESC LIMIT 1',
    )
    .get(reference);
  return row === undefined ? undefined : readRow(row);
}

export function readSessionsSince(store: ReadableStore, endedAfterMs: EpochMs): Session[] {
  return store
    .prepare<[number], SessionRow>(
      `SELECT * FROM session WHERE ${IS_RUNNING} UNION ALL SELECT * FROM session WHERE ${IS_FINAL} AND ${ENDED_AT} > ?`,
    )
    .all(endedAfterMs)
    .map(readRow);
}

export function readRunningSessions(store: ReadableStore): Session[] {
  return store.prepare<[], SessionRow>(`SELECT * FROM session WHERE ${IS_RUNNING}`).all().map(readRow);
}

/** By vehicle id in lower case: the charge point of its newest session. */
export function readLastBays(store: ReadableStore): ReadonlyMap<string, string> {
  const rows = store
    .prepare<[], { vehicle_id: string; evse_key: string }>(
      'SELECT vehicle_id, evse_key, max(start_at_ms) FROM session WHERE vehicle_id IS NOT NULL GROUP BY vehicle_id',
    )
    .all();
  return new Map(rows.map((row) => [row.vehicle_id.toLowerCase(), row.evse_key]));
}

/** Final sessions that ended in (fromMs, toMs]. */
export function readEndedBetween(store: ReadableStore, fromMs: EpochMs, toMs: EpochMs): string[] {
  return store
    .prepare<[number, number], { id: string }>(
      `SELECT id FROM session WHERE ${IS_FINAL} AND ${ENDED_AT} > ? AND ${ENDED_AT} <= ?`,
    )
    .all(fromMs, toMs)
    .map((row) => row.id);
}

/** At these charge points, of any status, that touch [fromMs, toMs). */
export function readSessionsAt(
  store: ReadableStore,
  evseKeys: readonly string[],
  fromMs: EpochMs,
  toMs: EpochMs,
): Session[] {
  const ended = store.prepare<[string, number, number], SessionRow>(
    `SELECT * FROM session WHERE evse_key = ? AND ${IS_FINAL} AND ${ENDED_AT} > ? AND start_at_ms < ?`,
  );
  const keys = new Set(evseKeys.map((key) => key.toLowerCase()));
  const running = readRunningSessions(store).filter(
    ({ evseKey, startAtMs }) => keys.has(evseKey.toLowerCase()) && startAtMs < toMs,
  );
  return [...[...keys].flatMap((key) => ended.all(key, fromMs, toMs).map(readRow)), ...running];
}

/**
 * From when on every session is known: a marketplace tells of all that changed since some instant, and the first that is
 * known to have changed lies not before it. Infinity while none is known.
 */
export function sessionsKnownFrom(store: ReadableStore): EpochMs {
  const firstOf = (sql: string): EpochMs | null | undefined => store.prepare<[], EpochMs | null>(sql).pluck().get();
  const ended = firstOf(`SELECT min(${ENDED_AT}) FROM session WHERE ${IS_FINAL}`);
  const running = firstOf(`SELECT min(updated_at_ms) FROM session WHERE ${IS_RUNNING}`);
  return Math.min(ended ?? Infinity, running ?? Infinity);
}

/** Up to when sessions are known while the marketplace is away or still tells of what was: they come in the order they changed. */
export function sessionsKnownTo(store: ReadableStore): EpochMs {
  const newest = store.prepare<[], EpochMs | null>('SELECT max(updated_at_ms) FROM session').pluck().get();
  return newest ?? -Infinity;
}

/** Oldest first. */
export function readPeriods(store: ReadableStore, sessionId: string): StoredPeriod[] {
  return store
    .prepare<[string], { start_at_ms: number; period: string }>(
      'SELECT start_at_ms, period FROM session_period WHERE session_id = ? ORDER BY start_at_ms',
    )
    .all(sessionId)
    .map((row) => ({ startAtMs: row.start_at_ms, period: JSON.parse(row.period) as StoredPeriod['period'] }));
}

export function readPeriodCount(store: ReadableStore, sessionId: string): number {
  return (
    store
      .prepare<[string], { count: number }>('SELECT count(*) AS count FROM session_period WHERE session_id = ?')
      .get(sessionId)?.count ?? 0
  );
}

export function putSession(tx: Transaction, session: Session): void {
  tx.prepare(
    `INSERT INTO session (id, status, start_at_ms, end_at_ms, energy_wh, evse_key, connector_id, vehicle_id,
       authorization_reference, total_cost, currency, updated_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, start_at_ms = excluded.start_at_ms,
       end_at_ms = excluded.end_at_ms, energy_wh = excluded.energy_wh, evse_key = excluded.evse_key,
       connector_id = excluded.connector_id, vehicle_id = excluded.vehicle_id,
       authorization_reference = excluded.authorization_reference, total_cost = excluded.total_cost,
       currency = excluded.currency, updated_at_ms = excluded.updated_at_ms`,
  ).run(
    session.id,
    session.status,
    session.startAtMs,
    session.endAtMs ?? null,
    session.energyWh,
    session.evseKey,
    session.connectorId,
    session.vehicleId ?? null,
    session.authorizationReference ?? null,
    session.totalCost ?? null,
    session.currency,
    session.updatedAtMs,
  );
}

/** Periods are named by their start; the same one again (a repeated PATCH) is one row. */
export function appendPeriods(tx: Transaction, sessionId: string, periods: ChargingPeriods): void {
  const insert = tx.prepare<[string, number, string]>(
    `INSERT INTO session_period (session_id, start_at_ms, period) VALUES (?, ?, ?)
     ON CONFLICT (session_id, start_at_ms) DO UPDATE SET period = excluded.period`,
  );
  for (const period of periods) insert.run(sessionId, parseDateTimeMs(period.start_date_time), JSON.stringify(period));
}

/** Whether these are the session's periods, in whatever order. */
export function holdsPeriods(store: ReadableStore, sessionId: string, periods: ChargingPeriods): boolean {
  const held = store
    .prepare<[string], { start_at_ms: number; period: string }>(
      'SELECT start_at_ms, period FROM session_period WHERE session_id = ?',
    )
    .all(sessionId);
  const given = new Map(periods.map((period) => [parseDateTimeMs(period.start_date_time), JSON.stringify(period)]));
  return held.length === given.size && held.every((row) => given.get(row.start_at_ms) === row.period);
}

export function deletePeriods(tx: Transaction, sessionId: string): void {
  tx.prepare('DELETE FROM session_period WHERE session_id = ?').run(sessionId);
}

/** What runs is only a copy of the marketplace's state; what has ended is our evidence and stays. */
export function deleteRunningSessions(tx: Transaction): string[] {
  const ids = readRunningSessions(tx).map((session) => session.id);
  for (const id of ids) {
    deletePeriods(tx, id);
    tx.prepare('DELETE FROM session WHERE id = ?').run(id);
  }
  return ids;
}

function readRow(row: SessionRow): Session {
  return {
    id: row.id,
    status: row.status as SessionStatus,
    startAtMs: row.start_at_ms,
    endAtMs: row.end_at_ms ?? undefined,
    energyWh: energyWh(row.energy_wh),
    evseKey: row.evse_key,
    connectorId: row.connector_id,
    vehicleId: row.vehicle_id ?? undefined,
    authorizationReference: row.authorization_reference ?? undefined,
    totalCost: row.total_cost ?? undefined,
    currency: row.currency,
    updatedAtMs: row.updated_at_ms,
  };
}
