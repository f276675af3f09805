/**
 * The live map's layers put together: base map, depots, charge points, trail, vehicles. An imperative object, because the
 * map lives by frames and React by renders; `live-map.tsx` hands it what changed and hears what the operator did.
 */
import L from 'leaflet';
import type { Depot, Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import type { Evse } from '../../../shared/domain/marketplace/evse.ts';
import { createDepotMapLayer, type DepotFill } from '../../fleet/map/depot-map-layer.ts';
import { createVehicleMapLayer } from '../../fleet/map/vehicle-map-layer.ts';
import { createVehicleTrail, TRAIL_GAP_MS, TRAIL_MS } from '../../fleet/map/vehicle-trail.ts';
import { telemetry } from '../../fleet/telemetry-store.ts';
import { createPlaneLayer } from '../../instruments/map/base/plane-layer.ts';
import { onThemeChange, readMapColours } from '../../instruments/map/map-colours.ts';
import { openMap, sameView, viewOf, type MapView } from '../../instruments/map/open-map.ts';
import { drawTrail, type TrailPoint } from '../../instruments/map/trail.ts';
import { ops } from '../../link/ops-client.ts';
import {
  drawEvses,
  evseAt,
  EVSES_FROM_ZOOM,
  placeEvses,
  type PlacedEvse,
} from '../../marketplace/charge-point/evse-map-layer.ts';
import { createBaseMap, type BaseNotice } from './base-map.ts';
import { followPlace } from './follow-place.ts';
import type { LayerChoice } from './layer-choice.ts';
import { watchOutside } from './watch-outside.ts';
import { watchPointer, type ScreenPoint } from './watch-pointer.ts';

export type SceneEvents = {
  readonly onView: (view: MapView) => void;
  /** Vehicles under a click, nearest first; empty when nothing was hit. */
  readonly onVehicles: (vehicleNumbers: readonly number[], at: ScreenPoint) => void;
  /** What the pointer rests on. */
  readonly onHover: (text: string | undefined, at: ScreenPoint) => void;
  /** The operator moved the map away from the vehicle it follows. */
  readonly onFollowPaused: (paused: boolean) => void;
  /** The selected vehicle left the view, or came into it. */
  readonly onSelectedOutside: (isOutside: boolean) => void;
  readonly onNotice: (notice: BaseNotice | undefined) => void;
};

export type SceneFacts = {
  readonly nowMs: () => number;
  readonly clockRate: () => number;
  readonly describe: (vehicleNumber: number, atMs: number) => { readonly name: string; readonly note: string };
  readonly describeEvse: (evse: Evse) => string;
};

export type LiveMapScene = ReturnType<typeof openLiveMapScene>;

/** From farther away a vehicle is a dot among dots. */
const REVEAL_ZOOM = 11;

/** The streets around it, and whoever else is there. */
const NEAR_ZOOM = 14;

const FIT: L.FitBoundsOptions = { padding: [48, 48], maxZoom: 15 };

export function openLiveMapScene(element: HTMLElement, firstView: MapView, events: SceneEvents, facts: SceneFacts) {
  const map = openMap(element, firstView);
  let colours = readMapColours(element);
  const base = createBaseMap(map, events.onNotice);
  const traces = createPlaneLayer('tracePane', false);
  map.addLayer(traces.layer);
  const vehicles = createVehicleMapLayer({
    telemetry,
    colours,
    nowMs: facts.nowMs,
    clockRate: facts.clockRate,
    describe: facts.describe,
  });
  const depots = createDepotMapLayer((depot) => fitDepot(depot));
  const trail = createVehicleTrail(
    telemetry,
    (input) => ops.query('fleet/vehicle-history', input),
    facts.nowMs,
    (points) => {
      trailPoints = points;
      drawTraces();
    },
  );
  const follow = followPlace(map, events.onFollowPaused);
  const outside = watchOutside(map, events.onSelectedOutside);
  let choice: LayerChoice | undefined;
  let trailPoints: readonly TrailPoint[] = [];
  let evses: readonly PlacedEvse[] = [];
  let toldView = firstView;
  let homeOf = new Map<number, string>();

  base.setColours(colours);
  const stops = [
    vehicles.start(map),
    depots.start(map),
    trail.start(),
    vehicles.onSelectedMoved(follow.takePlace),
    vehicles.onSelectedMoved(outside.takePlace),
    onThemeChange(() => {
      colours = readMapColours(element);
      vehicles.setColours(colours);
      base.setColours(colours);
      drawTraces();
    }),
    watchPointer(
      map,
      {
        vehiclesAt: vehicles.vehiclesAt,
        cellBoundsAt: vehicles.cellBoundsAt,
        nameVehicle: nameVehicleBy(facts),
        nameOther: (at) => nameEvse(evseUnder(at), facts),
      },
      { ...events, onCell: (bounds) => map.flyToBounds(bounds.pad(0.2), { ...FIT, duration: 0.5 }) },
    ),
    onResize(element, () => map.invalidateSize({ debounceMoveend: true })),
  ];

  function drawTraces(): void {
    if (choice === undefined) return;
    const showsEvses = choice['charge-points'] && evses.length > 0 && map.getZoom() >= EVSES_FROM_ZOOM;
    const showsTrail = choice.trail && trailPoints.length > 1;
    traces.setDrawings([
      ...(showsEvses ? [drawEvses(evses, colours)] : []),
      ...(showsTrail
        ? [drawTrail(trailPoints, { colour: colours.selection, spanMs: TRAIL_MS, longestGapMs: TRAIL_GAP_MS })]
        : []),
    ]);
  }

  function evseUnder(at: L.Point): Evse | undefined {
    const corner = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
    const zoom = map.getZoom();
    const view = { scale: 256 * 2 ** zoom, left: corner.x, top: corner.y, width: 0, height: 0 };
    return choice?.['charge-points'] === true ? evseAt(evses, at.x, at.y, view, zoom) : undefined;
  }

  function fit(places: readonly (readonly [number, number])[]): void {
    if (places.length === 0) return;
    follow.pause();
    map.fitBounds(L.latLngBounds(places.map(([lat, lon]) => L.latLng(lat, lon))), FIT);
  }

  function fitDepot(depot: Depot): void {
    fit([...placesNear(map, depot, (vehicleNumber) => homeOf.get(vehicleNumber)), [depot.latitude, depot.longitude]]);
  }

  map.on('zoomend', drawTraces);
  map.on('dragstart', follow.pause);
  map.on('moveend', () => {
    const view = viewOf(map);
    if (sameView(view, toldView)) return;
    toldView = view;
    events.onView(view);
  });

  return {
    map,
    base,
    fitDepot,
    setVisible: vehicles.setVisible,
    select: (vehicle: Vehicle | undefined): void => {
      vehicles.select(vehicle?.number);
      if (vehicle === undefined) outside.takePlace(undefined);
      trail.follow(vehicle);
    },
    setFollowing: follow.setOn,
    setChoice: (next: LayerChoice): void => {
      choice = next;
      base.setChoice(next);
      drawTraces();
    },
    setVehicles: (list: Iterable<Vehicle>): void => {
      homeOf = new Map(Array.from(list, (vehicle) => [vehicle.number, vehicle.depotId]));
    },
    setDepots: (list: Iterable<Depot>, fillOf: (depot: Depot) => DepotFill): void => depots.show(list, fillOf),
    setEvses: (list: Iterable<Evse>): void => {
      evses = placeEvses(list);
      drawTraces();
    },
    /** From the link: does nothing when it is where the map already is. */
    setView: (view: MapView): void => {
      if (sameView(view, viewOf(map)) || sameView(view, toldView)) return;
      toldView = view;
      map.setView([view.lat, view.lon], view.zoom);
    },
    fitAll: (): void => fit(vehicles.shownPlaces()),
    /** Moves the map to a vehicle that is not on it; what can be seen already stays where it is. */
    reveal: (vehicleNumber: number): void => reveal(map, vehicleNumber),
    /** Opens the map around a vehicle; false while nobody knows where it is. */
    goTo: (vehicleNumber: number): boolean => goTo(map, vehicleNumber),
    onPainted: vehicles.onPainted,
    close: (): void => {
      for (const stop of stops) stop();
      map.remove();
    },
  };
}

function reveal(map: L.Map, vehicleNumber: number): void {
  const report = telemetry.read(vehicleNumber);
  if (report === undefined) return;
  const at = L.latLng(report.latitude, report.longitude);
  if (!map.getBounds().contains(at)) map.setView(at, Math.max(map.getZoom(), REVEAL_ZOOM));
}

function nameVehicleBy(facts: SceneFacts): (vehicleNumber: number, others: number) => string {
  return (vehicleNumber, others) => {
    const { name, note } = facts.describe(vehicleNumber, telemetry.read(vehicleNumber)?.atMs ?? 0);
    return [name, note].filter(Boolean).join(' · ') + (others > 0 ? ` and ${others} more` : '');
  };
}

function nameEvse(evse: Evse | undefined, facts: SceneFacts): string | undefined {
  return evse && facts.describeEvse(evse);
}

/** Farther from their depot than this, vehicles are on a journey and not part of its picture. */
const NEAR_DEPOT_M = 60_000;

/** Where a depot's own vehicles are, as far as they are in its surroundings. */
function placesNear(map: L.Map, depot: Depot, homeOf: (vehicleNumber: number) => string | undefined) {
  const columns = telemetry.columns();
  return Array.from({ length: telemetry.count() }, (_, row) => row)
    .filter((row) => homeOf(columns.vehicleNumber[row] ?? 0) === depot.id)
    .map((row) => [columns.latitude[row] ?? 0, columns.longitude[row] ?? 0] as const)
    .filter(([lat, lon]) => map.distance([lat, lon], [depot.latitude, depot.longitude]) < NEAR_DEPOT_M);
}

function goTo(map: L.Map, vehicleNumber: number): boolean {
  const report = telemetry.read(vehicleNumber);
  if (report !== undefined) map.setView([report.latitude, report.longitude], NEAR_ZOOM);
  return report !== undefined;
}

function onResize(element: HTMLElement, listener: () => void): () => void {
  const observer = new ResizeObserver(listener);
  observer.observe(element);
  return () => observer.disconnect();
}
