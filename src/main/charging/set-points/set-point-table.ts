/** SQL of `set_point`: what each charge point was told last, what became of it, and what it may be following meanwhile. */
import type { Profile } from '../../../shared/domain/charging/set-points/profile.ts';
import type { SetPointStanding } from '../../../shared/domain/charging/site-plan.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

export type SetPoint = {
  readonly evseKey: string;
  readonly commandId: string;
  readonly depotId: string;
  readonly sessionId: string;
  readonly decisionNumber: number;
  readonly toldAtMs: EpochMs;
  readonly told: Profile;
  readonly before: readonly Profile[];
  readonly state: Exclude<SetPointStanding['state'], 'advised' | 'fallback'>;
  readonly reason: string | undefined;
};

type Row = {
  readonly evse_key: string;
  readonly command_id: string;
  readonly depot_id: string;
  readonly session_id: string;
  readonly decision_number: number;
  readonly told_at_ms: number;
  readonly told: string;
  readonly before: string;
  readonly state: string;
  readonly reason: string | null;
};

export function putSetPoint(tx: Transaction, point: SetPoint): void {
  tx.prepare(
    `INSERT OR REPLACE INTO set_point
       (evse_key, command_id, depot_id, session_id, decision_number, told_at_ms, valid_to_ms, told, before, state, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    point.evseKey,
    point.commandId,
    point.depotId,
    point.sessionId,
    point.decisionNumber,
    point.toldAtMs,
    point.told.toMs,
    JSON.stringify(point.told),
    JSON.stringify(point.before),
    point.state,
    point.reason ?? null,
  );
}

/** Undefined when a newer command has taken its place. */
export function readSetPointOf(store: ReadableStore, commandId: string): SetPoint | undefined {
  const row = store.prepare<[string], Row>('SELECT * FROM set_point WHERE command_id = ?').get(commandId);
  return row && readRow(row);
}

/** By charge point, in lower case. */
export function readSetPoints(store: ReadableStore, depotId: string): ReadonlyMap<string, SetPoint> {
  const rows = store.prepare<[string], Row>('SELECT * FROM set_point WHERE depot_id = ?').all(depotId);
  return new Map(rows.map((row) => [row.evse_key.toLowerCase(), readRow(row)]));
}

function readRow(row: Row): SetPoint {
  return {
    evseKey: row.evse_key,
    commandId: row.command_id,
    depotId: row.depot_id,
    sessionId: row.session_id,
    decisionNumber: row.decision_number,
    toldAtMs: row.told_at_ms,
    told: JSON.parse(row.told) as Profile,
    before: JSON.parse(row.before) as readonly Profile[],
    state: row.state as SetPoint['state'],
    reason: row.reason ?? undefined,
  };
}
