/** SQL of `party`: who is behind the marketplace and whether they answer. A party is never taken out: it goes OFFLINE or SUSPENDED. */
import type { Party, PartyStatus } from '../../../shared/domain/marketplace/party.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

type PartyRow = { key: string; role: string; name: string; status: PartyStatus; status_at_ms: number };

export function readParties(store: ReadableStore): Party[] {
  return store.prepare<[], PartyRow>('SELECT key, role, name, status, status_at_ms FROM party').all().map(readRow);
}

export function readParty(store: ReadableStore, key: string): Party | undefined {
  const row = store
    .prepare<[string], PartyRow>('SELECT key, role, name, status, status_at_ms FROM party WHERE key = ?')
    .get(key);
  return row && readRow(row);
}

/** The spelling under which a party was first heard of stays. The instant is that of its last change of status. */
export function putParty(tx: Transaction, party: Party): void {
  tx.prepare(
    `INSERT INTO party (key, role, name, status, status_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET role = excluded.role, name = excluded.name, status = excluded.status,
       status_at_ms = CASE status WHEN excluded.status THEN status_at_ms ELSE excluded.status_at_ms END`,
  ).run(party.key, party.role, party.name, party.status, party.statusAtMs);
}

function readRow(row: PartyRow): Party {
  return { key: row.key, role: row.role, name: row.name, status: row.status, statusAtMs: row.status_at_ms };
}
