/** SQL of `unmet_need`. A failure counts once: its source is its key. */
import { latLngToCell } from 'h3-js';
import type { UnmetKind, UnmetNeed } from '../../shared/domain/insight/demand-signal.ts';
import { energyWh, powerW } from '../../shared/kernel/quantity.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

/** H3 cells of some 5 km2: as long as the stretch of a corridor that one site serves. */
const RESOLUTION = 7;

export type PlacedNeed = UnmetNeed & { readonly cell: string };

type Row = {
  source: string;
  kind: string;
  at_ms: number;
  vehicle_id: string;
  latitude: number;
  longitude: number;
  cell: string;
  energy_wh: number;
  power_w: number;
};

/** @returns whether it is news */
export function insertNeed(tx: Transaction, need: UnmetNeed): boolean {
  const { changes } = tx
    .prepare(
      `INSERT INTO unmet_need (source, kind, at_ms, vehicle_id, latitude, longitude, cell, energy_wh, power_w)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO NOTHING`,
    )
    .run(
      need.source,
      need.kind,
      need.atMs,
      need.vehicleId,
      need.latitude,
      need.longitude,
      latLngToCell(need.latitude, need.longitude, RESOLUTION),
      need.energyWh,
      need.powerW,
    );
  return changes > 0;
}

export function readNeeds(store: ReadableStore, fromMs: EpochMs, toMs: EpochMs): PlacedNeed[] {
  return store
    .prepare<[number, number], Row>('SELECT * FROM unmet_need WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms')
    .all(fromMs, toMs)
    .map((row) => ({
      source: row.source,
      kind: row.kind as UnmetKind,
      atMs: row.at_ms,
      vehicleId: row.vehicle_id,
      latitude: row.latitude,
      longitude: row.longitude,
      cell: row.cell,
      energyWh: energyWh(row.energy_wh),
      powerW: powerW(row.power_w),
    }));
}
