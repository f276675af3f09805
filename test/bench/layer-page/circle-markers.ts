/**
 * The peer: Leaflet's own circle markers on Leaflet's own canvas, as its documentation has them, and spared what would cost
 * it more: no pointer events, one colour, one set of moves a frame (Leaflet then draws once, with the next frame of the
 * screen). It does not glide between positions, nor tell headings and kinds apart, as ours does.
 */
import L from 'leaflet';
import type { TelemetryStore } from '../../../src/renderer/fleet/telemetry-store.ts';

export function startCircleMarkers(map: L.Map, telemetry: TelemetryStore): void {
  const renderer = L.canvas();
  const markers: L.CircleMarker[] = [];
  telemetry.onChange(({ rows }) => {
    const { latitude, longitude } = telemetry.columns();
    for (const row of rows) {
      const at: L.LatLngTuple = [latitude[row] ?? 0, longitude[row] ?? 0];
      const marker = markers[row];
      if (marker !== undefined) marker.setLatLng(at);
      else markers[row] = L.circleMarker(at, { renderer, radius: 4, weight: 1, interactive: false }).addTo(map);
    }
  });
}
