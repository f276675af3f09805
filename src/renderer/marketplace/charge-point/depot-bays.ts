/** Charge points by depot, and sessions by whose charge points they use. */
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import type { Evse, EvseStatus } from '../../../shared/domain/marketplace/evse.ts';
import { isFinalStatus, type Session } from '../../../shared/domain/marketplace/session.ts';
import { compareKeys } from '../../instruments/grid/frozen-order.ts';
import { BAY_ORDER } from './charge-point-words.ts';

export type DepotBays = {
  /** In the order of their labels, so a bay keeps its place in the strip. */
  readonly bays: readonly Evse[];
  readonly counts: readonly { readonly status: EvseStatus; readonly count: number }[];
  readonly newestChangeAtMs: number | undefined;
};

export function depotOfLocations(depots: Iterable<Depot>): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const depot of depots)
    for (const locationId of depot.locationIds) owners.set(locationId.toLowerCase(), depot.id);
  return owners;
}

export function baysByDepot(depots: Iterable<Depot>, evses: Iterable<Evse>): ReadonlyMap<string, DepotBays> {
  const all = [...depots];
  const owners = depotOfLocations(all);
  const bays = new Map<string, Evse[]>(all.map((depot) => [depot.id, []]));
  for (const evse of evses) {
    if (evse.status !== 'REMOVED') bays.get(owners.get(evse.locationId.toLowerCase()) ?? '')?.push(evse);
  }
  return new Map(
    [...bays].map(([depotId, list]) => {
      const sorted = list.toSorted((one, other) => compareKeys(one.label, other.label, false));
      const byStatus = new Map<EvseStatus, number>();
      for (const { status } of list) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
      const counts = BAY_ORDER.map((status) => ({ status, count: byStatus.get(status) ?? 0 }));
      const newest = list.reduce((latest, evse) => Math.max(latest, evse.statusAtMs), 0);
      return [
        depotId,
        {
          bays: sorted,
          counts: counts.filter(({ count }) => count > 0),
          newestChangeAtMs: newest === 0 ? undefined : newest,
        },
      ];
    }),
  );
}

export type RunningSessions = {
  readonly own: number;
  readonly elsewhere: number;
  readonly newestAtMs: number | undefined;
};

export function countRunning(
  sessions: Iterable<Session>,
  evses: ReadonlyMap<string, Evse>,
  depots: Iterable<Depot>,
): RunningSessions {
  const owners = depotOfLocations(depots);
  let own = 0;
  let elsewhere = 0;
  let newestAtMs: number | undefined;
  for (const session of sessions) {
    if (isFinalStatus(session.status)) continue;
    const locationId = evses.get(session.evseKey)?.locationId ?? session.evseKey.split('/')[0] ?? '';
    if (owners.has(locationId.toLowerCase())) own++;
    else elsewhere++;
    if (session.updatedAtMs > (newestAtMs ?? 0)) newestAtMs = session.updatedAtMs;
  }
  return { own, elsewhere, newestAtMs };
}
