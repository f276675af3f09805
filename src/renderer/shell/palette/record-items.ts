/** Vehicles, depots, chargers, meters and their lines as palette items, made again only when their feed changed. */
import type { FeedName, FeedRecord } from '../../../shared/ipc/console-api.ts';
import { recordStore, type RecordView } from '../../link/record-store.ts';
import { ROLE_WORDS } from '../../metering/meter/meter-words.ts';
import type { ChargeSearch } from '../../pages/charge/charge-search.ts';
import type { LiveSearch } from '../../pages/live-search.ts';
import type { PaletteGroup, PaletteItem } from './palette-items.ts';

/** How close the map comes to a depot or charger that was asked for. */
const NEAR_ZOOM = 15;

export type OpenRecord = {
  readonly live: (search: Partial<LiveSearch>) => void;
  readonly charge: (search: Partial<ChargeSearch>) => void;
  readonly meter: (meterId: string) => void;
  readonly line: (lineId: string) => void;
};

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

export function recordGroups(open: OpenRecord): readonly PaletteGroup[] {
  const depotName = (id: string) => recordStore('fleet/depots').view().records.get(id)?.name ?? '';
  return [
    groupOf('Vehicles', 'fleet/vehicles', (vehicle) => ({
      id: `vehicle ${vehicle.id}`,
      title: vehicle.registration,
      note: [vehicle.model, depotName(vehicle.depotId)].filter((part) => part !== '').join(' · '),
      run: () => open.live({ vehicle: vehicle.id }),
    })),
    groupOf('Depots', 'fleet/depots', (depot) => ({
      id: `depot ${depot.id}`,
      title: depot.name,
      note: depot.timeZone,
      keywords: 'depot',
      run: () => open.live({ depot: depot.id, lat: depot.latitude, lon: depot.longitude, zoom: NEAR_ZOOM }),
    })),
    groupOf('Chargers', 'marketplace/evses', (evse) => ({
      id: `charger ${evse.key}`,
      title: evse.label,
      note: [evse.locationName, evse.operatorName, evse.status.toLowerCase()].join(' · '),
      keywords: `charger ${evse.evseId ?? ''}`,
      run: () => open.live({ lat: evse.latitude, lon: evse.longitude, zoom: NEAR_ZOOM + 1 }),
    })),
    groupOf('Places to charge', 'marketplace/places', (place) => ({
      id: `place ${place.locationId}`,
      title: place.name,
      note: [place.operatorName, place.address].filter((part) => part !== '').join(' · '),
      keywords: `place charge ${place.locationId}`,
      run: () => open.charge({ place: place.locationId }),
    })),
    groupOf('Find a place to charge', 'fleet/vehicles', (vehicle) => ({
      id: `find place ${vehicle.id}`,
      title: `Find a place for ${vehicle.registration}`,
      note: [vehicle.model, depotName(vehicle.depotId)].filter((part) => part !== '').join(' · '),
      keywords: 'charge reserve',
      run: () => open.charge({ vehicle: vehicle.id }),
    })),
    groupOf('Meters', 'metering/meters', (meter) => ({
      id: `meter ${meter.id}`,
      title: meter.name,
      note: [depotName(meter.depotId), ROLE_WORDS[meter.role], meter.model].filter((part) => part !== '').join(' · '),
      keywords: `meter ${meter.id} ${meter.serialNumber ?? ''}`,
      run: () => open.meter(meter.id),
    })),
    groupOf('Meter lines', 'metering/lines', (line) => ({
      id: `line ${line.id}`,
      title: line.name,
      note: line.address,
      keywords: `line serial ${line.id}`,
      run: () => open.line(line.id),
    })),
  ];
}
