/** Which files were imported. A file is known by its content: the same one twice is an operator's mistake. */
import { createHash } from 'node:crypto';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

export function hashOfFile(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function readImportedAtMs(store: ReadableStore, meterNumber: number, contentHash: string): EpochMs | undefined {
  return store
    .prepare<[number, string], number>(
      'SELECT imported_at_ms FROM interval_import WHERE meter_number = ? AND content_hash = ?',
    )
    .pluck()
    .get(meterNumber, contentHash);
}

/** Its number, which its quarter hours refer to. */
export function appendImport(
  tx: Transaction,
  row: {
    readonly meterNumber: number;
    readonly contentHash: string;
    readonly fileName: string;
    readonly commandId: string;
    readonly operator: string;
    readonly importedAtMs: EpochMs;
    readonly intervalCount: number;
  },
): number {
  return Number(
    tx
      .prepare(
        `INSERT INTO interval_import (meter_number, content_hash, file_name, command_id, operator, imported_at_ms, interval_count)
         VALUES (@meterNumber, @contentHash, @fileName, @commandId, @operator, @importedAtMs, @intervalCount)`,
      )
      .run({ ...row, importedAtMs: Math.round(row.importedAtMs) }).lastInsertRowid,
  );
}
