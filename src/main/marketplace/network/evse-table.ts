/**
 * SQL of `evse`: charge points, tombstones included (status REMOVED). A charge point is shown once its location is known,
 * since place and time zone come from there.
 */
import { powerW } from '../../../shared/kernel/quantity.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { Connector, Evse, EvseStatus } from '../../../shared/domain/marketplace/evse.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import type { StoredEvse } from '../ocpi/read-evse.ts';
import { noteStatus } from './status-change-table.ts';

type EvseRow = {
  key: string;
  uid: string;
  evse_id: string | null;
  label: string;
  location_id: string;
  location_name: string;
  operator_name: string;
  time_zone: string;
  latitude: number;
  longitude: number;
  status: string;
  status_at_ms: number;
  connectors: string;
  capabilities: string;
  party: string | null;
};

const SELECT = `
  SELECT evse.key, evse.uid, evse.evse_id, evse.label, location.id AS location_id, location.name AS location_name,
    location.operator_name, location.time_zone, coalesce(evse.latitude, location.latitude) AS latitude,
    coalesce(evse.longitude, location.longitude) AS longitude, evse.status, evse.status_at_ms, evse.connectors, evse.capabilities,
    nullif(location.country_code || '*' || location.party_id, '*') AS party
  FROM evse JOIN location ON location.id = evse.location_id`;

/** `locationId/uid`. A slash inside a location's id is escaped, so that two charge points never share a key. */
export function evseKey(locationId: string, uid: string): string {
  return `${locationId.replaceAll('%', '%25').replaceAll('/', '%2F')}/${uid}`;
}

export function splitEvseKey(key: string): { readonly locationId: string; readonly uid: string } {
  const slash = key.indexOf('/');
  const locationId = key.slice(0, slash).replaceAll('%2F', '/').replaceAll('%25', '%');
  return { locationId, uid: key.slice(slash + 1) };
}

export function readEvses(store: ReadableStore): Evse[] {
  return store.prepare<[], EvseRow>(SELECT).all().map(readRow);
}

export function readEvsesOfLocation(store: ReadableStore, locationId: string): Evse[] {
  return store.prepare<[string], EvseRow>(`${SELECT} WHERE evse.location_id = ?`).all(locationId).map(readRow);
}

export function readEvseByKey(store: ReadableStore, key: string): Evse | undefined {
  const row = store.prepare<[string], EvseRow>(`${SELECT} WHERE evse.key = ?`).get(key);
  return row === undefined ? undefined : readRow(row);
}

export function readStatus(store: ReadableStore, key: string): EvseStatus | undefined {
  return store.prepare<[string], { status: EvseStatus }>('SELECT status FROM evse WHERE key = ?').get(key)?.status;
}

/** The spelling under which the charge point is known here: OCPI ids are compared without case. */
export function spellEvseKey(store: ReadableStore, key: string): string {
  return store.prepare<[string], { key: string }>('SELECT key FROM evse WHERE key = ?').get(key)?.key ?? key;
}

export function putEvse(tx: Transaction, locationId: string, evse: StoredEvse): string {
  const key = evseKey(locationId, evse.uid);
  tx.prepare(
    `INSERT INTO evse (key, location_id, uid, evse_id, label, latitude, longitude, status, status_at_ms, connectors,
       capabilities)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET evse_id = excluded.evse_id, label = excluded.label, latitude = excluded.latitude,
       longitude = excluded.longitude, status = excluded.status, status_at_ms = excluded.status_at_ms,
       connectors = excluded.connectors, capabilities = excluded.capabilities`,
  ).run(
    key,
    locationId,
    evse.uid,
    evse.evseId ?? null,
    evse.label,
    evse.latitude ?? null,
    evse.longitude ?? null,
    evse.status,
    evse.statusAtMs,
    JSON.stringify(evse.connectors),
    JSON.stringify(evse.capabilities),
  );
  noteStatus(tx, key, evse.status, evse.statusAtMs);
  return key;
}

/** @returns false when no such charge point is known */
export function putEvseStatus(tx: Transaction, key: string, status: EvseStatus, statusAtMs: EpochMs): boolean {
  const { changes } = tx
    .prepare('UPDATE evse SET status = ?, status_at_ms = ? WHERE key = ?')
    .run(status, statusAtMs, key);
  if (changes === 0) return false;
  noteStatus(tx, key, status, statusAtMs);
  return true;
}

/** A location's list is whole: what it no longer names has gone, but stays here as a tombstone. */
export function removeEvsesMissingFrom(
  tx: Transaction,
  locationId: string,
  presentKeys: readonly string[],
  atMs: EpochMs,
): void {
  const removed = tx
    .prepare<[number, string, string], { key: string }>(
      `UPDATE evse SET status = 'REMOVED', status_at_ms = ?
       WHERE location_id = ? AND status <> 'REMOVED'
         AND lower(key) NOT IN (SELECT lower(value) FROM json_each(?)) RETURNING key`,
    )
    .all(atMs, locationId, JSON.stringify(presentKeys));
  for (const { key } of removed) noteStatus(tx, key, 'REMOVED', atMs);
}

export function deleteEvses(tx: Transaction): string[] {
  const keys = tx
    .prepare<[], { key: string }>('SELECT key FROM evse')
    .all()
    .map((row) => row.key);
  tx.prepare('DELETE FROM evse').run();
  return keys;
}

function readRow(row: EvseRow): Evse {
  return {
    key: row.key,
    uid: row.uid,
    evseId: row.evse_id ?? undefined,
    label: row.label,
    locationId: row.location_id,
    locationName: row.location_name,
    operatorName: row.operator_name,
    timeZone: row.time_zone,
    latitude: row.latitude,
    longitude: row.longitude,
    status: row.status as EvseStatus,
    statusAtMs: row.status_at_ms,
    connectors: (JSON.parse(row.connectors) as Connector[]).map((connector) => ({
      ...connector,
      maxPowerW: powerW(connector.maxPowerW),
    })),
    capabilities: JSON.parse(row.capabilities) as string[],
    party: row.party ?? undefined,
  };
}
