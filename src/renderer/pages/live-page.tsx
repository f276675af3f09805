/**
 * The Live page: where everything is and what it does, on one screen. Filter, selection, map view and sort stand in the
 * link; list, map, tiles and depot cards all show the same filter and change it.
 */
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Depot } from '../../shared/domain/fleet/vehicle.ts';
import { isFiltering } from '../fleet/filter/fleet-filter.ts';
import { telemetry } from '../fleet/telemetry-store.ts';
import { useFleet, useFleetView } from '../fleet/use-fleet.ts';
import { VehicleGrid } from '../fleet/vehicle/vehicle-grid.tsx';
import type { GridHandle } from '../instruments/grid/record-grid.tsx';
import type { MapView } from '../instruments/map/open-map.ts';
import { stopSession } from '../marketplace/session/issue-session-command.ts';
import { SessionCommandToasts } from '../marketplace/session/session-command-toasts.tsx';
import { StartSessionDialog } from '../marketplace/session/start-session-dialog.tsx';
import { useVehicleCharging, type VehicleCharging } from '../marketplace/session/vehicle-charging.ts';
import { LiveMap } from './live-map.tsx';
import type { LiveSearch } from './live-search.ts';
import { LowerPanel } from './live/lower-panel.tsx';
import { SplitHandle } from './live/split-handle.tsx';
import { UpperRows } from './live/upper-rows.tsx';
import { useLiveKeys } from './live/use-live-keys.ts';
import { useLiveFilter } from './live/use-live-filter.ts';
import { useSplits } from './live/use-splits.ts';
import { usePlaces } from './live/use-places.ts';
import { useSettledCursor } from './live/use-settled-cursor.ts';
import './live/live.css';

/** Close enough to tell the bays of a yard from the street. */
const DEPOT_ZOOM = 14;

export function LivePage() {
  const { search, patch, filter, setFilter, clearFilter } = useLiveFilter();
  const fleet = useFleet();
  const { census, isShown } = useFleetView(fleet, filter);
  const splits = useSplits();
  const places = usePlaces(fleet.depots);
  const grid = useRef<GridHandle>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const side = useRef<HTMLDivElement>(null);
  const revealsSelected = useOpenedHere(search.vehicle);
  const [isFollowing, setFollowing] = useState(false);
  const [isStarting, setStarting] = useState(false);

  useEffect(markLiving, []);

  const selected = search.vehicle === undefined ? undefined : fleet.vehiclesById.get(search.vehicle);
  const charging = useVehicleCharging(search.vehicle ?? '');
  useEffect(() => {
    setFollowing(false);
    setStarting(false);
  }, [search.vehicle]);

  const select = useCallback(
    (vehicleId: string | undefined, options?: { replace?: boolean }) => patch({ vehicle: vehicleId }, options),
    [patch],
  );
  const onCursor = useSettledCursor(search.vehicle, select);
  const close = () => {
    select(undefined);
    grid.current?.focus();
  };
  const chooseDepot = (depot: Depot) => {
    if (filter.depotId === depot.id) patch({ depot: undefined });
    else patch({ depot: depot.id, lat: depot.latitude, lon: depot.longitude, zoom: DEPOT_ZOOM });
  };
  const findPlace = useFindPlace(search.vehicle);
  const viewInLink = useViewInLink(search);
  const stop = (known: VehicleCharging) => {
    if (known.session !== undefined && known.whyNotStop === undefined) void stopSession(known.session);
  };

  useLiveKeys({
    grid,
    filterInput,
    hasVehicle: selected !== undefined,
    onFollow: () => setFollowing((now) => !now),
    onStart: () => !charging.isRunning && setStarting(true),
    onFindPlace: findPlace,
    onStop: () => stop(charging),
    onBack: () => (search.vehicle !== undefined ? close() : isFiltering(filter) && clearFilter()),
  });

  return (
    <div className="live" style={splits.style}>
      <h1 className="visually-hidden">Live</h1>
      <UpperRows
        fleet={fleet}
        census={census}
        filter={filter}
        onFilter={setFilter}
        onClear={clearFilter}
        selectedId={search.vehicle}
        onVehicle={select}
        onLeaveToList={() => grid.current?.focus()}
        input={filterInput}
      />
      <div className="live-map-place">
        <LiveMap
          visible={isShown}
          selectedVehicleNumber={selected?.number}
          revealsSelected={revealsSelected}
          onSelect={(number) => select(number === undefined ? undefined : fleet.vehiclesByNumber.get(number)?.id)}
          view={viewInLink}
          onViewChange={(next) => patch(next, { replace: true })}
          followSelected={isFollowing}
        />
      </div>
      <SplitHandle
        label="Width of the list"
        direction="vertical"
        value={100 - splits.sideShare * 100}
        onMove={splits.moveSide}
        onReset={splits.resetSide}
      />
      <div className="live-side" ref={side}>
        <VehicleGrid
          fleet={fleet}
          shownCount={census.shown}
          isShown={isShown}
          places={places}
          selectedId={search.vehicle}
          onCursor={onCursor}
          onOpen={(vehicle) => select(vehicle.id)}
          sort={search.sort}
          onSort={(sort) => patch({ sort })}
          isFiltering={isFiltering(filter)}
          onClearFilter={clearFilter}
          handle={grid}
        />
        <SplitHandle
          label="Height of the list"
          direction="horizontal"
          value={splits.upperShare * 100}
          onMove={(pixels) => splits.moveUpper(pixels, side.current?.clientHeight ?? 1)}
          onReset={splits.resetUpper}
        />
        <LowerPanel
          vehicleId={search.vehicle}
          fleet={fleet}
          census={census}
          depotId={filter.depotId}
          onDepot={chooseDepot}
          isFollowed={isFollowing}
          onFollow={() => setFollowing((now) => !now)}
          onStart={() => setStarting(true)}
          onFindPlace={findPlace}
          onStop={stop}
          onClose={close}
        />
      </div>
      {isStarting && selected !== undefined && (
        <StartSessionDialog
          vehicle={selected}
          zone={fleet.depots.get(selected.depotId)?.timeZone ?? 'UTC'}
          onClose={() => setStarting(false)}
        />
      )}
      <SessionCommandToasts openVehicleId={search.vehicle} />
    </div>
  );
}

function useViewInLink({ lat, lon, zoom }: LiveSearch): MapView | undefined {
  return useMemo(
    () => (lat === undefined || lon === undefined || zoom === undefined ? undefined : { lat, lon, zoom }),
    [lat, lon, zoom],
  );
}

/** To the Charge page, for this vehicle. */
function useFindPlace(vehicle: string | undefined): () => void {
  const navigate = useNavigate();
  return () => void navigate({ to: '/charge', search: { vehicle } } as never);
}

/** A link that names a vehicle and a view means both; a vehicle opened afterwards is wanted on the map. */
function useOpenedHere(vehicleId: string | undefined): boolean {
  const [enteredWith, setEnteredWith] = useState(vehicleId);
  if (enteredWith !== undefined && vehicleId !== enteredWith) setEnteredWith(undefined);
  return vehicleId !== enteredWith;
}

/** Tells whoever drives the window from outside that positions have been drawn. */
function markLiving(): () => void {
  const mark = () => {
    if (telemetry.count() > 0) requestAnimationFrame(() => (document.documentElement.dataset.living = 'true'));
  };
  mark();
  return telemetry.onChange(mark);
}
