/**
 * Places on the map: gives each a marker row for good, its look by what is free, and keeps the ring and name of the open one
 * and the place of the vehicle that looks for a charge.
 */
import L from 'leaflet';
import type { FixBatch } from '../../instruments/map/markers/vehicle-painter.ts';
import { createAnchoredMark } from '../../instruments/map/anchored-mark.ts';
import { HIDDEN_LOOK } from '../../instruments/map/markers/marker-atlas.ts';
import { mercatorX, mercatorY } from '../../instruments/map/mercator.ts';
import { createSelectionMark } from '../../instruments/map/selection-mark.ts';
import { createVehicleLayer, type VehicleColours } from '../../instruments/map/vehicle-layer.ts';
import { PLACE_LOOKS, PLACE_RANK_WORDS, placeLook } from './place-look.ts';
import type { PlaceRow } from './place-row.ts';

export function createPlaceMapLayer(colours: VehicleColours) {
  const markers = createVehicleLayer(PLACE_LOOKS, PLACE_RANK_WORDS, colours);
  const selection = createSelectionMark();
  const seeker = createSeekerMark();
  const rowOf = new Map<string, number>();
  let keys: string[] = [];
  let byKey = new Map<string, PlaceRow>();
  let isShown: (row: PlaceRow) => boolean = () => true;
  let selected: string | undefined;
  let looks = new Uint8Array(0);

  /** A place that moved is placed anew; the map is told only of what it does not know. */
  function takePlaces(rows: readonly PlaceRow[]): void {
    const changed = rows.filter(({ key, place }) => {
      const before = byKey.get(key)?.place;
      return before?.latitude !== place.latitude || before.longitude !== place.longitude;
    });
    byKey = new Map(rows.map((row) => [row.key, row]));
    for (const { key } of changed) {
      if (rowOf.has(key)) continue;
      rowOf.set(key, keys.length);
      keys = [...keys, key];
    }
    if (changed.length > 0) markers.takeFixes(fixesOf(changed, rowOf));
    judge();
  }

  function judge(): void {
    const next = new Uint8Array(keys.length).fill(HIDDEN_LOOK);
    const ranks = new Uint8Array(keys.length);
    for (const row of byKey.values()) {
      const at = rowOf.get(row.key);
      if (at === undefined || (row.key !== selected && !isShown(row))) continue;
      const { look, rank } = placeLook(row);
      next[at] = look;
      ranks[at] = rank;
    }
    const isSame = next.length === looks.length && next.every((look, at) => look === looks[at]);
    looks = next;
    if (!isSame) markers.takeStates(next, ranks);
    markSelected();
  }

  function markSelected(): void {
    const row = selected === undefined ? undefined : byKey.get(selected);
    if (row === undefined) selection.hide();
    else selection.show(L.latLng(row.place.latitude, row.place.longitude), row.place.name, '');
  }

  return {
    start: (map: L.Map): (() => void) => {
      map.addLayer(markers.layer);
      selection.addTo(map);
      seeker.addTo(map);
      return () => {
        selection.remove();
        seeker.remove();
        map.removeLayer(markers.layer);
      };
    },
    takePlaces,
    setShown: (shown: (row: PlaceRow) => boolean): void => {
      isShown = shown;
      judge();
    },
    select: (key: string | undefined): void => {
      selected = key;
      judge();
    },
    /** The vehicle that looks for a charge; undefined: none, or nobody knows where it is. */
    seek: seeker.show,
    setColours: markers.setColours,
    /** Row numbers at a point of the map's container, nearest first. */
    rowsAt: markers.rowsAt,
    rowAt: (number: number): PlaceRow | undefined => byKey.get(keys[number] ?? ''),
    cellBoundsAt: markers.cellBoundsAt,
    shownPlaces: (): readonly (readonly [number, number])[] =>
      [...byKey.values()].filter((row) => isShown(row)).map(({ place }) => [place.latitude, place.longitude]),
  };
}

function fixesOf(rows: readonly PlaceRow[], rowOf: ReadonlyMap<string, number>): FixBatch {
  return {
    rows: Int32Array.from(rows, ({ key }) => rowOf.get(key) ?? 0),
    x: Float64Array.from(rows, ({ place }) => mercatorX(place.longitude)),
    y: Float64Array.from(rows, ({ place }) => mercatorY(place.latitude)),
    headingDeg: new Float32Array(rows.length),
  };
}

const ABOVE_MARKERS = 8;

function createSeekerMark() {
  const element = L.DomUtil.create('div', 'map-seeker');
  element.hidden = true;
  const mark = createAnchoredMark(element, ABOVE_MARKERS);
  return {
    addTo: mark.addTo,
    remove: mark.remove,
    show: (at: L.LatLng | undefined, name: string): void => {
      element.hidden = at === undefined;
      if (element.textContent !== name) element.textContent = name;
      if (at !== undefined) mark.moveTo(at);
    },
  };
}
