/** Of all readings of a meter those that its energy by time is made of: a third of a million are stored, and few are needed. */
import type { SeriesCause } from '../../../shared/domain/metering/accept-reading.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore } from '../../database/sqlite.ts';

export type StoredRegisters = {
  readonly atMs: EpochMs;
  readonly seriesId: number;
  readonly registers: Uint8Array;
  readonly profile: string;
  readonly ctRatio: number;
  /** Why its series began. */
  readonly cause: SeriesCause | undefined;
};

/** The first and the last that was accepted of each stretch of time and of each series, oldest first. */
export function readCornerstones(
  store: ReadableStore,
  meterNumber: number,
  stretchOf: (atMs: EpochMs) => number,
): StoredRegisters[] {
  const rows = store
    .prepare<[number], StoredRegisters>(
      `SELECT at_ms AS atMs, series_id AS seriesId, registers, profile, ct_ratio AS ctRatio, cause
       FROM meter_reading AS reading JOIN meter_series AS series ON series.id = series_id
       WHERE reading.meter_number = ? AND refused_code IS NULL ORDER BY at_ms`,
    )
    .iterate(meterNumber);
  const kept: StoredRegisters[] = [];
  let last: StoredRegisters | undefined;
  for (const row of rows) {
    const goesOn = last !== undefined && last.seriesId === row.seriesId && stretchOf(last.atMs) === stretchOf(row.atMs);
    if (!goesOn) {
      if (last !== undefined && kept.at(-1) !== last) kept.push(last);
      kept.push(row);
    }
    last = row;
  }
  if (last !== undefined && kept.at(-1) !== last) kept.push(last);
  return kept;
}
