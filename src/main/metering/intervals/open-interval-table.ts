/** Where deriving stands with each meter: see `countReading`. One row a meter, written when a quarter hour or a series ends. */
import type { OpenInterval } from '../../../shared/domain/metering/derive-intervals.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import { BASIS_OF_CODE, CODE_OF_BASIS } from './interval-table.ts';

type OpenRow = {
  begin_ms: number;
  import_mwh: number;
  export_mwh: number | null;
  basis: number;
  bracket_ms: number;
  at_ms: number;
  import_register_mwh: number;
  export_register_mwh: number | null;
  series_id: number;
};

export function readOpenInterval(store: ReadableStore, meterNumber: number): OpenInterval | undefined {
  const row = store
    .prepare<[number], OpenRow>('SELECT * FROM meter_open_interval WHERE meter_number = ?')
    .get(meterNumber);
  if (row === undefined) return undefined;
  return {
    beginMs: row.begin_ms,
    importMwh: row.import_mwh,
    exportMwh: row.export_mwh ?? undefined,
    basis: BASIS_OF_CODE[row.basis] as OpenInterval['basis'],
    bracketMs: row.bracket_ms,
    newest: {
      atMs: row.at_ms,
      importMwh: row.import_register_mwh,
      exportMwh: row.export_register_mwh ?? undefined,
      seriesId: row.series_id,
    },
  };
}

export function putOpenInterval(tx: Transaction, meterNumber: number, open: OpenInterval): void {
  tx.prepare(
    `INSERT OR REPLACE INTO meter_open_interval VALUES (@meterNumber, @beginMs, @importMwh, @exportMwh, @basis, @bracketMs,
       @atMs, @importRegisterMwh, @exportRegisterMwh, @seriesId)`,
  ).run({
    meterNumber,
    beginMs: open.beginMs,
    importMwh: open.importMwh,
    exportMwh: open.exportMwh ?? null,
    basis: CODE_OF_BASIS[open.basis],
    bracketMs: open.bracketMs,
    atMs: open.newest.atMs,
    importRegisterMwh: open.newest.importMwh,
    exportRegisterMwh: open.newest.exportMwh ?? null,
    seriesId: open.newest.seriesId,
  });
}
