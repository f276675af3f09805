/** A piece of the page's own DOM held at a place of the map: for the few marks that are worth an element each. */
import L from 'leaflet';

export type AnchoredMark = {
  readonly element: HTMLElement;
  readonly moveTo: (at: L.LatLng) => void;
  readonly addTo: (map: L.Map) => void;
  readonly remove: () => void;
};

/** `layer` orders marks among themselves: higher is above. Marks pass clicks through unless `onClick` is given. */
export function createAnchoredMark(element: HTMLElement, layer: number, onClick?: () => void): AnchoredMark {
  const icon = L.divIcon({ html: element, className: 'anchored-mark', iconSize: [0, 0] });
  const marker = L.marker([0, 0], {
    icon,
    zIndexOffset: layer * 1000,
    interactive: onClick !== undefined,
    keyboard: false,
    bubblingMouseEvents: false,
  });
  if (onClick !== undefined) marker.on('click', onClick);
  return {
    element,
    moveTo: (at) => void marker.setLatLng(at),
    addTo: (map) => void marker.addTo(map),
    remove: () => void marker.remove(),
  };
}
