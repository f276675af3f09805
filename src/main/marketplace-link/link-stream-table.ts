/** How far each stream is committed, under which log. Advanced only in the transaction that stores what it counts. */
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

export type StreamPlace = { readonly logId: string; readonly committed: number; readonly lostItems: number };

type PlaceRow = { log_id: string; committed: number; lost_items: number };

export function readPlace(store: ReadableStore, stream: string): StreamPlace | undefined {
  const row = store
    .prepare<[string], PlaceRow>('SELECT log_id, committed, lost_items FROM link_stream WHERE stream = ?')
    .get(stream);
  return row === undefined ? undefined : { logId: row.log_id, committed: row.committed, lostItems: row.lost_items };
}

export function startAtZero(tx: Transaction, stream: string, logId: string): void {
  tx.prepare(
    `INSERT INTO link_stream (stream, log_id, committed) VALUES (?, ?, 0)
     ON CONFLICT (stream) DO UPDATE SET log_id = excluded.log_id, committed = 0`,
  ).run(stream, logId);
}

export function advanceTo(tx: Transaction, stream: string, committed: number): void {
  tx.prepare('UPDATE link_stream SET committed = ? WHERE stream = ? AND committed < ?').run(
    committed,
    stream,
    committed,
  );
}

/** The items up to `to` are gone for good: go on behind them, and count them when this log was ever read. */
export function skipLost(tx: Transaction, stream: string, to: number): void {
  tx.prepare(
    `UPDATE link_stream SET lost_items = lost_items + iif(committed = 0, 0, ? - committed), committed = ? WHERE stream = ? AND committed < ?`,
  ).run(to, to, stream, to);
}

export function countLostItems(store: ReadableStore): number {
  return store.prepare<[], { lost: number | null }>('SELECT sum(lost_items) AS lost FROM link_stream').get()?.lost ?? 0;
}

/** This console's own id, made once per profile. */
export function readOrMakeConsoleId(tx: Transaction, make: () => string): string {
  const known = tx.prepare<[], { console_id: string }>('SELECT console_id FROM link_identity').get();
  if (known !== undefined) return known.console_id;
  const made = make();
  tx.prepare('INSERT INTO link_identity (console_id) VALUES (?)').run(made);
  return made;
}
