/**
 * Which hour stands in which of the ring's tables, and how many positions each holds. Taking a slot for a new hour empties
 * the old one. The ring also has a byte budget: beyond it the oldest hour goes first. An hour that went for the budget stays
 * as a slot with no rows, so that this is known after a restart too, and is no longer said once it is past the ring anyway;
 * its table is emptied piece by piece, because at once it would hold everything up (an hour of 10 000 vehicles is 1.6 GB).
 */
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

export const RING_HOURS = 24;
export const SLOTS = RING_HOURS + 1;
export const HOUR_MS = 3_600_000;
/** Measured, clustered by vehicle and time. */
const BYTES_PER_ROW = 44;
/** More than a batch brings, so that an hour is gone before the next goes; a few milliseconds. */
const EMPTIED_AT_ONCE = 8000;

/** No rows: the budget took this hour, though its table may still hold some. */
type Slot = { readonly hour: number; rowCount: number };

export function openRingHours(store: ReadableStore, budgetBytes: number) {
  const slots = new Map<number, Slot>();
  const touched = new Set<number>();
  /** Slots the budget took whose tables are known to be empty. */
  const emptied = new Set<number>();

  for (const row of store
    .prepare<[], { slot: number; hour: number; row_count: number }>(
      'SELECT slot, hour, row_count FROM position_ring_hour',
    )
    .all())
    slots.set(row.slot, { hour: row.hour, rowCount: row.row_count });

  const newestHour = () => Math.max(-1, ...Array.from(slots.values(), (slot) => slot.hour));
  const cutHour = () => Math.max(-1, ...[...slots.values()].map((slot) => (slot.rowCount === 0 ? slot.hour : -1)));
  const slotOf = (hour: number) => ((hour % SLOTS) + SLOTS) % SLOTS;

  /** The slot in which the hour of this instant stands. Positions of an hour that has gone since they came are gone with it. */
  function slotHolding(atMs: EpochMs): number | undefined {
    const hour = Math.floor(atMs / HOUR_MS);
    const slot = slotOf(hour);
    const held = slots.get(slot);
    return held?.hour === hour && held.rowCount > 0 ? slot : undefined;
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
      slots.set(slot, { hour, rowCount: 0 });
      emptied.delete(slot);
      writeSlot(tx, slot);
    }
  }

  function emptySome(tx: Transaction): void {
    const slot = [...slots].find(([number, { rowCount }]) => rowCount === 0 && !emptied.has(number))?.[0];
    if (slot === undefined) return;
    const table = `position_ring_${slot}`;
    const until = tx
      .prepare<[number], { vehicle_number: number; at_ms: number }>(
        `SELECT vehicle_number, at_ms FROM ${table} ORDER BY vehicle_number, at_ms LIMIT 1 OFFSET ?`,
      )
      .get(EMPTIED_AT_ONCE);
    if (until === undefined) {
      tx.prepare(`DELETE FROM ${table}`).run();
      emptied.add(slot);
      return;
    }
    tx.prepare<[number, number]>(`DELETE FROM ${table} WHERE (vehicle_number, at_ms) < (?, ?)`).run(
      until.vehicle_number,
      until.at_ms,
    );
  }

  return {
    slotHolding,
    /** The slot for a position of this instant, made free when its hour is new; undefined: older than what is kept. */
    takeSlot: (tx: Transaction, atMs: EpochMs): number | undefined => {
      const holding = slotHolding(atMs);
      if (holding !== undefined) return holding;
      const hour = Math.floor(atMs / HOUR_MS);
      const slot = slotOf(hour);
      const held = slots.get(slot);
      const isPast = hour <= newestHour() - SLOTS || hour <= cutHour() || (held !== undefined && held.hour > hour);
      if (isPast) return undefined;
      empty(tx, slot);
      slots.set(slot, { hour, rowCount: 0 });
      return slot;
    },
    /** One more position in a slot that was taken. */
    count: (slot: number): void => {
      const held = slots.get(slot);
      if (held !== undefined) held.rowCount += 1;
      touched.add(slot);
    },
    slotsBeginningAfter: (atMs: EpochMs): readonly number[] =>
      [...slots].filter(([, { hour }]) => hour * HOUR_MS > atMs).map(([slot]) => slot),
    slotsBetween: (fromMs: EpochMs, toMs: EpochMs): readonly number[] =>
      [...slots]
        .filter(([, { hour, rowCount }]) => rowCount > 0 && (hour + 1) * HOUR_MS > fromMs && hour * HOUR_MS <= toMs)
        .map(([slot]) => slot),
    empty,
    /** Brings the counts to disk and keeps the budget. */
    settle: (tx: Transaction): void => {
      for (const slot of touched) writeSlot(tx, slot);
      touched.clear();
      keepBudget(tx);
      emptySome(tx);
    },
    /** How many hours the ring reaches back when the budget has cut it short. */
    shortenedToHours: (): number | undefined => {
      const reach = newestHour() - cutHour();
      return cutHour() >= 0 && reach < RING_HOURS ? reach : undefined;
    },
  };
}
