import { useMemo } from 'react';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { isFinalStatus } from '../../../shared/domain/marketplace/session.ts';
import type { Evse } from '../../../shared/domain/marketplace/evse.ts';
import { telemetry } from '../../fleet/telemetry-store.ts';
import type { VehiclePlaces } from '../../fleet/vehicle/vehicle-columns.ts';
import { useFeed } from '../../link/use-feed.ts';
import { chargePointName } from '../../marketplace/charge-point/charge-point-words.ts';
import { makeBayFinder } from '../../marketplace/charge-point/own-bay.ts';
import { depotOfLocations } from '../../marketplace/charge-point/depot-bays.ts';

/** What the vehicle list says of places, which are the depots' and the marketplace's to know. */
export function usePlaces(depots: ReadonlyMap<string, Depot>): VehiclePlaces {
  const sessions = useFeed('marketplace/sessions');
  const evses = useFeed('marketplace/evses');
  // By itself: both feeds change several times a second, and the charge points are thousands.
  const bayAt = useMemo(() => makeBayFinder(evses.records.values()), [evses]);
  return useMemo(() => {
    const plugs = new Map<string, string>();
    const owners = depotOfLocations(depots.values());
    const nameOf = (evse: Evse) => (owners.has(evse.locationId.toLowerCase()) ? evse.label : chargePointName(evse));
    for (const session of sessions.records.values()) {
      if (session.vehicleId === undefined || isFinalStatus(session.status)) continue;
      const evse = evses.records.get(session.evseKey);
      plugs.set(session.vehicleId, evse === undefined ? session.evseKey : nameOf(evse));
    }
    return {
      depotOf: (vehicle) => depots.get(vehicle.depotId),
      plugOf: (vehicle) => {
        const told = plugs.get(vehicle.id);
        if (told !== undefined) return told;
        const report = telemetry.read(vehicle.number);
        if (report?.activity !== 'plugged') return undefined;
        const evse = bayAt(report);
        return evse === undefined ? '—' : nameOf(evse);
      },
    };
  }, [depots, sessions, evses, bayAt]);
}
