/** Whether the place one has selected lies outside the map's view: then the map says so, or one would look for it in vain. */
import type L from 'leaflet';

export function watchOutside(map: L.Map, onChange: (isOutside: boolean) => void) {
  let place: L.LatLng | undefined;
  let wasOutside = false;
  const look = () => {
    const isOutside = place !== undefined && !map.getBounds().contains(place);
    if (isOutside === wasOutside) return;
    wasOutside = isOutside;
    onChange(isOutside);
  };
  map.on('moveend', look);
  return {
    /** undefined: nothing is selected. */
    takePlace: (at: L.LatLng | undefined): void => {
      place = at;
      look();
    },
  };
}
