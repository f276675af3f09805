/** Depots as small cards above their place: name and how full, few enough to be elements of the page. */
import L from 'leaflet';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { createAnchoredMark, type AnchoredMark } from '../../instruments/map/anchored-mark.ts';

/** What the marketplace knows of a depot's bays, handed down as a value. */
export type DepotFill = { readonly inUse: number; readonly bays: number; readonly broken: number };

/** Farther out a card shows the name alone. */
const FACTS_FROM_ZOOM = 9;
/** Nearer, the yard itself is seen: the card stands higher, clear of it. */
const YARD_FROM_ZOOM = 15;

export function createDepotMapLayer(onPick: (depot: Depot) => void) {
  const cards = new Map<
    string,
    { readonly mark: AnchoredMark; readonly write: (depot: Depot, fill: DepotFill) => void }
  >();
  let map: L.Map | undefined;

  function open(to: L.Map, depotId: string) {
    let latest: Depot | undefined;
    const element = L.DomUtil.create('button', 'map-depot');
    element.type = 'button';
    const name = L.DomUtil.create('b', '', element);
    const fact = L.DomUtil.create('span', 'fact', element);
    const share = L.DomUtil.create('span', 'share', element);
    const bar = L.DomUtil.create('i', '', share);
    // The button hears the click itself, so that Enter and Space work as well; the map must not hear it too.
    L.DomEvent.disableClickPropagation(element);
    element.addEventListener('click', () => latest !== undefined && onPick(latest));
    const mark = createAnchoredMark(element, 2);
    mark.addTo(to);
    const write = (depot: Depot, fill: DepotFill) => {
      latest = depot;
      mark.moveTo(L.latLng(depot.latitude, depot.longitude));
      name.textContent = depot.name;
      fact.textContent = describeFill(fill);
      share.hidden = fill.bays === 0;
      bar.style.width = `${fill.bays === 0 ? 0 : (100 * fill.inUse) / fill.bays}%`;
      element.title = `Show ${depot.name}`;
    };
    const card = { mark, write };
    cards.set(depotId, card);
    return card;
  }

  function fitZoom(): void {
    const zoom = map?.getZoom() ?? 0;
    for (const { mark } of cards.values()) {
      mark.element.classList.toggle('far', zoom < FACTS_FROM_ZOOM);
      mark.element.classList.toggle('near', zoom >= YARD_FROM_ZOOM);
    }
  }

  return {
    start: (to: L.Map): (() => void) => {
      map = to;
      to.on('zoomend', fitZoom);
      return () => {
        to.off('zoomend', fitZoom);
        for (const { mark } of cards.values()) mark.remove();
        cards.clear();
        map = undefined;
      };
    },
    show: (depots: Iterable<Depot>, fillOf: (depot: Depot) => DepotFill): void => {
      if (map === undefined) return;
      const present = new Set<string>();
      for (const depot of depots) {
        present.add(depot.id);
        (cards.get(depot.id) ?? open(map, depot.id)).write(depot, fillOf(depot));
      }
      for (const [depotId, { mark }] of cards) {
        if (present.has(depotId)) continue;
        mark.remove();
        cards.delete(depotId);
      }
      fitZoom();
    },
  };
}

export function describeFill({ inUse, bays, broken }: DepotFill): string {
  if (bays === 0) return 'no charge points known';
  const faults = broken === 0 ? '' : ` · ${broken} not working`;
  return `${inUse} of ${bays} bays in use${faults}`;
}
