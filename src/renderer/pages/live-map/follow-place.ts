/**
 * Keeps a moving place in the middle part of the map. The map moves only when the place leaves that part, so that the
 * streets stand still most of the time and can be read. Dragging the map away pauses it until follow is switched on again.
 */
import type L from 'leaflet';

/** The part of the map, around its middle, in which the place may wander. */
const CALM_PART = 0.4;

export function followPlace(map: L.Map, onPaused: (paused: boolean) => void) {
  let isOn = false;
  let last: L.LatLng | undefined;
  let isPanning = false;
  map.on('moveend', () => {
    isPanning = false;
  });

  function centre(at: L.LatLng): void {
    isPanning = true;
    map.panTo(at, { animate: true, duration: 0.6 });
  }

  return {
    takePlace: (at: L.LatLng): void => {
      last = at;
      if (!isOn || isPanning) return;
      const size = map.getSize();
      const off = map.latLngToContainerPoint(at).subtract(size.divideBy(2));
      if (Math.abs(off.x) > (size.x * CALM_PART) / 2 || Math.abs(off.y) > (size.y * CALM_PART) / 2) centre(at);
    },
    setOn: (on: boolean): void => {
      isOn = on;
      onPaused(false);
      if (on && last !== undefined) centre(last);
    },
    pause: (): void => {
      if (isOn) onPaused(true);
      isOn = false;
    },
  };
}
