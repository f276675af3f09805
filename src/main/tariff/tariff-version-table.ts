/**
 * SQL of `tariff_version`. Rows are in the order of the CPO's own clock (`last_updated`), beside which stands when each was learnt here;
 * a version is found by walking back from the newest, so that a tariff with a new price every hour costs no more than any other.
 */
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { Tariff, TariffVersion } from '../../shared/domain/tariff/tariff.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

export type TariffName = { readonly countryCode: string; readonly partyId: string; readonly id: string };

export type StoredVersion = TariffVersion & {
  readonly number: number;
  /** `last_updated` of the first and of the newest word with this content. */
  readonly updatedAtMs: EpochMs;
  readonly confirmedAtMs: EpochMs;
};

type VersionRow = {
  number: number;
  content_hash: string;
  updated_at_ms: number;
  confirmed_at_ms: number;
  learnt_at_ms: number;
  superseded_at_ms: number | null;
  withdrawn: number;
  tariff: string;
};

const COLUMNS = `number, content_hash, updated_at_ms, confirmed_at_ms, learnt_at_ms, superseded_at_ms, withdrawn, tariff`;
const OF_NAME = 'country_code = ? AND party_id = ? AND id = ?';

/** Parsed once: whoever prices by a tariff keeps what it prepared for this very object. */
const parsed = new Map<string, Tariff>();
const MOST_PARSED = 5000;

export function readCurrentVersion(store: ReadableStore, name: TariffName): StoredVersion | undefined {
  const row = store
    .prepare<string[], VersionRow>(
      `SELECT ${COLUMNS} FROM tariff_version WHERE ${OF_NAME} AND superseded_at_ms IS NULL`,
    )
    .get(name.countryCode, name.partyId, name.id);
  return row && readRow(row);
}

/**
 * The newest that had begun to speak by `atMs`, of what was learnt by `knownAtMs`. It may be a withdrawal, or one whose own end has come:
 * an older version that it replaced does not come back then.
 */
export function readVersionAt(
  store: ReadableStore,
  name: TariffName,
  atMs: EpochMs,
  knownAtMs: EpochMs,
): StoredVersion | undefined {
  const row = store
    .prepare<[string, string, string, number, number, number], VersionRow>(
      `SELECT ${COLUMNS} FROM tariff_version
       WHERE ${OF_NAME} AND learnt_at_ms <= ? AND min(updated_at_ms, learnt_at_ms) <= ?
         AND coalesce(valid_from_ms <= ?, 1)
       ORDER BY updated_at_ms DESC, number DESC LIMIT 1`,
    )
    .get(name.countryCode, name.partyId, name.id, knownAtMs, atMs, atMs);
  return row && readRow(row);
}

/** Newest first. */
export function readVersions(store: ReadableStore, name: TariffName): StoredVersion[] {
  return store
    .prepare<string[], VersionRow>(
      `SELECT ${COLUMNS} FROM tariff_version WHERE ${OF_NAME} ORDER BY updated_at_ms DESC, number DESC`,
    )
    .all(name.countryCode, name.partyId, name.id)
    .map(readRow);
}

/** What the CPO said last of those that it dated to this very instant. */
export function readVersionSaidAt(
  store: ReadableStore,
  name: TariffName,
  updatedAtMs: EpochMs,
): StoredVersion | undefined {
  const row = store
    .prepare<[string, string, string, number], VersionRow>(
      `SELECT ${COLUMNS} FROM tariff_version WHERE ${OF_NAME} AND updated_at_ms = ? ORDER BY number DESC LIMIT 1`,
    )
    .get(name.countryCode, name.partyId, name.id, updatedAtMs);
  return row && readRow(row);
}

export type TariffCount = { readonly name: TariffName; readonly versions: number };

export function countVersions(store: ReadableStore): TariffCount[] {
  return store
    .prepare<[], { country_code: string; party_id: string; id: string; versions: number }>(
      `SELECT country_code, party_id, id, count(*) AS versions FROM tariff_version
       GROUP BY country_code, party_id, id`,
    )
    .all()
    .map((row) => ({
      name: { countryCode: row.country_code, partyId: row.party_id, id: row.id },
      versions: row.versions,
    }));
}

/** Whose versions came after this one, and from when on each speaks. */
export function readLearntAfter(
  store: ReadableStore,
  number: number,
): { readonly newest: number; readonly parties: ReadonlyMap<string, EpochMs> } {
  const rows = store
    .prepare<[number], { newest: number; party: string; from_ms: number }>(
      `SELECT max(number) AS newest, upper(country_code || '*' || party_id) AS party, min(updated_at_ms) AS from_ms
       FROM tariff_version WHERE number > ? GROUP BY party`,
    )
    .all(number);
  return {
    newest: rows.reduce((newest, row) => Math.max(newest, row.newest), number),
    parties: new Map(rows.map((row) => [row.party, row.from_ms])),
  };
}

export function insertVersion(
  tx: Transaction,
  version: Omit<StoredVersion, 'number' | 'supersededAtMs'> & { readonly supersededAtMs?: EpochMs },
): void {
  const { tariff } = version;
  // A withdrawal holds for all time to come, whatever the last version's own limits were.
  const limits = version.withdrawn ? [null, null] : [tariff.validFromMs ?? null, tariff.validToMs ?? null];
  tx.prepare(
    `INSERT INTO tariff_version (country_code, party_id, id, content_hash, valid_from_ms, valid_to_ms, updated_at_ms,
       confirmed_at_ms, learnt_at_ms, superseded_at_ms, withdrawn, tariff)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    tariff.countryCode,
    tariff.partyId,
    tariff.id,
    version.contentHash,
    ...limits,
    version.updatedAtMs,
    version.confirmedAtMs,
    version.learntAtMs,
    version.supersededAtMs ?? null,
    version.withdrawn ? 1 : 0,
    JSON.stringify(tariff),
  );
}

export function supersede(tx: Transaction, number: number, atMs: EpochMs): void {
  tx.prepare('UPDATE tariff_version SET superseded_at_ms = ? WHERE number = ?').run(atMs, number);
}

export function confirmVersion(tx: Transaction, number: number, confirmedAtMs: EpochMs): void {
  tx.prepare('UPDATE tariff_version SET confirmed_at_ms = max(confirmed_at_ms, ?) WHERE number = ?').run(
    confirmedAtMs,
    number,
  );
}

function readRow(row: VersionRow): StoredVersion {
  return {
    number: row.number,
    tariff: parseTariff(row.tariff),
    contentHash: row.content_hash,
    updatedAtMs: row.updated_at_ms,
    confirmedAtMs: row.confirmed_at_ms,
    learntAtMs: row.learnt_at_ms,
    supersededAtMs: row.superseded_at_ms ?? undefined,
    withdrawn: row.withdrawn === 1,
  };
}

function parseTariff(text: string): Tariff {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const tariff = JSON.parse(text) as Tariff;
  const oldest = parsed.keys().next().value;
  if (parsed.size >= MOST_PARSED && oldest !== undefined) parsed.delete(oldest);
  parsed.set(text, tariff);
  return tariff;
}
