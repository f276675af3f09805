/** The stream `fleet`: depots and vehicles. */
import type { Depot, Vehicle } from '../../shared/domain/fleet/vehicle.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { refuse } from '../../shared/kernel/result.ts';
import type { Topic } from '../feed/feed-hub.ts';
import { itemKind, type StreamDefinition } from '../marketplace-link/stream-definition.ts';
import { itemKinds } from '../marketplace-link/wire/v1/item-kinds.ts';
import { parseDateTimeMs } from '../marketplace-link/wire/v1/primitives.ts';
import { deleteDuty, forgetDuties, putDuty } from './duty-table.ts';
import { forgetDepots, putDepot, readDepot, readDepots } from './depot-table.ts';
import { deleteVehicle, forgetVehicles, putVehicle, readVehicle, readVehicles } from './vehicle-table.ts';

export type FleetTopics = { readonly vehicles: Topic<Vehicle>; readonly depots: Topic<Depot> };

/** Both are called after the commit. */
export type FleetListeners = { readonly depotsChanged: () => void; readonly dutiesChanged: () => void };

export function fleetStream(topics: FleetTopics, listeners: FleetListeners): StreamDefinition {
  const { depotsChanged, dutiesChanged } = listeners;
  return {
    name: 'fleet',
    kinds: {
      'depot.put': itemKind(itemKinds.fleet['depot.put'], (tx, depot) => {
        putDepot(tx, depot);
        const stored = readDepot(tx, depot.id);
        assert(stored !== undefined, 'a depot that was put is there');
        tx.afterCommit(() => {
          topics.depots.upsert([stored]);
          depotsChanged();
        });
      }),
      'vehicle.put': itemKind(itemKinds.fleet['vehicle.put'], (tx, vehicle) => {
        putVehicle(tx, vehicle);
        const stored = readVehicle(tx, vehicle.id);
        assert(stored !== undefined, 'a vehicle that was put is there');
        tx.afterCommit(() => topics.vehicles.upsert([stored]));
      }),
      'vehicle.delete': itemKind(itemKinds.fleet['vehicle.delete'], (tx, { id, last_updated: at }) => {
        const storedId = deleteVehicle(tx, id, parseDateTimeMs(at));
        if (storedId === undefined) return 'unchanged';
        tx.afterCommit(() => topics.vehicles.remove([storedId]));
        return undefined;
      }),
      'duty.put': itemKind(itemKinds.fleet['duty.put'], (tx, duty) => {
        if (parseDateTimeMs(duty.return_at) <= parseDateTimeMs(duty.depart_at))
          return refuse(
            'duty-ends-early',
            `Duty ${duty.id} returns before it departs. The fleet’s system must correct it.`,
          );
        if (!putDuty(tx, duty)) return 'unchanged';
        tx.afterCommit(dutiesChanged);
        return undefined;
      }),
      'duty.delete': itemKind(itemKinds.fleet['duty.delete'], (tx, { id }) => {
        if (!deleteDuty(tx, id)) return 'unchanged';
        tx.afterCommit(dutiesChanged);
        return undefined;
      }),
    },
    restart: (tx) => {
      const vehicleIds = readVehicles(tx).map((vehicle) => vehicle.id);
      const depotIds = readDepots(tx).map((depot) => depot.id);
      forgetVehicles(tx);
      forgetDepots(tx);
      forgetDuties(tx);
      tx.afterCommit(() => {
        topics.vehicles.remove(vehicleIds);
        topics.depots.remove(depotIds);
        depotsChanged();
        dutiesChanged();
      });
    },
  };
}
