/** The demo's world in the words of the wire: depots, vehicles, locations, EVSEs. */
import type { DemoEvse, DemoLocation } from '../fleet/charging-network.ts';
import { DEMO_DEPOTS, type DemoDepot } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { LogEntry } from '../log/log-entries.ts';
import { tariffIdOf } from '../commerce/price-list.ts';
import { evseCondition } from '../fleet/evse-condition.ts';
import { hashUnit } from '../seeded-random.ts';

export const CONNECTOR_ID = '1';

/** Outside measures and OCPI VehicleType. */
const SIZES = {
  bus: { height_cm: 325, length_cm: 1200, width_cm: 255, weight_kg: 18_000, vehicle_type: 'BUS' },
  van: { height_cm: 259, length_cm: 593, width_cm: 202, weight_kg: 3500, vehicle_type: 'VAN' },
  truck: { height_cm: 395, length_cm: 980, width_cm: 255, weight_kg: 18_000, vehicle_type: 'RIGID' },
} as const;

/** Everything that exists, as the first items of a new log. */
export function announceWorld(world: DemoWorld, atMs: number): LogEntry[] {
  const at = isoTime(atMs);
  const entries: LogEntry[] = [];
  const put = (stream: LogEntry['stream'], kind: string, body: unknown): void => {
    entries.push({ stream, at, kind, body });
  };
  DEMO_DEPOTS.forEach((town, depot) => put('fleet', 'depot.put', depotBody(world, town, depot, at)));
  for (const vehicle of world.roster) {
    put('fleet', 'vehicle.put', {
      id: vehicle.id,
      registration: vehicle.registration,
      model: vehicle.model.name,
      depot_id: DEMO_DEPOTS[vehicle.depot]?.id,
      usable_capacity_kwh: vehicle.model.capacityKwh,
      max_ac_kw: vehicle.model.maxAcKw,
      max_dc_kw: vehicle.model.maxDcKw,
      ...SIZES[vehicle.model.class],
      consumption_wh_per_km: Math.round(vehicle.model.kwhPerKm * 1000),
      connector_standards: vehicle.model.maxAcKw > 0 ? ['IEC_62196_T2_COMBO', 'IEC_62196_T2'] : ['IEC_62196_T2_COMBO'],
      last_updated: at,
    });
  }
  for (const location of world.charging.locations) {
    const evses = location.evses.map((index) => evseBody(world, world.charging.evses[index], atMs));
    // A public site travels whole; a yard of hundreds of bays one by one.
    put('network', 'location.put', { ...locationBody(location, at), ...(location.isDepot ? {} : { evses }) });
    if (location.isDepot) for (const evse of evses) put('network', 'evse.put', { location_id: location.id, evse });
  }
  return entries;
}

export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** `share` of its limit is what the grid allows at the moment. */
export function depotBody(world: DemoWorld, town: DemoDepot, depot: number, at: string, share = 1) {
  const locations = world.charging.locations.filter((location) => location.isDepot && location.depot === depot);
  const fullKw = locations
    .flatMap((location) => location.evses)
    .reduce((total, evse) => total + (world.charging.evses[evse]?.powerKw ?? 0), 0);
  return {
    id: town.id,
    name: town.name,
    coordinates: coordinates(locations[0]?.latitude ?? town.centre[0], locations[0]?.longitude ?? town.centre[1]),
    time_zone: town.timeZone,
    currency: town.currency,
    site_limit_kw: Math.round(share * Math.max(50, Math.min(100_000, Math.ceil((fullKw * 0.55) / 50) * 50))),
    location_ids: locations.map((location) => location.id),
    last_updated: at,
  };
}

function locationBody(location: DemoLocation, at: string): Record<string, unknown> {
  const town = DEMO_DEPOTS[location.depot] ?? DEMO_DEPOTS[0];
  return {
    country_code: town.countryCode,
    party_id: location.partyId,
    id: location.id,
    publish: !location.isDepot,
    name: location.name,
    address: location.address,
    city: town.city,
    country: town.country,
    coordinates: coordinates(location.latitude, location.longitude),
    operator: { name: location.operator },
    ...(location.isDepot ? {} : { parking_places: [parkingOf(location)] }),
    opening_times: { twentyfourseven: true },
    time_zone: town.timeZone,
    last_updated: at,
  };
}

/** Two of three public sites take high vehicles, and one in four anything that drives. */
function parkingOf(location: DemoLocation): unknown {
  const share = hashUnit(location.index, 'parking', location.id);
  const vehicleTypes = share < 0.25 ? ['PERSONAL_VEHICLE', 'VAN', 'RIGID', 'BUS'] : ['PERSONAL_VEHICLE', 'VAN'];
  return {
    id: `${location.id}-1`,
    vehicle_types: vehicleTypes,
    ...(share < 0.67 ? {} : { max_vehicle_height: 240 }),
    ...(share < 0.25 ? { max_vehicle_length: 1300, drive_through: true } : { max_vehicle_length: 650 }),
    restricted_to_type: false,
    reservation_required: false,
  };
}

function evseBody(world: DemoWorld, evse: DemoEvse | undefined, atMs: number): unknown {
  if (!evse) return null;
  const at = isoTime(atMs);
  return {
    uid: evse.uid,
    evse_id: evse.evseId,
    status: evseCondition(world.seed, evse, atMs),
    capabilities: [
      'REMOTE_START_STOP_CAPABLE',
      'UNLOCK_CAPABLE',
      evse.owner >= 0 ? 'CHARGING_PROFILE_CAPABLE' : 'RESERVABLE',
    ],
    ...(evse.owner >= 0 ? {} : { parking: [{ parking_id: `${world.charging.locations[evse.location]?.id}-1` }] }),
    physical_reference: evse.owner >= 0 ? `Bay ${(world.roster[evse.owner]?.bay ?? 0) + 1}` : evse.uid.slice(-3),
    coordinates: coordinates(evse.latitude, evse.longitude),
    connectors: [
      {
        id: CONNECTOR_ID,
        standard: evse.dc ? 'IEC_62196_T2_COMBO' : 'IEC_62196_T2',
        format: evse.dc ? 'CABLE' : 'SOCKET',
        power_type: evse.dc ? 'DC' : 'AC_3_PHASE',
        max_voltage: evse.dc ? 920 : 400,
        max_amperage: evse.dc ? Math.ceil((evse.powerKw * 1000) / 500) : 32,
        max_electric_power: evse.powerKw * 1000,
        tariff_ids: [tariffIdOf(world.charging.locations[evse.location]?.partyId ?? '', evse.dc)],
        last_updated: at,
      },
    ],
    last_updated: at,
  };
}

function coordinates(latitude: number, longitude: number): { latitude: string; longitude: string } {
  return { latitude: latitude.toFixed(6), longitude: longitude.toFixed(6) };
}
