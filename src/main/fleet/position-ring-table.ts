/**
 * The last 24 hours of positions, one table an hour in a ring of 25. Taking a slot for a new hour empties the old one.
 * The ring also has a byte budget: beyond it the oldest hour goes first, and the operator is told how far back it reaches.
 * An hour that went for the budget stays as a slot with no rows, so that this is known after a restart too, and is no
 * longer said once that hour is past the ring anyway.
 */
import type { Position } from '../../shared/domain/fleet/position.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import {
  fromPositionRow,
  POSITION_COLUMNS,
  toPositionValues,
  type PositionRow,
  type PositionValues,
} from './position-columns.ts';

export const RING_HOURS = 24;
const SLOTS = RING_HOURS + 1;
const HOUR_MS = 3_600_000;
/** Measured, clustered by vehicle and time. */
const BYTES_PER_ROW = 44;

/** No rows: the budget took this hour. */
type Slot = { readonly hour: number; readonly rowCount: number };

export type StoreAnswer = 'stored' | 'held' | 'too-old';

export type PositionRing = {
  /** Stores a position unless it is older than the ring or already there. */
  readonly store: (tx: Transaction, position: Position) => StoreAnswer;
  /**
   * Drops whole hours that begin after this instant, if there are any: one stored under a wrong clock would make
   * everything that comes later look too old. Answers whether there were.
   */
  readonly dropAfter: (tx: Transaction, atMs: EpochMs) => boolean;
  /** Brings the row counts to disk and keeps the budget; once at the end of each batch. */
  readonly settle: (tx: Transaction) => void;
  /** Oldest first. */
  readonly track: (store: ReadableStore, vehicleNumber: number, fromMs: number, toMs: number) => Position[];
  /** How many hours the ring reaches back when the budget has cut it short. */
  readonly shortenedToHours: () => number | undefined;
};

export function openPositionRing(store: ReadableStore, budgetBytes: number): PositionRing {
  const slots = new Map<number, Slot>();
  const touched = new Set<number>();

  function load(): void {
    slots.clear();
    touched.clear();
    for (const row of store
      .prepare<[], { slot: number; hour: number; row_count: number }>(
        'SELECT slot, hour, row_count FROM position_ring_hour',
      )
      .all())
      slots.set(row.slot, { hour: row.hour, rowCount: row.row_count });
  }

  load();

  const newestHour = () => Math.max(-1, ...Array.from(slots.values(), (slot) => slot.hour));
  const cutHour = () => Math.max(-1, ...[...slots.values()].map((slot) => (slot.rowCount === 0 ? slot.hour : -1)));
  const slotOf = (hour: number) => ((hour % SLOTS) + SLOTS) % SLOTS;

  function takeSlot(tx: Transaction, hour: number): number | undefined {
    const slot = slotOf(hour);
    const held = slots.get(slot);
    if (held?.hour === hour && held.rowCount > 0) return slot;
    if (hour <= newestHour() - SLOTS || hour <= cutHour() || (held !== undefined && held.hour > hour)) return undefined;
    empty(tx, slot);
    slots.set(slot, { hour, rowCount: 0 });
    return slot;
  }

  function empty(tx: Transaction, slot: number): void {
    tx.prepare(`DELETE FROM position_ring_${slot}`).run();
    tx.prepare<[number]>('DELETE FROM position_ring_hour WHERE slot = ?').run(slot);
    slots.delete(slot);
  }

  function writeSlot(tx: Transaction, slot: number): void {
    const held = slots.get(slot);
    if (held === undefined) return;
    const sql = 'INSERT OR REPLACE INTO position_ring_hour VALUES (?,?,?)';
    tx.prepare<[number, number, number]>(sql).run(slot, held.hour, held.rowCount);
  }

  function keepBudget(tx: Transaction): void {
    let bytes = 0;
    for (const slot of slots.values()) bytes += slot.rowCount * BYTES_PER_ROW;
    const oldestFirst = [...slots].filter(([, { rowCount }]) => rowCount > 0).sort((a, b) => a[1].hour - b[1].hour);
    for (const [slot, { hour, rowCount }] of oldestFirst.slice(0, -1)) {
      if (bytes <= budgetBytes) break;
      bytes -= rowCount * BYTES_PER_ROW;
      empty(tx, slot);
      slots.set(slot, { hour, rowCount: 0 });
      writeSlot(tx, slot);
    }
  }

  return {
    store: (tx, position) => {
      if (touched.size === 0) tx.afterRollback(load);
      const slot = takeSlot(tx, Math.floor(position.atMs / HOUR_MS));
      if (slot === undefined) return 'too-old';
      const { changes } = tx
        .prepare<PositionValues>(
          `INSERT INTO position_ring_${slot} (${POSITION_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`,
        )
        .run(...toPositionValues(position));
      const held = slots.get(slot);
      assert(held !== undefined, 'a slot that was taken is held');
      if (changes > 0) slots.set(slot, { ...held, rowCount: held.rowCount + changes });
      touched.add(slot);
      return changes > 0 ? 'stored' : 'held';
    },
    dropAfter: (tx, atMs) => {
      const later = [...slots].filter(([, { hour }]) => hour * HOUR_MS > atMs);
      if (later.length > 0) tx.afterRollback(load);
      for (const [slot] of later) empty(tx, slot);
      return later.length > 0;
    },
    settle: (tx) => {
      for (const slot of touched) writeSlot(tx, slot);
      touched.clear();
      keepBudget(tx);
    },
    track: (reader, vehicleNumber, fromMs, toMs) => {
      const rows: PositionRow[] = [];
      for (const [slot, held] of [...slots].sort((a, b) => a[1].hour - b[1].hour)) {
        if ((held.hour + 1) * HOUR_MS <= fromMs || held.hour * HOUR_MS > toMs) continue;
        rows.push(
          ...reader
            .prepare<[number, number, number], PositionRow>(
              `SELECT ${POSITION_COLUMNS} FROM position_ring_${slot} WHERE vehicle_number = ? AND at_ms BETWEEN ? AND ? ORDER BY at_ms`,
            )
            .all(vehicleNumber, fromMs, toMs),
        );
      }
      return rows.map(fromPositionRow);
    },
    shortenedToHours: () => {
      const reach = newestHour() - cutHour();
      return cutHour() >= 0 && reach < RING_HOURS ? reach : undefined;
    },
  };
}
