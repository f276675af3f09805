/** Which meters hang on a demo depot's line. Invariant: a pure function of seed and depot; serial numbers are unique. */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import { hash32, hashUnit } from '../seeded-random.ts';

export type DemoMeter = {
  readonly id: string;
  readonly name: string;
  readonly role: 'incomer' | 'feeder';
  readonly unitAddress: number;
  readonly serialNumber: number;
};

/** In the order of their unit addresses, 1 to 3: the site, and the two parts it consists of. */
export type DepotMeters = readonly [site: DemoMeter, yard: DemoMeter, building: DemoMeter];

export function metersOf(seed: number, depot: number): DepotMeters {
  const meter = (unitAddress: number, name: string, role: DemoMeter['role']): DemoMeter => ({
    id: `MTR-${DEMO_DEPOTS[depot]?.code ?? 'X'}-${unitAddress}`,
    name,
    role,
    unitAddress,
    serialNumber: 20_000_000 + (hash32(seed, 'meter-serial') % 1_000_000) * 10 + depot * 3 + unitAddress,
  });
  return [
    meter(1, 'Site incomer', 'incomer'),
    meter(2, 'Charging yard feeder', 'feeder'),
    meter(3, 'Building feeder', 'feeder'),
  ];
}

/** Enough for all bays of the depot at once and half as much again for the building, in steps of 100 A. */
export function ratedCurrentOf(world: DemoWorld, depot: number): number {
  const { locations, evses } = world.charging;
  const baysW = locations
    .filter((location) => location.isDepot && location.depot === depot)
    .flatMap((location) => location.evses)
    .reduce((sumW, evse) => sumW + (evses[evse]?.powerKw ?? 0) * 1000, 0);
  return Math.max(100, Math.ceil((baysW * 1.5) / (3 * 230) / 100) * 100);
}

/** What a feeder's meter had counted before the demo's first moment. */
export function countedBeforeWh(seed: number, depot: number, part: 'yard' | 'building'): number {
  const [leastWh, mostWh] = part === 'yard' ? [24e6, 60e6] : [9e6, 20e6];
  return leastWh + (mostWh - leastWh) * hashUnit(seed, 'counted-before', depot, part);
}

/** Shares of the three phases, a little uneven; they add up to one. */
export function phaseShares(seed: number, depot: number, part: 'yard' | 'building'): readonly [number, number, number] {
  const first = 1 / 3 + 0.03 * (hashUnit(seed, 'phase-1', depot, part) - 0.5);
  const second = 1 / 3 + 0.03 * (hashUnit(seed, 'phase-2', depot, part) - 0.5);
  return [first, second, 1 - first - second];
}
