/** The bays of each depot, worked out once for each state of the feeds, however many parts of a page ask. */
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import type { Evse } from '../../../shared/domain/marketplace/evse.ts';
import type { RecordView } from '../../link/record-store.ts';
import { useFeed } from '../../link/use-feed.ts';
import { baysByDepot, type DepotBays } from './depot-bays.ts';

type Worked = {
  readonly depots: RecordView<Depot>;
  readonly evses: RecordView<Evse>;
  readonly bays: ReadonlyMap<string, DepotBays>;
};

let last: Worked | undefined;

export function useDepotBays(): ReadonlyMap<string, DepotBays> {
  return workOut(useFeed('fleet/depots'), useFeed('marketplace/evses'));
}

function workOut(depots: RecordView<Depot>, evses: RecordView<Evse>): ReadonlyMap<string, DepotBays> {
  if (last?.depots !== depots || last.evses !== evses)
    last = { depots, evses, bays: baysByDepot(depots.records.values(), evses.records.values()) };
  return last.bays;
}
