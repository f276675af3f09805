/**
 * What operators did, append-only, each row sealed with SHA-256 over the row before it: an altered, lost or inserted row
 * breaks the chain. A cut tail shows only against a head that was anchored elsewhere, so `verifyActionLog` takes one.
 */
import { createHash } from 'node:crypto';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import { accept, refuse, type Result } from '../../shared/kernel/result.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

export type Action = {
  /** The profile's clock. */
  readonly atMs: EpochMs;
  readonly operator: string;
  readonly commandId: string;
  readonly kind: string;
  readonly body: unknown;
};

export type ActionLogHead = { readonly sequence: number; readonly hash: string };

type ActionRow = {
  sequence: number;
  at_ms: number;
  operator: string;
  command_id: string;
  kind: string;
  body: string;
  previous_hash: string;
  hash: string;
};

const EMPTY_HEAD: ActionLogHead = { sequence: 0, hash: '0'.repeat(64) };

export function readActionLogHead(store: ReadableStore): ActionLogHead {
  return (
    store.prepare<[], ActionLogHead>('SELECT sequence, hash FROM action_log ORDER BY sequence DESC LIMIT 1').get() ??
    EMPTY_HEAD
  );
}

/** What was written under this command id, or undefined. */
export function readAction(store: ReadableStore, commandId: string): { kind: string; body: string } | undefined {
  return store
    .prepare<[string], { kind: string; body: string }>('SELECT kind, body FROM action_log WHERE command_id = ?')
    .get(commandId);
}

export function appendAction(tx: Transaction, action: Action): void {
  const head = readActionLogHead(tx);
  const row = {
    sequence: head.sequence + 1,
    at_ms: action.atMs,
    operator: action.operator,
    command_id: action.commandId,
    kind: action.kind,
    body: JSON.stringify(action.body),
    previous_hash: head.hash,
  };
  tx.prepare(
    `INSERT INTO action_log (sequence, at_ms, operator, command_id, kind, body, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(row.sequence, row.at_ms, row.operator, row.command_id, row.kind, row.body, row.previous_hash, seal(row));
}

/** @param anchor a head written down earlier, outside this database */
export function verifyActionLog(
  store: ReadableStore,
  anchor?: ActionLogHead,
): Result<ActionLogHead, 'action-log-broken' | 'action-log-cut'> {
  let head = EMPTY_HEAD;
  for (const row of store.prepare<[], ActionRow>('SELECT * FROM action_log ORDER BY sequence').iterate()) {
    if (row.sequence !== head.sequence + 1 || row.previous_hash !== head.hash || row.hash !== seal(row))
      return refuse(
        'action-log-broken',
        `The record of actions is not intact at entry ${head.sequence + 1}: a row was altered, lost or inserted.`,
      );
    head = { sequence: row.sequence, hash: row.hash };
    if (anchor?.sequence === head.sequence && anchor.hash !== head.hash)
      return refuse('action-log-broken', `The record of actions was rewritten at or before entry ${head.sequence}.`);
  }
  if (anchor !== undefined && anchor.sequence > head.sequence)
    return refuse(
      'action-log-cut',
      `The record of actions ends at entry ${head.sequence}, but entry ${anchor.sequence} had been written.`,
    );
  return accept(head);
}

/** An array, since its JSON has one form: field names and their order cannot vary. */
function seal(row: Omit<ActionRow, 'hash'>): string {
  const fields = [row.previous_hash, row.sequence, row.at_ms, row.operator, row.command_id, row.kind, row.body];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
