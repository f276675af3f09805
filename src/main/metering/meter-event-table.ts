/** Moments of the lines' and meters' life for the operator's log. Bounded: the newest are kept. */
import type { MeterEvent } from '../../shared/ipc/metering/metering-contract.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import { lineOfMeter } from './meters/meter-table.ts';

const KEPT_EVENTS = 5_000;

/** What concerns all lines, such as the store, names none: an empty `lineId`. */
export type NewMeterEvent = Omit<MeterEvent, 'id'>;

export function appendMeterEvents(tx: Transaction, events: readonly NewMeterEvent[]): void {
  if (events.length === 0) return;
  const insert = tx.prepare('INSERT INTO meter_event (at_ms, line_id, meter_id, kind, note) VALUES (?, ?, ?, ?, ?)');
  let last = 0;
  for (const { atMs, lineId, meterId = null, kind, note } of events)
    last = Number(insert.run(atMs, lineId, meterId, kind, note.slice(0, 500)).lastInsertRowid);
  tx.prepare('DELETE FROM meter_event WHERE id <= ?').run(last - KEPT_EVENTS);
}

type EventRow = { id: number; at_ms: number; line_id: string; meter_id: string | null; kind: string; note: string };

/** Newest first; of one meter and its whole line when a meter is named. */
export function readMeterEvents(store: ReadableStore, meterId: string | undefined, limit: number): MeterEvent[] {
  const rows =
    meterId === undefined
      ? store.prepare<[number], EventRow>('SELECT * FROM meter_event ORDER BY id DESC LIMIT ?').all(limit)
      : store
          .prepare<[string, string, number], EventRow>(
            `SELECT * FROM meter_event WHERE line_id IN (?, '') AND (meter_id IS NULL OR meter_id = ?) ORDER BY id DESC LIMIT ?`,
          )
          .all(lineOfMeter(store, meterId) ?? '', meterId, limit);
  return rows.map((row) => ({
    id: row.id,
    atMs: row.at_ms,
    lineId: row.line_id,
    meterId: row.meter_id ?? undefined,
    kind: row.kind,
    note: row.note,
  }));
}
