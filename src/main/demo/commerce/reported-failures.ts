/**
 * What drivers told the control room in the days before the demo begins: at a few public sites they found no free charge point, or one that
 * was blocked or broken. The console brings them in as an operator would report them.
 */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import { hash32, randomFor } from '../seeded-random.ts';

export type ReportedFailure = {
  /** A UUID, the same for the same seed, so that a report is taken once. */
  readonly report_id: string;
  readonly vehicle_id: string;
  readonly location_id: string;
  readonly evse_uid: string;
  readonly kind: 'queue' | 'evse-blocked' | 'evse-broken' | 'detour';
  readonly at_ms: number;
};

const SITES_PER_TOWN = 4;
const DAYS = 6;
const DAY_MS = 86_400_000;

export function reportedFailures(world: DemoWorld, beginMs: number): ReportedFailure[] {
  return DEMO_DEPOTS.flatMap((_, depot) => {
    const random = randomFor(world.seed, 'reports', depot);
    const vehicles = world.roster.filter((vehicle) => vehicle.depot === depot && vehicle.model.class !== 'bus');
    const sites = world.charging.locations.filter((location) => location.depot === depot && !location.isDepot);
    if (vehicles.length === 0 || sites.length === 0) return [];
    return Array.from({ length: SITES_PER_TOWN }, () => random.pick(sites)).flatMap((site, place) =>
      // The first sites fail most; the last too seldom to be told of.
      Array.from({ length: Math.max(2, 14 - 4 * place) }, (__, index): ReportedFailure => {
        const dayMs = Math.floor(beginMs / DAY_MS) * DAY_MS - random.integer(1, DAYS) * DAY_MS;
        const localHour = random.integer(13, 19) + random.next();
        const zoneHours = (world.days[depot]?.hourOf(dayMs) ?? 0) % 24;
        const evse = world.charging.evses[random.pick(site.evses)];
        return {
          report_id: uuidOf(world.seed, depot, place, index),
          vehicle_id: random.pick(vehicles).id,
          location_id: site.id,
          evse_uid: evse?.uid ?? '',
          kind: random.pick(['queue', 'queue', 'queue', 'evse-blocked', 'evse-broken', 'detour']),
          at_ms: Math.round(dayMs + (localHour - zoneHours) * 3_600_000),
        };
      }),
    );
  });
}

function uuidOf(...parts: readonly number[]): string {
  const hex = [0, 1, 2, 3]
    .map((word) =>
      hash32('report', word, ...parts)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
