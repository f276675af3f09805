/**
 * Energy by the quarter hour. Clustered by meter and time: a year of one meter is 35 040 neighbouring rows.
 *
 * Invariant: energies are whole milliwatt-hours, so that sums in SQL are exact. A quarter hour of which nothing is known has
 * no row.
 */
import { fromMilliwattHours, toMilliwattHours } from '../../../shared/domain/metering/energy-between.ts';
import type { DerivedInterval } from '../../../shared/domain/metering/derive-intervals.ts';
import type { EnergyInterval, IntervalBasis } from '../../../shared/domain/metering/interval.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

/** As they stand in the column `basis`: never given another meaning, since stores outlive versions. */
export const CODE_OF_BASIS = { measured: 0, spread: 1, partial: 2, imported: 3 } as const satisfies Partial<
  Record<IntervalBasis, number>
>;
export const BASIS_OF_CODE: readonly Exclude<IntervalBasis, 'missing'>[] = [
  'measured',
  'spread',
  'partial',
  'imported',
];

export type IntervalRow = {
  begin_ms: number;
  import_mwh: number | null;
  export_mwh: number | null;
  basis: number;
  bracket_ms: number;
};

/** Those that are stored, of a half-open range of begins, oldest first. */
export function readIntervals(
  store: ReadableStore,
  meterNumber: number,
  fromMs: EpochMs,
  toMs: EpochMs,
): EnergyInterval[] {
  return readIntervalRows(store, meterNumber, fromMs, toMs).map((row) => ({
    beginMs: row.begin_ms,
    importWh: row.import_mwh === null ? undefined : fromMilliwattHours(row.import_mwh),
    exportWh: row.export_mwh === null ? undefined : fromMilliwattHours(row.export_mwh),
    basis: BASIS_OF_CODE[row.basis] ?? 'missing',
    bracketMs: row.bracket_ms,
  }));
}

export function readIntervalRows(
  store: ReadableStore,
  meterNumber: number,
  fromMs: EpochMs,
  toMs: EpochMs,
): IntervalRow[] {
  return store
    .prepare<[number, number, number], IntervalRow>(
      `SELECT begin_ms, import_mwh, export_mwh, basis, bracket_ms FROM meter_interval
       WHERE meter_number = ? AND begin_ms >= ? AND begin_ms < ? ORDER BY begin_ms`,
    )
    .all(meterNumber, fromMs, toMs);
}

/** In place of what stands there. One of which nothing is known takes away what stands there. */
export function putIntervals(
  tx: Transaction,
  meterNumber: number,
  intervals: readonly EnergyInterval[],
  importId?: number,
): void {
  const put = tx.prepare(
    `INSERT OR REPLACE INTO meter_interval VALUES (@meterNumber, @beginMs, @importMwh, @exportMwh, @basis, @bracketMs,
       @importId)`,
  );
  const remove = tx.prepare('DELETE FROM meter_interval WHERE meter_number = ? AND begin_ms = ?');
  for (const { beginMs, importWh, exportWh, basis, bracketMs } of intervals)
    if (basis === 'missing') remove.run(meterNumber, beginMs);
    else
      put.run({
        meterNumber,
        beginMs,
        importMwh: importWh === undefined ? null : toMilliwattHours(importWh),
        exportMwh: exportWh === undefined ? null : toMilliwattHours(exportWh),
        basis: CODE_OF_BASIS[basis],
        bracketMs: Math.round(bracketMs),
        importId: importId ?? null,
      });
}

/**
 * What the registers say, to what stands there: a quarter hour comes again only when the clock was put back, and both energies
 * are real then. A file's energy makes way, unless less than the whole quarter hour is known.
 */
export function addDerived(tx: Transaction, meterNumber: number, intervals: readonly DerivedInterval[]): void {
  const { imported, partial, spread } = CODE_OF_BASIS;
  const add = tx.prepare(
    `INSERT INTO meter_interval VALUES (@meterNumber, @beginMs, @importMwh, @exportMwh, @basis, @bracketMs, NULL)
     ON CONFLICT DO UPDATE SET
       import_mwh = excluded.import_mwh + iif(basis = ${imported}, 0, import_mwh),
       export_mwh = excluded.export_mwh + iif(basis = ${imported}, 0, export_mwh),
       basis = iif(basis = ${imported}, excluded.basis, max(${spread}, basis, excluded.basis)),
       bracket_ms = iif(basis = ${imported}, excluded.bracket_ms, max(bracket_ms, excluded.bracket_ms)),
       import_id = NULL
     WHERE NOT (basis = ${imported} AND excluded.basis = ${partial})`,
  );
  for (const { beginMs, importMwh, exportMwh = null, basis, bracketMs } of intervals)
    add.run({
      meterNumber,
      beginMs,
      importMwh,
      exportMwh,
      basis: CODE_OF_BASIS[basis],
      bracketMs: Math.round(bracketMs),
    });
}

/** The first one from an instant on. */
export function firstIntervalBegin(store: ReadableStore, meterNumber: number, fromMs: EpochMs): EpochMs | undefined {
  return store
    .prepare<[number, number], number>(
      'SELECT begin_ms FROM meter_interval WHERE meter_number = ? AND begin_ms >= ? ORDER BY begin_ms LIMIT 1',
    )
    .pluck()
    .get(meterNumber, fromMs);
}

/** The last one before an instant. */
export function lastIntervalBegin(store: ReadableStore, meterNumber: number, beforeMs: EpochMs): EpochMs | undefined {
  return store
    .prepare<[number, number], number>(
      'SELECT begin_ms FROM meter_interval WHERE meter_number = ? AND begin_ms < ? ORDER BY begin_ms DESC LIMIT 1',
    )
    .pluck()
    .get(meterNumber, beforeMs);
}
