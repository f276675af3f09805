/** SQL of `duty`: what each vehicle is next needed for, as last told. */
import type { Duty } from '../../shared/domain/fleet/duty.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import { energyFromKwh, energyWh } from '../../shared/kernel/quantity.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import type { WireDuty } from '../marketplace-link/wire/v1/fleet-objects.ts';
import { parseDateTimeMs } from '../marketplace-link/wire/v1/primitives.ts';

type Row = {
  readonly id: string;
  readonly vehicle_id: string;
  readonly depot_id: string;
  readonly name: string;
  readonly depart_at_ms: number;
  readonly return_at_ms: number;
  readonly energy_wh: number;
  readonly reserve_percent: number;
  readonly updated_at_ms: number;
};

/** Older than this they are of no use to a plan. */
const KEPT_AFTER_RETURN_MS = 7 * 86_400_000;

/** False when an equal or newer word of it is known. Long past ones are dropped in passing. */
export function putDuty(tx: Transaction, duty: WireDuty): boolean {
  const updatedAtMs = parseDateTimeMs(duty.last_updated);
  const { changes } = tx
    .prepare(
      `INSERT INTO duty (id, vehicle_id, depot_id, name, depart_at_ms, return_at_ms, energy_wh, reserve_percent, updated_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET vehicle_id = excluded.vehicle_id, depot_id = excluded.depot_id,
         name = excluded.name, depart_at_ms = excluded.depart_at_ms, return_at_ms = excluded.return_at_ms,
         energy_wh = excluded.energy_wh, reserve_percent = excluded.reserve_percent,
         updated_at_ms = excluded.updated_at_ms
       WHERE excluded.updated_at_ms > updated_at_ms`,
    )
    .run(
      duty.id,
      duty.vehicle_id,
      duty.depot_id,
      duty.name,
      parseDateTimeMs(duty.depart_at),
      parseDateTimeMs(duty.return_at),
      energyFromKwh(duty.energy_kwh),
      duty.reserve_percent,
      updatedAtMs,
    );
  tx.prepare('DELETE FROM duty WHERE return_at_ms < ?').run(updatedAtMs - KEPT_AFTER_RETURN_MS);
  return changes > 0;
}

export function deleteDuty(tx: Transaction, id: string): boolean {
  return tx.prepare('DELETE FROM duty WHERE id = ?').run(id).changes > 0;
}

/** Before the marketplace sends them all again. */
export function forgetDuties(tx: Transaction): void {
  tx.prepare('DELETE FROM duty').run();
}

/** Of a depot, those that are not over at the instant, by departure. */
export function readDuties(store: ReadableStore, depotId: string, atMs: EpochMs): readonly Duty[] {
  return store
    .prepare<[number, string], Row>(
      'SELECT * FROM duty WHERE return_at_ms > ? AND depot_id = ? ORDER BY depart_at_ms, id',
    )
    .all(atMs, depotId)
    .map((row) => ({
      id: row.id,
      vehicleId: row.vehicle_id,
      depotId: row.depot_id,
      name: row.name,
      departAtMs: row.depart_at_ms,
      returnAtMs: row.return_at_ms,
      energyWh: energyWh(row.energy_wh),
      reservePercent: row.reserve_percent,
      updatedAtMs: row.updated_at_ms,
    }));
}
