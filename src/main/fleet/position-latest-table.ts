/** The newest position of every vehicle, in memory for the frames and in a table for the next start. */
import type { Position } from '../../shared/domain/fleet/position.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import {
  fromPositionRow,
  POSITION_COLUMNS,
  toPositionValues,
  type PositionRow,
  type PositionValues,
} from './position-columns.ts';

export type LatestPositions = {
  readonly all: () => Iterable<Position>;
  readonly of: (vehicleNumber: number) => Position | undefined;
  /** Takes a position when it is newer than the one held. The copy in memory changes only after the commit. */
  readonly take: (tx: Transaction, position: Position) => void;
  /** Brings what was taken to disk: once at the end of each batch, so that a vehicle is written once, however often it moved. */
  readonly settle: (tx: Transaction) => void;
  /** Forgets what was measured after this instant: under a wrong clock, it would hold off all that comes later. */
  readonly dropAfter: (tx: Transaction, atMs: EpochMs) => void;
};

const UPSERT = `
  INSERT INTO position_latest (${POSITION_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)
  ON CONFLICT (vehicle_number) DO UPDATE SET
    at_ms = excluded.at_ms, latitude_e7 = excluded.latitude_e7, longitude_e7 = excluded.longitude_e7,
    speed_deci_kmh = excluded.speed_deci_kmh, heading_deg = excluded.heading_deg,
    soc_centi_percent = excluded.soc_centi_percent, battery_temp_c = excluded.battery_temp_c, activity = excluded.activity
  WHERE excluded.at_ms > position_latest.at_ms`;

/** As it was committed last. */
export function readLatestPosition(store: ReadableStore, vehicleNumber: number): Position | undefined {
  const row = store
    .prepare<[number], PositionRow>(`SELECT ${POSITION_COLUMNS} FROM position_latest WHERE vehicle_number = ?`)
    .get(vehicleNumber);
  return row && fromPositionRow(row);
}

export function openLatestPositions(
  store: ReadableStore,
  changed: (vehicleNumbers: readonly number[]) => void,
): LatestPositions {
  const latest = new Map<number, Position>();
  for (const row of store.prepare<[], PositionRow>(`SELECT ${POSITION_COLUMNS} FROM position_latest`).all())
    latest.set(row.vehicle_number, fromPositionRow(row));

  // Gathered through one transaction and published in one effect: a page may hold thousands of positions.
  let waiting: Map<number, Position> | undefined;

  function gather(tx: Transaction, position: Position): void {
    if (waiting === undefined) {
      const gathered = new Map<number, Position>();
      waiting = gathered;
      tx.afterRollback(() => {
        waiting = undefined;
      });
      tx.afterCommit(() => {
        waiting = undefined;
        for (const [number, newest] of gathered)
          if (newest.atMs > (latest.get(number)?.atMs ?? -Infinity)) latest.set(number, newest);
        changed([...gathered.keys()]);
      });
    }
    const before = waiting.get(position.vehicleNumber);
    if (before === undefined || position.atMs > before.atMs) waiting.set(position.vehicleNumber, position);
  }

  return {
    all: () => latest.values(),
    dropAfter: (tx, atMs) => {
      const rows = tx
        .prepare<[number], { vehicle_number: number }>(
          'DELETE FROM position_latest WHERE at_ms > ? RETURNING vehicle_number',
        )
        .all(atMs);
      const before = new Map(rows.map(({ vehicle_number: number }) => [number, latest.get(number)]));
      // At once, so that what follows in this transaction is measured against what it left.
      for (const number of before.keys()) latest.delete(number);
      tx.afterRollback(() => {
        for (const [number, position] of before) if (position !== undefined) latest.set(number, position);
      });
    },
    of: (vehicleNumber) => latest.get(vehicleNumber),
    take: (tx, position) => {
      if (position.atMs <= (latest.get(position.vehicleNumber)?.atMs ?? -Infinity)) return;
      gather(tx, position);
    },
    settle: (tx) => {
      if (waiting === undefined) return;
      const upsert = tx.prepare<PositionValues>(UPSERT);
      for (const position of waiting.values()) upsert.run(...toPositionValues(position));
    },
  };
}
