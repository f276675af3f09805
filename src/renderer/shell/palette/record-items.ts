/** Vehicles, depots and chargers as palette items, made again only when their feed changed. */
import type { FeedName, FeedRecord } from '../../../shared/ipc/console-api.ts';
import { recordStore, type RecordView } from '../../link/record-store.ts';
import type { LiveSearch } from '../../pages/live-search.ts';
import type { PaletteGroup, PaletteItem } from './palette-items.ts';

/** How close the map comes to a depot or charger that was asked for. */
const NEAR_ZOOM = 15;

export type OpenLive = (search: Partial<LiveSearch>) => void;

function groupOf<N extends FeedName>(
  name: string,
  feed: N,
  toItem: (record: FeedRecord<N>) => PaletteItem,
): PaletteGroup {
  let madeFrom: RecordView<FeedRecord<N>> | undefined;
  let items: readonly PaletteItem[] = [];
  return {
    name,
    shownUnasked: false,
    items: () => {
      const view = recordStore(feed).view();
      if (view !== madeFrom) {
        madeFrom = view;
        items = Array.from(view.records.values(), toItem);
      }
      return items;
    },
  };
}

export function recordGroups(openLive: OpenLive): readonly PaletteGroup[] {
  const depotName = (id: string) => recordStore('fleet/depots').view().records.get(id)?.name ?? '';
  return [
    groupOf('Vehicles', 'fleet/vehicles', (vehicle) => ({
      id: `vehicle ${vehicle.id}`,
      title: vehicle.registration,
      note: [vehicle.model, depotName(vehicle.depotId)].filter((part) => part !== '').join(' · '),
      run: () => openLive({ vehicle: vehicle.id }),
    })),
    groupOf('Depots', 'fleet/depots', (depot) => ({
      id: `depot ${depot.id}`,
      title: depot.name,
      note: depot.timeZone,
      keywords: 'depot',
      run: () => openLive({ depot: depot.id, lat: depot.latitude, lon: depot.longitude, zoom: NEAR_ZOOM }),
    })),
    groupOf('Chargers', 'marketplace/evses', (evse) => ({
      id: `charger ${evse.key}`,
      title: evse.label,
      note: [evse.locationName, evse.operatorName, evse.status.toLowerCase()].join(' · '),
      keywords: `charger ${evse.evseId ?? ''}`,
      run: () => openLive({ lat: evse.latitude, lon: evse.longitude, zoom: NEAR_ZOOM + 1 }),
    })),
  ];
}
