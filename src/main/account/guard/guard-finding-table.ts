/** SQL of `guard_finding`: records that were charged above their contract's terms. Judged anew whenever its record is. */
import type { GuardFinding } from '../../../shared/domain/account/guard-contract.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

export function putGuardFinding(tx: Transaction, recordKey: string, finding: GuardFinding | undefined): void {
  if (finding === undefined) tx.prepare('DELETE FROM guard_finding WHERE record_key = ?').run(recordKey);
  else
    tx.prepare(
      `INSERT INTO guard_finding (record_key, at_ms, finding) VALUES (?, ?, ?)
       ON CONFLICT (record_key) DO UPDATE SET at_ms = excluded.at_ms, finding = excluded.finding`,
    ).run(recordKey, finding.atMs, JSON.stringify(finding));
}

/** Newest first. */
export function readGuardFindings(store: ReadableStore, fromMs: EpochMs, toMs: EpochMs): GuardFinding[] {
  return store
    .prepare<[number, number], string>(
      'SELECT finding FROM guard_finding WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms DESC',
    )
    .pluck()
    .all(fromMs, toMs)
    .map((text) => JSON.parse(text) as GuardFinding);
}
