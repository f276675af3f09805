/** Vehicles and the small numbers that stand for them in telemetry. */
import type { Vehicle } from '../../shared/domain/fleet/vehicle.ts';
import { energyFromKwh, energyWh, powerFromKw, powerW } from '../../shared/kernel/quantity.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import type { WireVehicle } from '../marketplace-link/wire/v1/fleet-objects.ts';
import { parseDateTimeMs } from '../marketplace-link/wire/v1/primitives.ts';

type VehicleRow = {
  id: string;
  number: number;
  registration: string;
  model: string;
  depot_id: string;
  usable_capacity_wh: number;
  max_ac_w: number;
  max_dc_w: number;
  height_cm: number | null;
  length_cm: number | null;
  width_cm: number | null;
  weight_kg: number | null;
  vehicle_type: string | null;
  consumption_wh_per_km: number | null;
  connector_standards: string;
};

const SELECT = `
  SELECT vehicle.id, number, registration, model, coalesce(depot.id, depot_id) AS depot_id, usable_capacity_wh,
    max_ac_w, max_dc_w, height_cm, length_cm, width_cm, weight_kg, vehicle_type, consumption_wh_per_km,
    connector_standards
  FROM vehicle JOIN vehicle_number ON vehicle_number.vehicle_id = vehicle.id LEFT JOIN depot ON depot.id = depot_id
  WHERE deleted_at_ms IS NULL`;

const PUT = `
  INSERT INTO vehicle (id, registration, model, depot_id, usable_capacity_wh, max_ac_w, max_dc_w, height_cm, length_cm,
    width_cm, weight_kg, vehicle_type, consumption_wh_per_km, connector_standards, updated_at_ms, deleted_at_ms)
  VALUES (@id, @registration, @model, @depotId, @usableCapacityWh, @maxAcW, @maxDcW, @heightCm, @lengthCm, @widthCm,
    @weightKg, @type, @consumptionWhPerKm, @connectorStandards, @updatedAtMs, NULL)
  ON CONFLICT (id) DO UPDATE SET registration = excluded.registration, model = excluded.model,
    depot_id = excluded.depot_id, usable_capacity_wh = excluded.usable_capacity_wh, max_ac_w = excluded.max_ac_w,
    max_dc_w = excluded.max_dc_w, height_cm = excluded.height_cm, length_cm = excluded.length_cm,
    width_cm = excluded.width_cm, weight_kg = excluded.weight_kg, vehicle_type = excluded.vehicle_type,
    consumption_wh_per_km = excluded.consumption_wh_per_km, connector_standards = excluded.connector_standards,
    updated_at_ms = excluded.updated_at_ms, deleted_at_ms = NULL`;

function fromRow(row: VehicleRow): Vehicle {
  const standards = JSON.parse(row.connector_standards) as string[];
  return {
    id: row.id,
    number: row.number,
    registration: row.registration,
    model: row.model,
    depotId: row.depot_id,
    usableCapacityWh: energyWh(row.usable_capacity_wh),
    maxAcW: powerW(row.max_ac_w),
    maxDcW: powerW(row.max_dc_w),
    heightCm: row.height_cm ?? undefined,
    lengthCm: row.length_cm ?? undefined,
    widthCm: row.width_cm ?? undefined,
    weightKg: row.weight_kg ?? undefined,
    type: row.vehicle_type ?? undefined,
    consumptionWhPerKm: row.consumption_wh_per_km ?? undefined,
    connectorStandards: standards.length > 0 ? standards : undefined,
  };
}

export function readVehicles(store: ReadableStore): Vehicle[] {
  return store.prepare<[], VehicleRow>(SELECT).all().map(fromRow);
}

export function readDepotVehicles(store: ReadableStore, depotId: string): Vehicle[] {
  const sql = `${SELECT} AND depot_id = ? COLLATE NOCASE`;
  return store.prepare<[string], VehicleRow>(sql).all(depotId).map(fromRow);
}

export function readVehicle(store: ReadableStore, id: string): Vehicle | undefined {
  const row = store.prepare<[string], VehicleRow>(`${SELECT} AND vehicle.id = ?`).get(id);
  return row === undefined ? undefined : fromRow(row);
}

export function numberOfVehicle(store: ReadableStore, id: string): number | undefined {
  return store.prepare<[string], { number: number }>('SELECT number FROM vehicle_number WHERE vehicle_id = ?').get(id)
    ?.number;
}

/** The number of this vehicle id, given now when it is new. Numbers are never reused. */
export function numberVehicle(tx: Transaction, id: string): number {
  const known = numberOfVehicle(tx, id);
  if (known !== undefined) return known;
  return Number(tx.prepare<[string]>('INSERT INTO vehicle_number (vehicle_id) VALUES (?)').run(id).lastInsertRowid);
}

/** The spelling under which the vehicle was first heard of: OCPI ids are compared without case, windows compare with it. */
export function spellVehicleId(store: ReadableStore, id: string): string {
  return (
    store
      .prepare<[string], { vehicle_id: string }>('SELECT vehicle_id FROM vehicle_number WHERE vehicle_id = ?')
      .get(id)?.vehicle_id ?? id
  );
}

/** How many vehicles are known by a position only. */
export function countUnannounced(store: ReadableStore): number {
  const sql = 'SELECT (SELECT count(*) FROM vehicle_number) - (SELECT count(*) FROM vehicle) AS count';
  return store.prepare<[], { count: number }>(sql).get()?.count ?? 0;
}

export function putVehicle(tx: Transaction, vehicle: WireVehicle): void {
  numberVehicle(tx, vehicle.id);
  tx.prepare(PUT).run({
    id: spellVehicleId(tx, vehicle.id),
    registration: vehicle.registration,
    model: vehicle.model,
    depotId: vehicle.depot_id,
    usableCapacityWh: energyFromKwh(vehicle.usable_capacity_kwh),
    maxAcW: powerFromKw(vehicle.max_ac_kw),
    maxDcW: powerFromKw(vehicle.max_dc_kw),
    heightCm: rounded(vehicle.height_cm),
    lengthCm: rounded(vehicle.length_cm),
    widthCm: rounded(vehicle.width_cm),
    weightKg: rounded(vehicle.weight_kg),
    type: vehicle.vehicle_type ?? null,
    consumptionWhPerKm: vehicle.consumption_wh_per_km ?? null,
    connectorStandards: JSON.stringify(vehicle.connector_standards ?? []),
    updatedAtMs: parseDateTimeMs(vehicle.last_updated),
  });
}

/** Up, so that a vehicle is never taken to be smaller than it is. */
function rounded(measure: number | undefined): number | null {
  return measure === undefined ? null : Math.ceil(measure);
}

/** A tombstone: history still names the vehicle. Answers the id as it is stored, when there was one. */
export function deleteVehicle(tx: Transaction, id: string, atMs: number): string | undefined {
  return tx
    .prepare<[number, string], { id: string }>('UPDATE vehicle SET deleted_at_ms = ? WHERE id = ? RETURNING id')
    .get(atMs, id)?.id;
}

/** Before the marketplace sends them all again. Numbers, and so the positions stored under them, stay. */
export function forgetVehicles(tx: Transaction): void {
  tx.prepare('DELETE FROM vehicle').run();
}
