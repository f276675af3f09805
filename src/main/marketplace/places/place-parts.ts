/** SQL of what places are made of, read together: 40 000 charge points say the same few things of their connectors. */
import type { Connector, EvseStatus } from '../../../shared/domain/marketplace/evse.ts';
import type { ChargePlace } from '../../../shared/domain/marketplace/place.ts';
import { makePlace, type ChargePointFacts } from '../../../shared/domain/marketplace/place-search/make-place.ts';
import { powerW } from '../../../shared/kernel/quantity.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readDepots } from '../../fleet/depot-table.ts';
import { readLocation, readLocations } from '../network/location-table.ts';
import type { StoredLocation } from '../ocpi/read-location.ts';

type PartRow = {
  location_id: string;
  status: EvseStatus;
  status_at_ms: number;
  connectors: string;
  capabilities: string;
};

const SELECT = 'SELECT location_id, status, status_at_ms, connectors, capabilities FROM evse';
const MOST_PARSED = 10_000;

export function readPlaces(store: ReadableStore): ChargePlace[] {
  const depotLocations = readDepotLocations(store);
  const parts = new Map<string, ChargePointFacts[]>();
  for (const row of store.prepare<[], PartRow>(SELECT).all()) {
    const key = row.location_id.toLowerCase();
    const known = parts.get(key);
    if (known === undefined) parts.set(key, [readPart(row)]);
    else known.push(readPart(row));
  }
  return readLocations(store).flatMap((location) => {
    const key = location.id.toLowerCase();
    return makePlace(factsOf(location, depotLocations.has(key)), parts.get(key) ?? []) ?? [];
  });
}

/** Undefined: it is not known, or there is nothing to charge at. */
export function readPlace(store: ReadableStore, locationId: string): ChargePlace | undefined {
  const location = readLocation(store, locationId);
  if (location === undefined) return undefined;
  const isDepot = readDepotLocations(store).has(location.id.toLowerCase());
  const parts = store.prepare<[string], PartRow>(`${SELECT} WHERE location_id = ?`).all(location.id).map(readPart);
  return makePlace(factsOf(location, isDepot), parts);
}

function readDepotLocations(store: ReadableStore): ReadonlySet<string> {
  return new Set(readDepots(store).flatMap(({ locationIds }) => locationIds.map((id) => id.toLowerCase())));
}

function factsOf(location: StoredLocation, isDepot: boolean) {
  return {
    locationId: location.id,
    name: location.name,
    address: location.address,
    operatorName: location.operatorName,
    party: `${location.countryCode}*${location.partyId}`,
    countryCode: location.countryCode,
    latitude: location.latitude,
    longitude: location.longitude,
    timeZone: location.timeZone,
    isDepot,
    access: location.access,
  };
}

function readPart(row: PartRow): ChargePointFacts {
  return {
    status: row.status,
    statusAtMs: row.status_at_ms,
    connectors: parseOnce(connectors, row.connectors, readConnectors),
    capabilities: parseOnce(capabilities, row.capabilities, (text) => JSON.parse(text) as string[]),
  };
}

const connectors = new Map<string, readonly Connector[]>();
const capabilities = new Map<string, readonly string[]>();

function readConnectors(text: string): readonly Connector[] {
  return (JSON.parse(text) as Connector[]).map((each) => ({ ...each, maxPowerW: powerW(each.maxPowerW) }));
}

function parseOnce<T>(known: Map<string, T>, text: string, parse: (text: string) => T): T {
  const held = known.get(text);
  if (held !== undefined) return held;
  const parsed = parse(text);
  if (known.size >= MOST_PARSED) known.clear();
  known.set(text, parsed);
  return parsed;
}
