/**
 * The Charge page: where one vehicle can charge now or at a time, what it costs under its contract, and the deeds that follow.
 * Without a vehicle it shows all places with what is free. Everything chosen stands in the link; list and map share one filter.
 */
import './charge-page.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useFleet, type Fleet } from '../../fleet/use-fleet.ts';
import { receiveTelemetry } from '../../fleet/telemetry-store.ts';
import type { GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useFeed } from '../../link/use-feed.ts';
import { PlaceGrid } from '../../marketplace/place/place-grid.tsx';
import { isFilteringPlaces, NO_PLACE_FILTER } from '../../marketplace/place/place-filter.ts';
import { makeRowJoiner, type PlaceRow } from '../../marketplace/place/place-row.ts';
import { SessionCommandToasts } from '../../marketplace/session/session-command-toasts.tsx';
import { SplitHandle } from '../live/split-handle.tsx';
import { useSettledCursor } from '../live/use-settled-cursor.ts';
import { useSplits } from '../live/use-splits.ts';
import { useChargeSearch, type ChargeSearch } from './charge-search.ts';
import { ChargeMap } from './map/charge-map.tsx';
import { NeedBar } from './need-bar.tsx';
import { LowerPanel } from './panel/lower-panel.tsx';
import { usePlaceActs } from './panel/use-place-acts.ts';
import { PartyStrip } from './party-strip.tsx';
import { PlaceFilterBar } from './place-filter-bar.tsx';
import { useAssessment, type Assessment } from './use-assessment.ts';
import { useChargeKeys } from './use-charge-keys.ts';
import { usePlaceFilter } from './use-place-filter.ts';

export function ChargePage() {
  const [search, patch] = useChargeSearch();
  const fleet = useFleet();
  const assessment = useAssessment(search);
  const { rows, byKey, isLoaded } = usePlaceRows(assessment);
  const { filter, setFilter, isShown } = usePlaceFilter(search, patch);
  const shownCount = useMemo(() => rows.reduce((count, row) => count + (isShown(row) ? 1 : 0), 0), [rows, isShown]);
  const splits = useSplits(CHARGE_SPLITS);
  const grid = useRef<GridHandle>(null);
  const side = useRef<HTMLDivElement>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const vehicleInput = useRef<HTMLInputElement>(null);
  useEffect(receiveTelemetry, []);

  const { vehicle, zone } = vehicleOf(fleet, search);
  const row = search.place === undefined ? undefined : byKey.get(search.place);
  const deeds = usePlaceActs(row, vehicle?.id);
  const parties = useFeed('marketplace/parties');
  useOrderOfNow(grid, assessment);

  const open = useCallback(
    (key: string | undefined, options?: { readonly replace?: boolean }) => patch({ place: key }, options),
    [patch],
  );
  const onCursor = useSettledCursor(search.place, open);
  const close = () => {
    open(undefined);
    grid.current?.focus();
  };
  const clearFilter = () => setFilter(NO_PLACE_FILTER);
  useChargeKeys({
    grid,
    filterInput,
    vehicleInput,
    deeds: row === undefined ? undefined : deeds,
    onBack: () => (search.place !== undefined ? close() : isFilteringPlaces(filter) && clearFilter()),
  });
  const placeName = (evseKey: string) => {
    const at = evseKey.indexOf('/');
    return byKey.get(evseKey.slice(0, at))?.place.name ?? evseKey;
  };

  return (
    <div className="charge-page" style={splits.style}>
      <h1 className="visually-hidden">Charge</h1>
      <NeedBar
        search={search}
        patch={patch}
        vehicles={fleet.vehicles}
        vehicle={vehicle}
        zone={zone}
        need={assessment.need}
        failure={assessment.failure}
        input={vehicleInput}
      />
      <PartyStrip parties={parties.records.values()} />
      <PlaceFilterBar
        filter={filter}
        onFilter={setFilter}
        onClear={clearFilter}
        onLeaveToList={() => grid.current?.focus()}
        rows={rows}
        shownCount={shownCount}
        hasVehicle={vehicle !== undefined}
        input={filterInput}
      />
      <div className="charge-parts">
        <PlaceGrid
          rows={rows}
          isLoaded={isLoaded}
          isShown={isShown}
          shownCount={shownCount}
          forWhom={assessment.need === undefined ? undefined : vehicle?.registration}
          selectedKey={search.place}
          onCursor={({ key }) => onCursor({ id: key })}
          onOpen={({ key }) => open(key)}
          sort={search.sort}
          onSort={(sort) => patch({ sort })}
          isFiltering={isFilteringPlaces(filter)}
          onClearFilter={clearFilter}
          handle={grid}
        />
        <SplitHandle
          label="Width of the map"
          direction="vertical"
          value={100 - splits.sideShare * 100}
          onMove={splits.moveSide}
          onReset={splits.resetSide}
        />
        <div className="live-side" ref={side}>
          <ChargeMap
            rows={rows}
            isShown={isShown}
            selected={row}
            vehicle={vehicle}
            onSelect={open}
            view={useView(search)}
            onViewChange={(next) => patch(next, { replace: true })}
          />
          <SplitHandle
            label="Height of the map"
            direction="horizontal"
            value={splits.upperShare * 100}
            onMove={(pixels) => splits.moveUpper(pixels, side.current?.clientHeight ?? 1)}
            onReset={splits.resetUpper}
          />
          <LowerPanel
            search={search}
            row={row}
            isLoaded={isLoaded}
            vehicle={vehicle}
            zone={zone}
            need={assessment.need}
            deeds={deeds}
            placeName={placeName}
            onClose={close}
          />
        </div>
      </div>
      <SessionCommandToasts openVehicleId={vehicle?.id} />
    </div>
  );
}

/** The list of prices takes the larger part; the panel of a place needs more than half the height beside it. */
const CHARGE_SPLITS = {
  storedAs: 'switchyard.charge.splits',
  upperShare: 0.36,
  suggestSidePx: (windowWidth: number) => Math.round(Math.min(680, Math.max(470, windowWidth * 0.36))),
};

function usePlaceRows({ byPlace }: Assessment) {
  const places = useFeed('marketplace/places');
  const parties = useFeed('marketplace/parties');
  const [join] = useState(makeRowJoiner);
  const rows = useMemo(() => join(places.records.values(), parties.records, byPlace), [join, places, parties, byPlace]);
  const byKey = useMemo(() => new Map<string, PlaceRow>(rows.map((row) => [row.key, row])), [rows]);
  return { rows, byKey, isLoaded: places.phase !== 'loading' };
}

function vehicleOf(fleet: Fleet, search: ChargeSearch) {
  const vehicle = search.vehicle === undefined ? undefined : fleet.vehiclesById.get(search.vehicle);
  const depot = vehicle === undefined ? undefined : fleet.depots.get(vehicle.depotId);
  const [first] = fleet.depots.values();
  return { vehicle, zone: (depot ?? first)?.timeZone ?? 'UTC' };
}

/** Prices of another vehicle or need make another order, at once; prices that move with time do not move the rows. */
function useOrderOfNow(grid: { readonly current: GridHandle | null }, { need }: Assessment): void {
  const question = need === undefined ? '' : `${need.vehicleId} ${need.energyWh > 0}`;
  useEffect(() => {
    const frame = requestAnimationFrame(() => grid.current?.renewOrder());
    return () => cancelAnimationFrame(frame);
  }, [grid, question]);
}

function useView({ lat, lon, zoom }: ChargeSearch) {
  return useMemo(
    () => (lat === undefined || lon === undefined || zoom === undefined ? undefined : { lat, lon, zoom }),
    [lat, lon, zoom],
  );
}
