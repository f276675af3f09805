/** Moments of the link's life for the operator's log. Bounded: the newest are kept. */
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { LinkEvent, LinkState } from '../../shared/ipc/link-contract.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

const KEPT_EVENTS = 2_000;

export function appendLinkEvent(tx: Transaction, atMs: EpochMs, state: LinkState, note: string): void {
  const { lastInsertRowid } = tx
    .prepare('INSERT INTO link_event (at_ms, state, note) VALUES (?, ?, ?)')
    .run(atMs, state, note.slice(0, 500));
  tx.prepare('DELETE FROM link_event WHERE id <= ?').run(Number(lastInsertRowid) - KEPT_EVENTS);
}

/** Newest first. */
export function readLinkEvents(store: ReadableStore, limit: number): LinkEvent[] {
  return store
    .prepare<[number], { id: number; at_ms: number; state: string; note: string }>(
      'SELECT id, at_ms, state, note FROM link_event ORDER BY id DESC LIMIT ?',
    )
    .all(limit)
    .map((row) => ({ id: row.id, atMs: row.at_ms, state: row.state as LinkState, note: row.note }));
}
