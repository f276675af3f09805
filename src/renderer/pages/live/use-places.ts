import { useMemo } from 'react';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { isFinalStatus } from '../../../shared/domain/marketplace/session.ts';
import type { VehiclePlaces } from '../../fleet/vehicle/vehicle-columns.ts';
import { useFeed } from '../../link/use-feed.ts';
import { chargePointName } from '../../marketplace/charge-point/charge-point-words.ts';
import { depotOfLocations } from '../../marketplace/charge-point/depot-bays.ts';

/** What the vehicle list says of places, which are the depots' and the marketplace's to know. */
export function usePlaces(depots: ReadonlyMap<string, Depot>): VehiclePlaces {
  const sessions = useFeed('marketplace/sessions');
  const evses = useFeed('marketplace/evses');
  return useMemo(() => {
    const plugs = new Map<string, string>();
    const owners = depotOfLocations(depots.values());
    for (const session of sessions.records.values()) {
      if (session.vehicleId === undefined || isFinalStatus(session.status)) continue;
      const evse = evses.records.get(session.evseKey);
      const isOwn = evse !== undefined && owners.has(evse.locationId.toLowerCase());
      plugs.set(session.vehicleId, evse === undefined ? session.evseKey : isOwn ? evse.label : chargePointName(evse));
    }
    return {
      depotOf: (vehicle) => depots.get(vehicle.depotId),
      plugOf: (vehicleId) => plugs.get(vehicleId),
    };
  }, [depots, sessions, evses]);
}
