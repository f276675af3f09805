/**
 * Where the fleet charges: a bay with its charge point for every vehicle at home, and public sites of several
 * operators in town. Invariant: a booked public EVSE belongs to one vehicle in each hour, so that two vehicles never
 * meet at one cable without anybody having to decide at run time.
 */
import type { CityMap, Place } from '../streets/city-map.ts';
import { DEMO_DEPOTS, DEPOT_OPERATOR, type DemoDepot } from '../demo-depots.ts';
import type { FleetVehicle } from './fleet-roster.ts';
import { randomFor } from '../seeded-random.ts';

export type DemoEvse = {
  readonly index: number;
  readonly uid: string;
  readonly evseId: string;
  readonly location: number;
  readonly place: Place;
  readonly latitude: number;
  readonly longitude: number;
  readonly dc: boolean;
  readonly powerKw: number;
  /** Vehicle whose bay this is, or -1. */
  readonly owner: number;
  /** Public and bookable by the hour; the others are first come, first served. */
  readonly booked: boolean;
};

export type DemoLocation = {
  readonly index: number;
  readonly depot: number;
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly partyId: string;
  readonly operator: string;
  readonly isDepot: boolean;
  readonly pricePerKwh: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly evses: number[];
};

/** A vehicle's hour at a public charge point on working days. */
export type Booking = { readonly evse: number; readonly hour: number };

export type ChargingNetwork = {
  readonly locations: readonly DemoLocation[];
  readonly evses: readonly DemoEvse[];
  /** The charge point at each vehicle's bay. */
  readonly bayOf: readonly DemoEvse[];
  readonly bookingOf: ReadonlyMap<number, Booking>;
  /** Whose hour it is at an EVSE: `evse * 24 + hour` to vehicle. */
  readonly bookedBy: ReadonlyMap<number, number>;
};

/** What a bay gives by itself when it listens but hears nothing. */
export function fallbackKw({ powerKw }: DemoEvse): number {
  return powerKw / 4;
}

/** Bays of one OCPI Location; a Location may carry at most 500 EVSEs. */
const BAYS_PER_LOCATION = 250;
const BOOKED_HOURS = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];

type Draft = { locations: DemoLocation[]; evses: DemoEvse[]; bayOf: DemoEvse[] };

export function createChargingNetwork(
  seed: number,
  roster: readonly FleetVehicle[],
  cities: readonly CityMap[],
): ChargingNetwork {
  const draft: Draft = { locations: [], evses: [], bayOf: [] };
  DEMO_DEPOTS.forEach((town, depot) => {
    const city = cities[depot];
    if (!city) return;
    addYards(
      draft,
      town,
      depot,
      city,
      roster.filter((vehicle) => vehicle.depot === depot),
    );
    addPublicSites(draft, seed, town, depot, city);
  });
  return { ...draft, ...bookHours(seed, roster, draft) };
}

function addYards(
  draft: Draft,
  town: DemoDepot,
  depot: number,
  city: CityMap,
  vehicles: readonly FleetVehicle[],
): void {
  const gate = city.atNode(0);
  const columns = Math.max(6, Math.ceil(Math.sqrt(vehicles.length * 2.4)));
  let location: DemoLocation | undefined;
  for (const vehicle of vehicles) {
    if (vehicle.bay % BAYS_PER_LOCATION === 0) {
      const yard = vehicle.bay / BAYS_PER_LOCATION;
      location = {
        index: draft.locations.length,
        depot,
        id: `LOC-${town.code}-D${yard + 1}`,
        name: vehicles.length > BAYS_PER_LOCATION ? `${town.name}, yard ${yard + 1}` : town.name,
        address: `${town.name} depot, gate ${yard + 1}`,
        partyId: DEPOT_OPERATOR.partyId,
        operator: DEPOT_OPERATOR.name,
        isDepot: true,
        pricePerKwh: town.depotPricePerKwh,
        latitude: city.network.plane.latitudeOf(gate.y),
        longitude: city.network.plane.longitudeOf(gate.x),
        evses: [],
      };
      draft.locations.push(location);
    }
    if (!location) continue;
    const x = gate.x + 18 + (vehicle.bay % columns) * 5;
    const y = gate.y + 16 + Math.floor(vehicle.bay / columns) * 15;
    const place = { poi: 0, x, y };
    const dc = vehicle.model.bayKw > 43;
    draft.bayOf[vehicle.index] = addEvse(
      draft,
      town,
      location,
      city,
      place,
      dc,
      vehicle.model.bayKw,
      vehicle.index,
      false,
    );
  }
}

function addPublicSites(draft: Draft, seed: number, town: DemoDepot, depot: number, city: CityMap): void {
  for (let site = 0; site < city.publicSites; site++) {
    const random = randomFor(seed, 'site', depot, site);
    const operator = random.pick(town.operators);
    const node = city.atNode(site + 1);
    const quarter = town.quarters[site] ?? 'Centre';
    const location: DemoLocation = {
      index: draft.locations.length,
      depot,
      id: `LOC-${town.code}-P${String(site + 1).padStart(2, '0')}`,
      name: quarter,
      address: `${quarter} ${random.integer(1, 90)}`,
      partyId: operator.partyId,
      operator: operator.name,
      isDepot: false,
      pricePerKwh: operator.pricePerKwh,
      latitude: city.network.plane.latitudeOf(node.y + 22),
      longitude: city.network.plane.longitudeOf(node.x + 20),
      evses: [],
    };
    draft.locations.push(location);
    const count = random.integer(2, 6);
    for (let stall = 0; stall < count; stall++) {
      const dc = stall < 2 || random.chance(0.4);
      const powerKw = dc ? random.pick([60, 120, 150]) : 22;
      const place = { poi: site + 1, x: node.x + 14 + stall * 5, y: node.y + 20 };
      addEvse(draft, town, location, city, place, dc, powerKw, -1, stall % 2 === 0);
    }
  }
}

function addEvse(
  draft: Draft,
  town: DemoDepot,
  location: DemoLocation,
  city: CityMap,
  place: Place,
  dc: boolean,
  powerKw: number,
  owner: number,
  booked: boolean,
): DemoEvse {
  const number = String(location.evses.length + 1).padStart(3, '0');
  const evse: DemoEvse = {
    index: draft.evses.length,
    uid: `${location.id.slice(4)}-${number}`,
    evseId: `${town.countryCode}*${location.partyId}*E${location.id.slice(4).replace('-', '')}*${number}`,
    location: location.index,
    place,
    latitude: city.network.plane.latitudeOf(place.y),
    longitude: city.network.plane.longitudeOf(place.x),
    dc,
    powerKw,
    owner,
    booked,
  };
  draft.evses.push(evse);
  location.evses.push(evse.index);
  return evse;
}

/** Hands the hours of the booked EVSEs to vans and trucks that are out all day, as far as they go. */
function bookHours(
  seed: number,
  roster: readonly FleetVehicle[],
  draft: Draft,
): Pick<ChargingNetwork, 'bookingOf' | 'bookedBy'> {
  const bookingOf = new Map<number, Booking>();
  const bookedBy = new Map<number, number>();
  DEMO_DEPOTS.forEach((_, depot) => {
    const random = randomFor(seed, 'bookings', depot);
    const free: Booking[] = [];
    for (const evse of draft.evses) {
      if (!evse.booked || !evse.dc || draft.locations[evse.location]?.depot !== depot) continue;
      for (const hour of BOOKED_HOURS) free.push({ evse: evse.index, hour });
    }
    for (const vehicle of roster) {
      if (vehicle.depot !== depot || vehicle.model.class === 'bus' || vehicle.shift === 'night') continue;
      if (free.length === 0 || !random.chance(0.6)) continue;
      const [booking] = free.splice(random.integer(0, free.length - 1), 1);
      if (!booking || booking.hour * 60 < vehicle.departureMinutes + 90) continue;
      bookingOf.set(vehicle.index, booking);
      bookedBy.set(booking.evse * 24 + booking.hour, vehicle.index);
    }
  });
  return { bookingOf, bookedBy };
}
