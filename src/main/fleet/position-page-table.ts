/**
 * Positions as they came, on their way into the ring. A page of them is written as one row at the end of the database, which
 * costs next to nothing; the ring is clustered by vehicle, so that a page put there at once would touch a leaf for every
 * vehicle (measured with 10 000 of them: 40 MB a second, and 50 of every 250 ms). Gathered for a while and brought there
 * vehicle by vehicle, a leaf takes dozens of positions at a time.
 *
 * Invariants: a position is in a page or in the ring, or in both for a while, and the ring takes it once; a page goes only
 * after all of it is in the ring; each page brings a bounded share of the older ones on, so that no page has to wait.
 */
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import { createPositionBatch, type PositionBatch } from './position-batch.ts';
import type { PositionValues } from './position-columns.ts';

/** So many gather before they are brought on: half a minute of 10 000 vehicles, 10 MB. */
const GATHERED = 262_144;
/** How many go on for each that comes; above 1, so that a batch is through well before the next is full. */
const PACE = 1.5;
const PAGES_EMPTIED_AT_ONCE = 2;

export type PositionPages = {
  /** Kept in memory at once, on disk with `settle`. */
  readonly add: (values: PositionValues) => void;
  readonly holds: (vehicleNumber: number, atMs: number) => boolean;
  readonly positionsOf: (vehicleNumber: number) => readonly PositionValues[];
  /** Writes what was added as one page and brings older ones on. */
  readonly settle: (tx: Transaction) => void;
  /** Brings everything on at once and leaves no page. */
  readonly bringAllOn: (tx: Transaction) => void;
};

/** A gathered batch on its way, and the page after which it ends. */
type Leaving = {
  readonly batch: PositionBatch;
  readonly vehicles: readonly number[];
  next: number;
  /** Of the vehicle whose turn it is. */
  rest: readonly PositionValues[];
  readonly lastId: number;
};

/** `toRing` must not mind what it has already. */
export function openPositionPages(
  store: ReadableStore,
  toRing: (tx: Transaction, positions: readonly PositionValues[]) => void,
  gathered = GATHERED,
): PositionPages {
  let arriving = createPositionBatch();
  let written = 0;
  let lastId = 0;
  let leaving: Leaving | undefined;
  /** Pages up to this one are in the ring. */
  let emptyUpTo: number | undefined;

  for (const { id, positions } of store
    .prepare<[], { id: number; positions: Buffer }>('SELECT id, positions FROM position_page ORDER BY id')
    .iterate()) {
    arriving.unpack(positions);
    lastId = id;
  }
  written = arriving.count();

  function write(tx: Transaction): number {
    const rows = arriving.count() - written;
    if (rows === 0) return 0;
    lastId += 1;
    tx.prepare<[number, Buffer]>('INSERT INTO position_page VALUES (?, ?)').run(lastId, arriving.pack(written));
    written = arriving.count();
    return rows;
  }

  function bringOn(tx: Transaction, rows: number): void {
    let brought = 0;
    while (leaving !== undefined && brought < rows) {
      if (leaving.rest.length === 0) {
        const vehicle = leaving.vehicles[leaving.next++];
        if (vehicle === undefined) {
          emptyUpTo = leaving.lastId;
          leaving = undefined;
          return;
        }
        leaving.rest = leaving.batch.positionsOf(vehicle);
      }
      const share = leaving.rest.slice(0, Math.ceil(rows - brought));
      leaving.rest = leaving.rest.slice(share.length);
      toRing(tx, share);
      brought += share.length;
    }
  }

  function beginToLeave(): void {
    leaving = { batch: arriving, vehicles: arriving.vehicles(), next: 0, rest: [], lastId };
    arriving = createPositionBatch();
    written = 0;
  }

  function emptySome(tx: Transaction): void {
    if (emptyUpTo === undefined) return;
    const { changes } = tx
      .prepare<[number, number]>(
        'DELETE FROM position_page WHERE id IN (SELECT id FROM position_page WHERE id <= ? ORDER BY id LIMIT ?)',
      )
      .run(emptyUpTo, PAGES_EMPTIED_AT_ONCE);
    if (changes < PAGES_EMPTIED_AT_ONCE) emptyUpTo = undefined;
  }

  return {
    add: (values) => arriving.append(values),
    holds: (vehicleNumber, atMs) =>
      arriving.holds(vehicleNumber, atMs) || leaving?.batch.holds(vehicleNumber, atMs) === true,
    positionsOf: (vehicleNumber) => [
      ...(leaving?.batch.positionsOf(vehicleNumber) ?? []),
      ...arriving.positionsOf(vehicleNumber),
    ],
    settle: (tx) => {
      const rows = write(tx);
      bringOn(tx, rows * PACE);
      emptySome(tx);
      if (leaving === undefined && arriving.count() >= gathered) beginToLeave();
    },
    bringAllOn: (tx) => {
      bringOn(tx, Infinity);
      beginToLeave();
      bringOn(tx, Infinity);
      tx.prepare('DELETE FROM position_page').run();
      emptyUpTo = undefined;
    },
  };
}
