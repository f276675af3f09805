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
import { watchPointer, type ScreenPoint } from './watch-pointer.ts';

export type SceneEvents = {
  readonly onView: (view: MapView) => void;
  /** Vehicles under a click, nearest first; empty when nothing was hit. */
  readonly onVehicles: (vehicleNumbers: readonly number[], at: ScreenPoint) => void;
  /** What the pointer rests on. */
  readonly onHover: (text: string | undefined, at: ScreenPoint) => void;
  /** The operator moved the map away from the vehicle it follows. */
  readonly onFollowPaused: (paused: boolean) => void;
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
    onThemeChange(() => {
      colours = readMapColours(element);
      vehicles.setColours(colours);
      base.setColours(colours);
      drawTraces();
    }),
    watchPointer(
      map,
      { vehiclesAt: vehicles.vehiclesAt, cellBoundsAt: vehicles.cellBoundsAt, nameVehicle, nameOther: nameEvse },
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

  function nameVehicle(vehicleNumber: number, others: number): string {
    const { name, note } = facts.describe(vehicleNumber, telemetry.read(vehicleNumber)?.atMs ?? 0);
    return [name, note].filter(Boolean).join(' · ') + (others > 0 ? ` and ${others} more` : '');
  }

  function nameEvse(at: L.Point): string | undefined {
    const evse = evseUnder(at);
    return evse && facts.describeEvse(evse);
  }

  function fit(places: readonly (readonly [number, number])[]): void {
    if (places.length === 0) return;
    follow.pause();
    map.fitBounds(L.latLngBounds(places.map(([lat, lon]) => L.latLng(lat, lon))), FIT);
  }

  function fitDepot(depot: Depot): void {
    const own = Array.from({ length: telemetry.count() }, (_, row) => row)
      .filter((row) => homeOf.get(telemetry.columns().vehicleNumber[row] ?? 0) === depot.id)
      .map((row) => [telemetry.columns().latitude[row] ?? 0, telemetry.columns().longitude[row] ?? 0] as const)
      .filter(([lat, lon]) => map.distance([lat, lon], [depot.latitude, depot.longitude]) < 60_000);
    fit([...own, [depot.latitude, depot.longitude]]);
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

function onResize(element: HTMLElement, listener: () => void): () => void {
  const observer = new ResizeObserver(listener);
  observer.observe(element);
  return () => observer.disconnect();
}
