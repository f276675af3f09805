/**
 * After two days a quarter hour keeps what its energy is made of, the first and the last accepted reading of each series in it,
 * and the first and the last of each kind of refusal. A thousand meters would otherwise fill a disk in a month with readings
 * nobody looks at.
 *
 * Invariant: the register at each boundary, each series' ends and each refusal's begin and end stay as they came.
 */
import { INTERVAL_MS } from '../../../shared/domain/metering/interval.ts';
import { beginOfQuarter } from '../../../shared/domain/metering/derive-intervals.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { Transaction } from '../../database/sqlite.ts';

export const WHOLE_FOR_MS = 2 * 86_400_000;
/** In one go, so that thinning never holds up what is written now: a quarter hour that was thinned before costs next to nothing. */
const QUARTERS_AT_ONCE = 50;
const DELETED_AT_ONCE = 500;

export type ReadingThinner = {
  /** Some of what is due; called often, it thins all of it. */
  readonly thin: (tx: Transaction, meterNumber: number, nowMs: EpochMs) => void;
};

export function createReadingThinner(): ReadingThinner {
  /** Before it all is thinned. Begun anew with each run: what is thin already is passed quickly. */
  const thinBefore = new Map<number, EpochMs>();
  return {
    thin: (tx, meterNumber, nowMs) => {
      const endMs = beginOfQuarter(nowMs - WHOLE_FOR_MS);
      let atMs = thinBefore.get(meterNumber) ?? firstQuarter(tx, meterNumber);
      if (atMs === undefined || isClockAhead(tx, meterNumber, endMs, nowMs)) return;
      let deleted = 0;
      for (let quarter = 0; quarter < QUARTERS_AT_ONCE && deleted < DELETED_AT_ONCE && atMs < endMs; quarter += 1) {
        deleted += thinQuarter(tx, meterNumber, atMs);
        atMs += INTERVAL_MS;
      }
      const reachedMs = atMs;
      tx.afterCommit(() => thinBefore.set(meterNumber, reachedMs));
    },
  };
}

/** As much time without a reading as is kept whole: nobody read meanwhile, or the clock was put ahead by mistake. */
function isClockAhead(tx: Transaction, meterNumber: number, endMs: EpochMs, nowMs: EpochMs): boolean {
  const beside = (sql: string): EpochMs | null | undefined =>
    tx.prepare<[number, number], EpochMs | null>(sql).pluck().get(meterNumber, endMs);
  const before = beside('SELECT max(at_ms) FROM meter_reading WHERE meter_number = ? AND at_ms < ?');
  const after = beside('SELECT min(at_ms) FROM meter_reading WHERE meter_number = ? AND at_ms >= ?');
  return typeof before === 'number' && (after ?? nowMs) - before >= WHOLE_FOR_MS;
}

function firstQuarter(tx: Transaction, meterNumber: number): EpochMs | undefined {
  const atMs = tx
    .prepare<[number], EpochMs | null>('SELECT min(at_ms) FROM meter_reading WHERE meter_number = ?')
    .pluck()
    .get(meterNumber);
  return typeof atMs === 'number' ? beginOfQuarter(atMs) : undefined;
}

function thinQuarter(tx: Transaction, meterNumber: number, fromMs: EpochMs): number {
  const range = 'meter_number = @meterNumber AND at_ms >= @fromMs AND at_ms < @toMs';
  return tx
    .prepare(
      `DELETE FROM meter_reading WHERE ${range} AND at_ms NOT IN (
         SELECT min(at_ms) FROM meter_reading WHERE ${range} GROUP BY series_id, refused_code
         UNION ALL SELECT max(at_ms) FROM meter_reading WHERE ${range} GROUP BY series_id, refused_code)`,
    )
    .run({ meterNumber, fromMs, toMs: fromMs + INTERVAL_MS }).changes;
}
