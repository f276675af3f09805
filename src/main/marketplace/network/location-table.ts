/** SQL of `location`: the sites where charge points stand. */
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import type { PlaceAccess, StoredLocation } from '../ocpi/read-location.ts';

type LocationRow = {
  id: string;
  name: string;
  operator_name: string;
  country_code: string;
  party_id: string;
  address: string;
  latitude: number;
  longitude: number;
  time_zone: string;
  access: string;
  updated_at_ms: number;
};

export function readLocations(store: ReadableStore): StoredLocation[] {
  return store.prepare<[], LocationRow>('SELECT * FROM location').all().map(readRow);
}

export function readLocation(store: ReadableStore, id: string): StoredLocation | undefined {
  const row = store.prepare<[string], LocationRow>('SELECT * FROM location WHERE id = ?').get(id);
  return row === undefined ? undefined : readRow(row);
}

export function putLocation(tx: Transaction, location: StoredLocation): void {
  tx.prepare(
    `INSERT INTO location (id, name, operator_name, country_code, party_id, address, latitude, longitude, time_zone, access,
       updated_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, operator_name = excluded.operator_name,
       country_code = excluded.country_code, party_id = excluded.party_id, address = excluded.address,
       latitude = excluded.latitude, longitude = excluded.longitude, time_zone = excluded.time_zone,
       access = excluded.access, updated_at_ms = excluded.updated_at_ms`,
  ).run(
    location.id,
    location.name,
    location.operatorName,
    location.countryCode,
    location.partyId,
    location.address,
    location.latitude,
    location.longitude,
    location.timeZone,
    JSON.stringify(location.access),
    location.updatedAtMs,
  );
}

/** The spelling under which the location is known here: OCPI ids are compared without case. */
export function spellLocationId(store: ReadableStore, id: string): string {
  return store.prepare<[string], { id: string }>('SELECT id FROM location WHERE id = ?').get(id)?.id ?? id;
}

/** @returns the ids of those that were there */
export function deleteLocations(tx: Transaction): string[] {
  return tx
    .prepare<[], { id: string }>('DELETE FROM location RETURNING id')
    .all()
    .map(({ id }) => id);
}

function readRow(row: LocationRow): StoredLocation {
  const access = JSON.parse(row.access) as Partial<PlaceAccess>;
  return {
    id: row.id,
    name: row.name,
    operatorName: row.operator_name,
    countryCode: row.country_code,
    partyId: row.party_id,
    address: row.address,
    latitude: row.latitude,
    longitude: row.longitude,
    timeZone: row.time_zone,
    access: {
      maxHeightCm: access.maxHeightCm,
      maxLengthCm: access.maxLengthCm,
      maxWidthCm: access.maxWidthCm,
      maxWeightKg: access.maxWeightKg,
      vehicleTypes: access.vehicleTypes,
      driveThrough: access.driveThrough,
      reservationRequired: access.reservationRequired,
    },
    updatedAtMs: row.updated_at_ms,
  };
}
