/** SQL of `location`: the sites where charge points stand. */
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import { parseDateTimeMs } from '../marketplace-link/wire/v1/primitives.ts';
import type { WireLocation } from '../marketplace-link/wire/v1/ocpi-objects.ts';

export function putLocation(tx: Transaction, location: WireLocation): void {
  tx.prepare(
    `INSERT INTO location (id, name, operator_name, latitude, longitude, time_zone, updated_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, operator_name = excluded.operator_name,
       latitude = excluded.latitude, longitude = excluded.longitude, time_zone = excluded.time_zone,
       updated_at_ms = excluded.updated_at_ms`,
  ).run(
    location.id,
    location.name ?? `${location.address}, ${location.city}`,
    location.operator?.name ?? `${location.country_code}-${location.party_id}`,
    Number(location.coordinates.latitude),
    Number(location.coordinates.longitude),
    location.time_zone,
    parseDateTimeMs(location.last_updated) satisfies EpochMs,
  );
}

/** The spelling under which the location is known here: OCPI ids are compared without case. */
export function spellLocationId(store: ReadableStore, id: string): string {
  return store.prepare<[string], { id: string }>('SELECT id FROM location WHERE id = ?').get(id)?.id ?? id;
}

export function deleteLocations(tx: Transaction): void {
  tx.prepare('DELETE FROM location').run();
}
