/**
 * The last 24 hours of positions, one table an hour in a ring of 25 (see `position-ring-hours`), each clustered by vehicle and
 * time, so that a track is one range of pages. Positions come in by way of `position-page-table`; what is told of the ring
 * holds for both together, and the operator is told how far back it reaches when its budget cut it short.
 */
import type { Position } from '../../shared/domain/fleet/position.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import {
  fromPositionRow,
  fromPositionValues,
  POSITION_COLUMNS,
  toPositionValues,
  type PositionRow,
  type PositionValues,
} from './position-columns.ts';
import { openPositionPages } from './position-page-table.ts';
import { openRingHours, SLOTS } from './position-ring-hours.ts';

export type StoreAnswer = 'stored' | 'held' | 'too-old';

export type PositionRing = {
  /** Stores a position unless it is older than the ring or already there; on disk with `settle`. */
  readonly store: (tx: Transaction, position: Position) => StoreAnswer;
  /**
   * Drops whole hours that begin after this instant, if there are any: one stored under a wrong clock would make
   * everything that comes later look too old. Answers whether there were.
   */
  readonly dropAfter: (tx: Transaction, atMs: EpochMs) => boolean;
  /** Brings positions and counts to disk and keeps the budget; once at the end of each batch. */
  readonly settle: (tx: Transaction) => void;
  /** Oldest first. */
  readonly track: (store: ReadableStore, vehicleNumber: number, fromMs: number, toMs: number) => Position[];
  /** How many hours the ring reaches back when the budget has cut it short. */
  readonly shortenedToHours: () => number | undefined;
};

const INSERT_INTO_SLOT: readonly string[] = Array.from(
  { length: SLOTS },
  (_, slot) =>
    `INSERT INTO position_ring_${slot} (${POSITION_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`,
);

/** `gathered`: how many positions gather in pages before they are brought into the ring. */
export function openPositionRing(store: ReadableStore, budgetBytes: number, gathered?: number): PositionRing {
  const read = () => ({
    hours: openRingHours(store, budgetBytes),
    pages: openPositionPages(store, toRing, gathered),
  });
  let kept: ReturnType<typeof read> | undefined = read();
  /** The newest that was stored of each vehicle in this run: what is newer is not there yet, without looking. */
  const newestAtMs = new Map<number, number>();
  let isWatched = false;

  const current = () => (kept ??= read());

  function toRing(tx: Transaction, positions: readonly PositionValues[]): void {
    const { hours } = current();
    for (const values of positions) {
      const slot = hours.slotHolding(values[1]);
      if (slot !== undefined) tx.prepare<PositionValues>(INSERT_INTO_SLOT[slot] as string).run(...values);
    }
  }

  /**
   * What is kept in memory of a transaction that was taken back is read anew, at the next use: a store that failed may not
   * be readable yet, and until it is nothing may be answered from what was never stored.
   */
  function watch(tx: Transaction): void {
    if (isWatched) return;
    isWatched = true;
    tx.afterCommit(() => {
      isWatched = false;
    });
    tx.afterRollback(() => {
      isWatched = false;
      kept = undefined;
      newestAtMs.clear();
    });
  }

  function isHeld(tx: Transaction, slot: number, vehicleNumber: number, atMs: number): boolean {
    const newest = newestAtMs.get(vehicleNumber);
    if (newest !== undefined && atMs > newest) return false;
    return (
      current().pages.holds(vehicleNumber, atMs) ||
      tx
        .prepare<[number, number]>(`SELECT 1 FROM position_ring_${slot} WHERE vehicle_number = ? AND at_ms = ?`)
        .get(vehicleNumber, atMs) !== undefined
    );
  }

  return {
    store: (tx, position) => {
      watch(tx);
      const { hours, pages } = current();
      const { vehicleNumber, atMs } = position;
      const slot = hours.takeSlot(tx, atMs);
      if (slot === undefined) return 'too-old';
      if (isHeld(tx, slot, vehicleNumber, atMs)) return 'held';
      pages.add(toPositionValues(position));
      hours.count(slot);
      newestAtMs.set(vehicleNumber, Math.max(atMs, newestAtMs.get(vehicleNumber) ?? 0));
      return 'stored';
    },
    dropAfter: (tx, atMs) => {
      const { hours, pages } = current();
      const later = hours.slotsBeginningAfter(atMs);
      if (later.length === 0) return false;
      watch(tx);
      // The hour will come again, and then nothing that is still on its way may be taken for its own.
      pages.bringAllOn(tx);
      for (const slot of later) hours.empty(tx, slot);
      newestAtMs.clear();
      return true;
    },
    settle: (tx) => {
      watch(tx);
      const { hours, pages } = current();
      pages.settle(tx);
      hours.settle(tx);
    },
    track: (reader, vehicleNumber, fromMs, toMs) => {
      const { hours, pages } = current();
      // By instant, because a position on its way may be in both places.
      const found = new Map<number, Position>();
      for (const slot of hours.slotsBetween(fromMs, toMs))
        for (const row of reader
          .prepare<[number, number, number], PositionRow>(
            `SELECT ${POSITION_COLUMNS} FROM position_ring_${slot} WHERE vehicle_number = ? AND at_ms BETWEEN ? AND ?`,
          )
          .all(vehicleNumber, fromMs, toMs))
          found.set(row.at_ms, fromPositionRow(row));
      for (const values of pages.positionsOf(vehicleNumber)) {
        const atMs = values[1];
        if (atMs < fromMs || atMs > toMs || hours.slotHolding(atMs) === undefined) continue;
        found.set(atMs, fromPositionValues(values));
      }
      return [...found.values()].sort((a, b) => a.atMs - b.atMs);
    },
    shortenedToHours: () => current().hours.shortenedToHours(),
  };
}
