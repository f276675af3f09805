/** Depots of the fleet. */
import type { Depot } from '../../shared/domain/fleet/vehicle.ts';
import { powerFromKw, powerW } from '../../shared/kernel/quantity.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import type { WireDepot } from '../marketplace-link/wire/v1/fleet-objects.ts';
import { parseDateTimeMs } from '../marketplace-link/wire/v1/primitives.ts';

type DepotRow = {
  id: string;
  name: string;
  latitude: number;
  longitude: number;
  time_zone: string;
  currency: string;
  site_limit_w: number;
  location_ids: string;
  updated_at_ms: number;
};

function fromRow(row: DepotRow): Depot {
  return {
    id: row.id,
    name: row.name,
    latitude: row.latitude,
    longitude: row.longitude,
    timeZone: row.time_zone,
    currency: row.currency,
    siteLimitW: powerW(row.site_limit_w),
    locationIds: JSON.parse(row.location_ids) as string[],
    updatedAtMs: row.updated_at_ms,
  };
}

export function readDepots(store: ReadableStore): Depot[] {
  return store.prepare<[], DepotRow>('SELECT * FROM depot ORDER BY name').all().map(fromRow);
}

export function readDepot(store: ReadableStore, id: string): Depot | undefined {
  const row = store.prepare<[string], DepotRow>('SELECT * FROM depot WHERE id = ?').get(id);
  return row === undefined ? undefined : fromRow(row);
}

export function putDepot(tx: Transaction, depot: WireDepot): void {
  tx.prepare(
    `INSERT INTO depot VALUES
     (@id, @name, @latitude, @longitude, @timeZone, @currency, @siteLimitW, @locationIds, @updatedAtMs)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, latitude = excluded.latitude, longitude = excluded.longitude,
       time_zone = excluded.time_zone, currency = excluded.currency, site_limit_w = excluded.site_limit_w,
       location_ids = excluded.location_ids, updated_at_ms = excluded.updated_at_ms`,
  ).run({
    id: depot.id,
    name: depot.name,
    latitude: Number(depot.coordinates.latitude),
    longitude: Number(depot.coordinates.longitude),
    timeZone: depot.time_zone,
    currency: depot.currency,
    siteLimitW: powerFromKw(depot.site_limit_kw),
    locationIds: JSON.stringify(depot.location_ids),
    updatedAtMs: parseDateTimeMs(depot.last_updated),
  });
}

/** Before the marketplace sends them all again. */
export function forgetDepots(tx: Transaction): void {
  tx.prepare('DELETE FROM depot').run();
}
