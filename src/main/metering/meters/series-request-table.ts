/**
 * Meters whose next reading is to begin a series because an operator said so. A row stays until that reading is stored, and goes
 * in the same transaction.
 */
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

export function askForSeries(
  tx: Transaction,
  request: {
    readonly meterNumber: number;
    readonly commandId: string;
    readonly operator: string;
    readonly reason: string;
    readonly askedAtMs: EpochMs;
  },
): void {
  tx.prepare(
    `INSERT INTO meter_series_request VALUES (@meterNumber, @commandId, @operator, @reason, @askedAtMs)
     ON CONFLICT (meter_number) DO UPDATE SET command_id = excluded.command_id, operator = excluded.operator,
       reason = excluded.reason, asked_at_ms = excluded.asked_at_ms`,
  ).run({ ...request, askedAtMs: Math.round(request.askedAtMs) });
}

export function isSeriesAsked(store: ReadableStore, meterNumber: number): boolean {
  return store.prepare('SELECT 1 FROM meter_series_request WHERE meter_number = ?').get(meterNumber) !== undefined;
}

/** The series has begun. */
export function seriesBegan(tx: Transaction, meterNumber: number): void {
  tx.prepare('DELETE FROM meter_series_request WHERE meter_number = ?').run(meterNumber);
}
