/**
 * SQL of `evse_status_change`: what each charge point did since when. A row is written where the status differs from the one before, so
 * the same news read again changes nothing.
 */
import type { EvseStatus } from '../../../shared/domain/marketplace/evse.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { Transaction } from '../../database/sqlite.ts';

const KEPT_DAYS = 400;
const KEPT_MS = KEPT_DAYS * 86_400_000;

/** Rows looked at in one go, so that no transaction becomes long. */
const FORGOTTEN_AT_ONCE = 2000;

export function noteStatus(tx: Transaction, evseKey: string, status: EvseStatus, atMs: EpochMs): void {
  const before = tx
    .prepare<[string, number], { status: string }>(
      'SELECT status FROM evse_status_change WHERE evse_key = ? AND at_ms <= ? ORDER BY at_ms DESC LIMIT 1',
    )
    .get(evseKey, atMs);
  if (before?.status === status) return;
  tx.prepare(
    `INSERT INTO evse_status_change (evse_key, at_ms, status) VALUES (?, ?, ?)
     ON CONFLICT (evse_key, at_ms) DO UPDATE SET status = excluded.status`,
  ).run(evseKey, atMs, status);
}

/**
 * Forgets the oldest of what is more than 400 days old. The last word before that stays, since it tells how the charge point stood then.
 * @returns whether there may be more
 */
export function forgetOldStatuses(tx: Transaction, nowMs: EpochMs): boolean {
  const { changes } = tx
    .prepare<[number, number, number]>(
      `DELETE FROM evse_status_change WHERE (evse_key, at_ms) IN (
         SELECT evse_key, at_ms FROM evse_status_change AS old
         WHERE at_ms < ? AND EXISTS (
           SELECT 1 FROM evse_status_change AS next
           WHERE next.evse_key = old.evse_key AND next.at_ms > old.at_ms AND next.at_ms < ?)
         ORDER BY at_ms LIMIT ?)`,
    )
    .run(nowMs - KEPT_MS, nowMs - KEPT_MS, FORGOTTEN_AT_ONCE);
  return changes === FORGOTTEN_AT_ONCE;
}
