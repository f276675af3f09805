/** The fleet as the Live page's parts share it: vehicles and depots in order, and the census of the present filter. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Depot, Vehicle } from '../../shared/domain/fleet/vehicle.ts';
import { useFeed } from '../link/use-feed.ts';
import { nowMs, onTick } from '../instruments/clock/profile-clock.ts';
import { sameMembers, takeCensus, type FleetCensus } from './filter/fleet-census.ts';
import type { FleetFilter } from './filter/fleet-filter.ts';
import { clockRate } from './freshness-now.ts';
import { receiveTelemetry, telemetry } from './telemetry-store.ts';

export type Fleet = {
  /** False until both feeds have given their first snapshot. */
  readonly isLoaded: boolean;
  readonly vehicles: readonly Vehicle[];
  readonly vehiclesByNumber: ReadonlyMap<number, Vehicle>;
  readonly vehiclesById: ReadonlyMap<string, Vehicle>;
  readonly depots: ReadonlyMap<string, Depot>;
};

export function useFleet(): Fleet {
  const vehicleView = useFeed('fleet/vehicles');
  const depotView = useFeed('fleet/depots');
  const vehicles = useMemo(() => {
    const list = [...vehicleView.records.values()];
    return {
      vehicles: list,
      vehiclesByNumber: new Map(list.map((vehicle) => [vehicle.number, vehicle])),
      vehiclesById: new Map(list.map((vehicle) => [vehicle.id, vehicle])),
    };
  }, [vehicleView]);
  const depots = useMemo(() => new Map(depotView.records), [depotView]);
  const isLoaded = vehicleView.phase !== 'loading' && depotView.phase !== 'loading';
  return useMemo(() => ({ isLoaded, ...vehicles, depots }), [isLoaded, vehicles, depots]);
}

export type FleetView = {
  readonly census: FleetCensus;
  /** The same function until the filter or its members change: map and grid redraw only then. */
  readonly isShown: (vehicleNumber: number) => boolean;
};

const CENSUS_EVERY_MS = 1000;

/** Filters at once when the operator changes something; afterwards follows the vehicles once a second. */
export function useFleetView(fleet: Fleet, filter: FleetFilter): FleetView {
  useEffect(receiveTelemetry, []);
  const take = () => takeCensus(fleet.vehicles, fleet.depots, telemetry, filter, nowMs(), clockRate());
  const [census, setCensus] = useState(take);
  const takeLatest = useRef(take);
  takeLatest.current = take;
  const asked = useRef({ fleet, filter });
  let current = census;
  if (asked.current.fleet !== fleet || asked.current.filter !== filter) {
    // A keystroke in the filter must show in this very frame, not in the next second's.
    asked.current = { fleet, filter };
    current = take();
    setCensus(current);
  }
  useEffect(() => {
    const stopTick = onTick(CENSUS_EVERY_MS, () => {
      if (!document.hidden) setCensus(takeLatest.current());
    });
    const stopWhole = telemetry.onChange((change) => {
      // The first frame after a start: nobody should look at "0 reporting" for a second.
      if (change.whole) setCensus(takeLatest.current());
    });
    return () => {
      stopTick();
      stopWhole();
    };
  }, [fleet, filter]);

  const members = useRef(current.members);
  if (!sameMembers(members.current, current.members)) members.current = current.members;
  const stable = members.current;
  const isShown = useMemo(() => (vehicleNumber: number) => stable[vehicleNumber] === 1, [stable]);
  return { census: current, isShown };
}
