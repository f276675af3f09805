/** SQL of the `outbox` table. A row is inserted in the transaction of its cause and changes only through this folder. */
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import type { CommandFacts, OutboxState } from './decide-command.ts';

export type StoredCommand = CommandFacts & {
  readonly commandId: string;
  readonly sequence: number;
  readonly kind: string;
  readonly orderKey: string;
  /** JSON. */
  readonly body: string;
  readonly issuedAtMs: EpochMs;
  readonly changedAtMs: EpochMs;
};

type OutboxRow = {
  command_id: string;
  sequence: number;
  kind: string;
  order_key: string;
  body: string;
  state: string;
  reason: string | null;
  issued_at_ms: number;
  expires_at_ms: number;
  result_due_at_ms: number | null;
  attempts: number;
  changed_at_ms: number;
  set_aside_at_ms: number | null;
};

/** Word for word the condition of the partial index `outbox_open`. What was set aside is neither sent nor asked about. */
const OPEN = `(state IN ('queued', 'sent', 'accepted') OR (state = 'unknown' AND set_aside_at_ms IS NULL))`;
/** It was taken, so only a result can end it, and that may never come. */
const WAITS_FOR_EVER = `(state = 'unknown' AND result_due_at_ms IS NOT NULL)`;

/**
 * All that is open, in the order of its making. Bounded by the outbox's own limit but for those whose result never came:
 * one for each start or stop that an operator gave and did not set aside.
 */
export function readOpenCommands(store: ReadableStore): StoredCommand[] {
  return store.prepare<[], OutboxRow>(`SELECT * FROM outbox WHERE ${OPEN} ORDER BY sequence`).all().map(readRow);
}

export function readCommand(store: ReadableStore, commandId: string): StoredCommand | undefined {
  const row = store.prepare<[string], OutboxRow>('SELECT * FROM outbox WHERE command_id = ?').get(commandId);
  return row === undefined ? undefined : readRow(row);
}

/** What still waits for an answer: neither answered nor over. */
export function readBacklog(store: ReadableStore): { count: number; oldestAtMs: EpochMs | undefined } {
  const row = store
    .prepare<[], { count: number; oldest: number | null }>(
      `SELECT count(*) AS count, min(issued_at_ms) AS oldest FROM outbox
       WHERE ${OPEN} AND state <> 'accepted' AND NOT ${WAITS_FOR_EVER}`,
    )
    .get();
  return { count: row?.count ?? 0, oldestAtMs: row?.oldest ?? undefined };
}

/** What may still be sent or answered: what the outbox's limit counts. All of it ends by itself once the link is up. */
export function countOpenCommands(store: ReadableStore): number {
  return (
    store
      .prepare<[], { count: number }>(`SELECT count(*) AS count FROM outbox WHERE ${OPEN} AND NOT ${WAITS_FOR_EVER}`)
      .get()?.count ?? 0
  );
}

/** @returns false when it is not an unknown command that still was waited for */
export function setAsideStoredCommand(tx: Transaction, commandId: string, atMs: EpochMs): boolean {
  return (
    tx
      .prepare<[number, string]>(
        `UPDATE outbox SET set_aside_at_ms = ? WHERE command_id = ? AND state = 'unknown' AND set_aside_at_ms IS NULL`,
      )
      .run(atMs, commandId).changes > 0
  );
}

export function insertCommand(
  tx: Transaction,
  command: Pick<StoredCommand, 'commandId' | 'kind' | 'orderKey' | 'body' | 'issuedAtMs' | 'expiresAtMs'>,
): void {
  tx.prepare(
    `INSERT INTO outbox (command_id, sequence, kind, order_key, body, state, issued_at_ms, expires_at_ms, changed_at_ms)
     VALUES (?, (SELECT coalesce(max(sequence), 0) + 1 FROM outbox), ?, ?, ?, 'queued', ?, ?, ?)`,
  ).run(
    command.commandId,
    command.kind,
    command.orderKey,
    command.body,
    command.issuedAtMs,
    command.expiresAtMs,
    command.issuedAtMs,
  );
}

export function updateCommand(tx: Transaction, commandId: string, facts: CommandFacts, changedAtMs: EpochMs): void {
  tx.prepare(
    `UPDATE outbox SET state = ?, reason = ?, result_due_at_ms = ?, attempts = ?, changed_at_ms = ? WHERE command_id = ?`,
  ).run(facts.state, facts.reason ?? null, facts.resultDueAtMs ?? null, facts.attempts, changedAtMs, commandId);
}

function readRow(row: OutboxRow): StoredCommand {
  return {
    commandId: row.command_id,
    sequence: row.sequence,
    kind: row.kind,
    orderKey: row.order_key,
    body: row.body,
    state: row.state as OutboxState,
    reason: row.reason ?? undefined,
    issuedAtMs: row.issued_at_ms,
    expiresAtMs: row.expires_at_ms,
    resultDueAtMs: row.result_due_at_ms ?? undefined,
    attempts: row.attempts,
    changedAtMs: row.changed_at_ms,
    setAside: row.set_aside_at_ms !== null,
  };
}
