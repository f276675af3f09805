/**
 * What arrived and could not be used: raw, with the reason. The table keeps the newest items; ids count on, so the
 * greatest id is how many there ever were.
 */
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { QuarantinedItem } from '../../shared/ipc/link-contract.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

export const KEPT_ITEMS = 10_000;
const KEPT_CHARACTERS = 20_000;

export type Unusable = {
  readonly stream: string;
  readonly logId: string;
  readonly offset: number | undefined;
  readonly kind: string;
  readonly reason: string;
  readonly raw: unknown;
  readonly receivedAtMs: EpochMs;
};

/** The same item a second time (a page repeated after a rollback) is one row. */
export function quarantine(tx: Transaction, item: Unusable): void {
  const text = writeDown(item.raw);
  const { changes, lastInsertRowid } = tx
    .prepare(
      `INSERT OR IGNORE INTO quarantine (stream, log_id, item_offset, kind, reason, raw, raw_bytes, received_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      item.stream,
      item.logId,
      item.offset ?? null,
      item.kind,
      item.reason.slice(0, 500),
      text.slice(0, KEPT_CHARACTERS),
      Buffer.byteLength(text),
      item.receivedAtMs,
    );
  if (changes > 0) tx.prepare('DELETE FROM quarantine WHERE id <= ?').run(Number(lastInsertRowid) - KEPT_ITEMS);
}

export function countQuarantined(store: ReadableStore): number {
  return store.prepare<[], { total: number | null }>('SELECT max(id) AS total FROM quarantine').get()?.total ?? 0;
}

type QuarantineRow = {
  id: number;
  stream: string;
  item_offset: number | null;
  kind: string;
  reason: string;
  raw: string;
  raw_bytes: number;
  received_at_ms: number;
};

/** Newest first. */
export function readQuarantine(store: ReadableStore, beforeId: number | undefined, limit: number): QuarantinedItem[] {
  return store
    .prepare<[number, number], QuarantineRow>(
      `SELECT id, stream, item_offset, kind, reason, raw, raw_bytes, received_at_ms
       FROM quarantine WHERE id < ? ORDER BY id DESC LIMIT ?`,
    )
    .all(beforeId ?? Number.MAX_SAFE_INTEGER, limit)
    .map((row) => ({
      id: row.id,
      stream: row.stream,
      offset: row.item_offset ?? undefined,
      kind: row.kind,
      reason: row.reason,
      receivedAtMs: row.received_at_ms,
      raw: row.raw,
      rawBytes: row.raw_bytes,
    }));
}

export type QuarantinedGroup = {
  readonly stream: string;
  readonly kind: string;
  readonly reason: string;
  readonly count: number;
  /** The first of them. */
  readonly sample: { readonly offset: number | undefined; readonly raw: string; readonly rawBytes: number };
};

/** What is alike in stream, kind and reason together, the most frequent first. */
export function readQuarantineGroups(store: ReadableStore, limit: number): QuarantinedGroup[] {
  return store
    .prepare<[number], Omit<QuarantineRow, 'id' | 'received_at_ms'> & { count: number }>(
      // SQLite takes the bare columns from the row that min() found.
      `SELECT stream, kind, reason, count(*) AS count, min(id), item_offset, raw, raw_bytes
       FROM quarantine GROUP BY stream, kind, reason ORDER BY count DESC, min(id) LIMIT ?`,
    )
    .all(limit)
    .map(({ stream, kind, reason, count, item_offset: offset, raw, raw_bytes: rawBytes }) => ({
      stream,
      kind,
      reason,
      count,
      sample: { offset: offset ?? undefined, raw, rawBytes },
    }));
}

/** JSON nested deeper than the stack can be read, but not written again. */
function writeDown(raw: unknown): string {
  try {
    // A lone surrogate would come back from the store as another character; JSON.stringify escapes it.
    return JSON.stringify(raw) ?? String(raw);
  } catch {
    return '(nested too deeply to be written down)';
  }
}
