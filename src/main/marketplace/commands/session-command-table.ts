/** SQL of `session_command`: the marketplace's view of its outbox rows, changed in the outbox's own transactions. */
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { CommandState, SessionCommand } from '../../../shared/domain/marketplace/session-command.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

type SessionCommandRow = {
  command_id: string;
  kind: string;
  state: string;
  reason: string | null;
  operator: string;
  vehicle_id: string | null;
  evse_key: string | null;
  session_id: string | null;
  reservation_id: string | null;
  issued_at_ms: number;
  changed_at_ms: number;
  set_aside_at_ms: number | null;
};

/** Word for word the condition of the partial index. An unknown one that was set aside is waited for no more. */
const IS_OPEN = `(state IN ('queued', 'sent', 'accepted') OR (state = 'unknown' AND set_aside_at_ms IS NULL))`;

export function readSessionCommand(store: ReadableStore, commandId: string): SessionCommand | undefined {
  const row = store
    .prepare<[string], SessionCommandRow>('SELECT * FROM session_command WHERE command_id = ?')
    .get(commandId);
  return row === undefined ? undefined : readRow(row);
}

export function readSessionCommandsSince(store: ReadableStore, changedAfterMs: EpochMs): SessionCommand[] {
  return store
    .prepare<[number], SessionCommandRow>(
      `SELECT * FROM session_command WHERE ${IS_OPEN}
       UNION ALL SELECT * FROM session_command WHERE NOT ${IS_OPEN} AND changed_at_ms > ?`,
    )
    .all(changedAfterMs)
    .map(readRow);
}

export function readOpenSessionCommands(store: ReadableStore): SessionCommand[] {
  return store.prepare<[], SessionCommandRow>(`SELECT * FROM session_command WHERE ${IS_OPEN}`).all().map(readRow);
}

/** Settled commands that changed last in (fromMs, toMs]. */
export function readSettledBetween(store: ReadableStore, fromMs: EpochMs, toMs: EpochMs): string[] {
  return store
    .prepare<[number, number], { command_id: string }>(
      `SELECT command_id FROM session_command WHERE NOT ${IS_OPEN} AND changed_at_ms > ? AND changed_at_ms <= ?`,
    )
    .all(fromMs, toMs)
    .map((row) => row.command_id);
}

export function insertSessionCommand(
  tx: Transaction,
  command: Pick<
    SessionCommand,
    'commandId' | 'kind' | 'operator' | 'vehicleId' | 'evseKey' | 'sessionId' | 'reservationId' | 'issuedAtMs'
  >,
): void {
  tx.prepare(
    `INSERT INTO session_command (command_id, kind, state, operator, vehicle_id, evse_key, session_id, reservation_id,
       issued_at_ms, changed_at_ms)
     VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    command.commandId,
    command.kind,
    command.operator,
    command.vehicleId ?? null,
    command.evseKey ?? null,
    command.sessionId ?? null,
    command.reservationId ?? null,
    command.issuedAtMs,
    command.issuedAtMs,
  );
}

export function updateSessionCommand(
  tx: Transaction,
  commandId: string,
  state: CommandState,
  reason: string | undefined,
  changedAtMs: EpochMs,
): void {
  tx.prepare('UPDATE session_command SET state = ?, reason = ?, changed_at_ms = ? WHERE command_id = ?').run(
    state,
    reason ?? null,
    changedAtMs,
    commandId,
  );
}

export function setAsideSessionCommand(tx: Transaction, commandId: string, atMs: EpochMs): void {
  tx.prepare('UPDATE session_command SET set_aside_at_ms = ?, changed_at_ms = ? WHERE command_id = ?').run(
    atMs,
    atMs,
    commandId,
  );
}

function readRow(row: SessionCommandRow): SessionCommand {
  return {
    commandId: row.command_id,
    kind: row.kind as SessionCommand['kind'],
    state: row.state as CommandState,
    reason: row.reason ?? undefined,
    operator: row.operator,
    vehicleId: row.vehicle_id ?? undefined,
    evseKey: row.evse_key ?? undefined,
    sessionId: row.session_id ?? undefined,
    reservationId: row.reservation_id ?? undefined,
    issuedAtMs: row.issued_at_ms,
    changedAtMs: row.changed_at_ms,
    setAsideAtMs: row.set_aside_at_ms ?? undefined,
  };
}
