/** Everything about the demo that never changes while it runs: cities, fleet, charge points, calendars. */
import { createChargingNetwork, type ChargingNetwork } from './fleet/charging-network.ts';
import { createCityMap, type CityMap } from './streets/city-map.ts';
import { DEMO_DEPOTS } from './demo-depots.ts';
import { createRoster, type FleetVehicle } from './fleet/fleet-roster.ts';
import { createLocalDays, type LocalDays } from './fleet/local-day.ts';

export type DemoWorld = {
  readonly seed: number;
  readonly roster: readonly FleetVehicle[];
  readonly cities: readonly CityMap[];
  readonly charging: ChargingNetwork;
  /** Local calendar of each depot. */
  readonly days: readonly LocalDays[];
};

export function createDemoWorld(seed: number, vehicles: number): DemoWorld {
  const roster = createRoster(seed, vehicles);
  const cities = DEMO_DEPOTS.map((_, depot) => createCityMap(seed, depot, vehicles));
  return {
    seed,
    roster,
    cities,
    charging: createChargingNetwork(seed, roster, cities),
    days: DEMO_DEPOTS.map((depot) => createLocalDays(depot.timeZone)),
  };
}
