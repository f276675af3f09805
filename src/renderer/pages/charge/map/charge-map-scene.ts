/**
 * The map of places put together: base map, places, the vehicle that looks for a charge. An imperative object, because the
 * map lives by frames and React by renders.
 */
import L from 'leaflet';
import { onThemeChange, readMapColours } from '../../../instruments/map/map-colours.ts';
import { openMap, sameView, viewOf, type MapView } from '../../../instruments/map/open-map.ts';
import { createPlaceMapLayer } from '../../../marketplace/place/place-map-layer.ts';
import type { PlaceRow } from '../../../marketplace/place/place-row.ts';
import { createBaseMap, type BaseNotice } from '../../live-map/base-map.ts';
import { readLayerChoice } from '../../live-map/layer-choice.ts';
import { watchPointer, type ScreenPoint } from '../../live-map/watch-pointer.ts';

export type ChargeSceneEvents = {
  readonly onView: (view: MapView) => void;
  /** Places under a click, nearest first; empty when nothing was hit. */
  readonly onPlaces: (rows: readonly PlaceRow[], at: ScreenPoint) => void;
  readonly onHover: (text: string | undefined, at: ScreenPoint) => void;
  readonly onNotice: (notice: BaseNotice | undefined) => void;
  readonly describe: (row: PlaceRow) => string;
};

export type ChargeMapScene = ReturnType<typeof openChargeMapScene>;

const FIT: L.FitBoundsOptions = { padding: [40, 40], maxZoom: 15 };
/** From farther away a place is a mark among marks. */
const REVEAL_ZOOM = 12;

export function openChargeMapScene(element: HTMLElement, firstView: MapView, events: ChargeSceneEvents) {
  const map = openMap(element, firstView);
  const colours = readMapColours(element);
  const base = createBaseMap(map, events.onNotice);
  const places = createPlaceMapLayer(colours);
  let toldView = firstView;
  base.setColours(colours);
  base.setChoice(readLayerChoice());

  const rowsOf = (numbers: readonly number[]) => numbers.flatMap((number) => places.rowAt(number) ?? []);
  const stops = [
    places.start(map),
    onThemeChange(() => {
      const next = readMapColours(element);
      places.setColours(next);
      base.setColours(next);
    }),
    watchPointer(
      map,
      {
        vehiclesAt: places.rowsAt,
        cellBoundsAt: places.cellBoundsAt,
        nameVehicle: (number, others) => {
          const row = places.rowAt(number);
          return (row === undefined ? '' : events.describe(row)) + (others > 0 ? ` and ${others} more` : '');
        },
        nameOther: () => undefined,
      },
      {
        onVehicles: (numbers, at) => events.onPlaces(rowsOf(numbers), at),
        onHover: events.onHover,
        onCell: (bounds) => map.flyToBounds(bounds.pad(0.2), { ...FIT, duration: 0.5 }),
      },
    ),
    watchSize(element, map),
  ];
  map.on('moveend', () => {
    const view = viewOf(map);
    if (sameView(view, toldView)) return;
    toldView = view;
    events.onView(view);
  });

  return {
    map,
    base,
    setRows: places.takePlaces,
    setShown: places.setShown,
    select: places.select,
    seek: (at: { readonly latitude: number; readonly longitude: number } | undefined, name: string): void =>
      places.seek(at && L.latLng(at.latitude, at.longitude), name),
    /** From the link: does nothing when it is where the map already is. */
    setView: (view: MapView): void => {
      if (sameView(view, viewOf(map)) || sameView(view, toldView)) return;
      toldView = view;
      map.setView([view.lat, view.lon], view.zoom);
    },
    fitAll: (): void => fit(map, places.shownPlaces()),
    fit: (around: readonly (readonly [number, number])[]): void => fit(map, around),
    /** Moves the map to a place that is not on it; what can be seen already stays where it is. */
    reveal: ({ place }: PlaceRow): void => {
      const at = L.latLng(place.latitude, place.longitude);
      if (!map.getBounds().contains(at)) map.setView(at, Math.max(map.getZoom(), REVEAL_ZOOM));
    },
    close: (): void => {
      for (const stop of stops) stop();
      map.remove();
    },
  };
}

function fit(map: L.Map, around: readonly (readonly [number, number])[]): void {
  if (around.length > 0) map.fitBounds(L.latLngBounds(around.map(([lat, lon]) => L.latLng(lat, lon))), FIT);
}

function watchSize(element: HTMLElement, map: L.Map): () => void {
  const observer = new ResizeObserver(() => map.invalidateSize({ debounceMoveend: true }));
  observer.observe(element);
  return () => observer.disconnect();
}
