/**
 * A Leaflet map as this console wants it: no controls of Leaflet's own (they are made of markup, and ours are buttons like
 * any others), no copies of the world beside it, and no motion for those who asked for none.
 */
import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import './map.css';

export type MapView = { readonly lat: number; readonly lon: number; readonly zoom: number };

const WORLD = L.latLngBounds([-85, -210], [85, 210]);

export function openMap(element: HTMLElement, view: MapView): L.Map {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    // The page's shortcuts pan and zoom wherever the focus is; Leaflet's own would answer a second time.
    keyboard: false,
    minZoom: 2,
    maxZoom: 19,
    zoomSnap: 0.5,
    maxBounds: WORLD,
    maxBoundsViscosity: 0.8,
    zoomAnimation: !calm,
    fadeAnimation: false,
    inertia: !calm,
    wheelPxPerZoomLevel: 90,
  });
  map.createPane('basePane').style.zIndex = '150';
  map.createPane('tracePane').style.zIndex = '350';
  map.setView([view.lat, view.lon], view.zoom, { animate: false });
  return map;
}

export function viewOf(map: L.Map): MapView {
  const centre = map.getCenter();
  return { lat: roundTo(centre.lat, 5), lon: roundTo(centre.lng, 5), zoom: roundTo(map.getZoom(), 2) };
}

/** Two views that differ by less are the same place: a link must not fight with rounding. */
export function sameView(a: MapView, b: MapView): boolean {
  return Math.abs(a.lat - b.lat) < 2e-5 && Math.abs(a.lon - b.lon) < 2e-5 && Math.abs(a.zoom - b.zoom) < 0.02;
}

function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
