/** SQL of `hold`: what is set aside for a start and its session. Ended ones stay, so that nothing late opens them again. */
import type { Hold, MinorUnits } from '../../shared/domain/account/account.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

export type StoredHold = Omit<Hold, 'predictedMinor'> & { readonly revision: number };

type HoldRow = {
  hold_id: string;
  account_id: string;
  session_id: string | null;
  command_id: string | null;
  vehicle_id: string | null;
  amount_minor: number;
  revision: number;
  state: string;
  opened_at_ms: number;
  changed_at_ms: number;
};

export function readHold(store: ReadableStore, holdId: string): StoredHold | undefined {
  const row = store.prepare<[string], HoldRow>('SELECT * FROM hold WHERE hold_id = ?').get(holdId);
  return row && readRow(row);
}

/**
 * By its session, or by the command that the session names. One order may lead to several sessions (a vehicle that is plugged in
 * again), so a hold that belongs to another session is not theirs.
 */
export function findHold(
  store: ReadableStore,
  sessionId: string | undefined,
  authorizationReference: string | undefined,
): StoredHold | undefined {
  const ofSession = sessionId === undefined ? undefined : findBy(store, 'session_id', sessionId);
  if (ofSession !== undefined || authorizationReference === undefined) return ofSession;
  const ofCommand = findBy(store, 'command_id', authorizationReference);
  return sessionId === undefined || ofCommand?.sessionId === undefined ? ofCommand : undefined;
}

function findBy(store: ReadableStore, column: 'session_id' | 'command_id', id: string): StoredHold | undefined {
  const row = store.prepare<[string], HoldRow>(`SELECT * FROM hold WHERE ${column} = ?`).get(id);
  return row && readRow(row);
}

/** Those that hold money now. */
export function readHeld(store: ReadableStore): StoredHold[] {
  return store.prepare<[], HoldRow>("SELECT * FROM hold WHERE state = 'held'").all().map(readRow);
}

/** Newest first: all that are held, and what ended last. */
export function readHoldsOf(store: ReadableStore, accountId: string, limit: number): StoredHold[] {
  return store
    .prepare<[string, number], HoldRow>(
      `SELECT * FROM hold WHERE account_id = ? ORDER BY state = 'held' DESC, changed_at_ms DESC LIMIT ?`,
    )
    .all(accountId, limit)
    .map(readRow);
}

export function insertHold(tx: Transaction, hold: StoredHold): void {
  tx.prepare(
    `INSERT INTO hold (hold_id, account_id, session_id, command_id, vehicle_id, amount_minor, revision, state, opened_at_ms,
       changed_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    hold.holdId,
    hold.accountId,
    hold.sessionId ?? null,
    hold.commandId ?? null,
    hold.vehicleId ?? null,
    hold.amountMinor,
    hold.revision,
    hold.state,
    hold.openedAtMs,
    hold.changedAtMs,
  );
}

export function changeHold(
  tx: Transaction,
  holdId: string,
  to: { readonly state: Hold['state']; readonly amountMinor: MinorUnits; readonly atMs: EpochMs },
): void {
  tx.prepare(
    `UPDATE hold SET state = ?, amount_minor = ?, changed_at_ms = ?, revision = revision + 1 WHERE hold_id = ?`,
  ).run(to.state, to.amountMinor, to.atMs, holdId);
}

/** The session that a hold turned out to be for. */
export function nameSession(tx: Transaction, holdId: string, sessionId: string): void {
  tx.prepare('UPDATE hold SET session_id = ? WHERE hold_id = ? AND session_id IS NULL').run(sessionId, holdId);
}

function readRow(row: HoldRow): StoredHold {
  return {
    holdId: row.hold_id,
    accountId: row.account_id,
    sessionId: row.session_id ?? undefined,
    commandId: row.command_id ?? undefined,
    vehicleId: row.vehicle_id ?? undefined,
    amountMinor: row.amount_minor,
    revision: row.revision,
    state: row.state as Hold['state'],
    openedAtMs: row.opened_at_ms,
    changedAtMs: row.changed_at_ms,
  };
}
