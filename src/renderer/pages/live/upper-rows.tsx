/** Over map and list: the figures, and the filter that both obey. */
import type { Ref } from 'react';
import { FilterBar } from '../../fleet/filter/filter-bar.tsx';
import type { FleetCensus } from '../../fleet/filter/fleet-census.ts';
import type { FleetFilter, Heading } from '../../fleet/filter/fleet-filter.ts';
import { FleetTiles } from '../../fleet/fleet-tiles.tsx';
import type { Fleet } from '../../fleet/use-fleet.ts';
import { useMarketplaceLink } from '../../marketplace/marketplace-link.ts';
import { SessionsTile } from '../../marketplace/session/sessions-tile.tsx';

type UpperRowsProps = {
  readonly fleet: Fleet;
  readonly census: FleetCensus;
  readonly filter: FleetFilter;
  readonly onFilter: (filter: FleetFilter, options?: { readonly replace?: boolean }) => void;
  readonly onClear: () => void;
  readonly selectedId: string | undefined;
  readonly onVehicle: (vehicleId: string) => void;
  readonly onLeaveToList: () => void;
  readonly input: Ref<HTMLInputElement>;
};

const AT_A_CHARGER: readonly Heading[] = ['charging', 'plugged'];

export function UpperRows(props: UpperRowsProps) {
  const { fleet, census, filter, onFilter } = props;
  const link = useMarketplaceLink();
  const showsChargers =
    filter.headings.length === AT_A_CHARGER.length &&
    AT_A_CHARGER.every((heading) => filter.headings.includes(heading));
  return (
    <>
      <FleetTiles
        census={census}
        headings={filter.headings}
        onHeadings={(headings) => onFilter({ ...filter, headings })}
        selectedId={props.selectedId}
        onVehicle={props.onVehicle}
        zoneOf={(depotId) => fleet.depots.get(depotId)?.timeZone ?? 'UTC'}
        whySilent={link.isLive ? undefined : 'link lost'}
        sessions={
          <SessionsTile
            depots={fleet.depots}
            isPressed={showsChargers}
            onPress={() => onFilter({ ...filter, headings: showsChargers ? [] : AT_A_CHARGER })}
          />
        }
      />
      <FilterBar
        filter={filter}
        onFilter={onFilter}
        onClear={props.onClear}
        onLeaveToList={props.onLeaveToList}
        census={census}
        depots={fleet.depots}
        input={props.input}
      />
    </>
  );
}
