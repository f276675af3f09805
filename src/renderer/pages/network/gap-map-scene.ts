/** The map of gaps put together: base map and cells. An imperative object, because the map lives by frames and React by renders. */
import L from 'leaflet';
import type { InfrastructureGap } from '../../../shared/domain/insight/demand-signal.ts';
import { createGapLayer } from '../../insight/gap-map-layer.ts';
import { onThemeChange, readMapColours } from '../../instruments/map/map-colours.ts';
import { openMap, type MapView } from '../../instruments/map/open-map.ts';
import { createBaseMap, type BaseNotice } from '../live-map/base-map.ts';
import { readLayerChoice } from '../live-map/layer-choice.ts';
import { watchPointer, type ScreenPoint } from '../live-map/watch-pointer.ts';

export type GapSceneEvents = {
  readonly onChoose: (gap: InfrastructureGap) => void;
  readonly onHover: (text: string | undefined, at: ScreenPoint) => void;
  readonly onNotice: (notice: BaseNotice | undefined) => void;
  readonly describe: (gap: InfrastructureGap) => string;
};

export type GapMapScene = ReturnType<typeof openGapMapScene>;

const WORLD_VIEW: MapView = { lat: 32, lon: 45, zoom: 3 };
/** From farther away cells are dots on top of each other. */
const REVEAL_ZOOM = 11;
/** A flight that is under way would swallow the next one. */
const STILL = { animate: false } as const;
const FIT: L.FitBoundsOptions = { padding: [50, 50], maxZoom: 11, ...STILL };

export function openGapMapScene(element: HTMLElement, events: GapSceneEvents) {
  const map = openMap(element, WORLD_VIEW);
  const colours = readMapColours(element);
  const base = createBaseMap(map, events.onNotice);
  const layer = createGapLayer(colours);
  base.setColours(colours);
  base.setChoice(readLayerChoice());
  let isFitted = false;
  let chosenCell: string | undefined;
  const observer = new ResizeObserver(() => map.invalidateSize({ debounceMoveend: true }));
  observer.observe(element);

  const fitAll = (): void => {
    const bounds = layer.bounds();
    if (bounds !== undefined) map.fitBounds(bounds, FIT);
  };
  const stops = [
    layer.start(map),
    onThemeChange(() => {
      const next = readMapColours(element);
      layer.setColours(next);
      base.setColours(next);
    }),
    watchPointer(
      map,
      {
        vehiclesAt: layer.gapsAt,
        cellBoundsAt: () => undefined,
        nameVehicle: (place) => {
          const gap = layer.gapAt(place);
          return gap === undefined ? '' : events.describe(gap);
        },
        nameOther: () => undefined,
      },
      {
        onVehicles: ([place]) => {
          const gap = place === undefined ? undefined : layer.gapAt(place);
          if (gap !== undefined) events.onChoose(gap);
        },
        onHover: events.onHover,
        onCell: () => {},
      },
    ),
    () => observer.disconnect(),
  ];

  return {
    map,
    base,
    fitAll,
    /** The first ones that come are brought into view; afterwards the map stays where it was put. */
    setGaps: (gaps: readonly InfrastructureGap[]): void => {
      layer.setGaps(gaps);
      if (isFitted || gaps.length === 0) return;
      isFitted = true;
      fitAll();
    },
    /** Brings one that was just opened into view; the same one again leaves the map where the user put it. */
    choose: (gap: InfrastructureGap | undefined): void => {
      if (gap?.cell === chosenCell) return;
      chosenCell = gap?.cell;
      layer.choose(chosenCell);
      const at = gap && L.latLng(gap.latitude, gap.longitude);
      const isSeen = at !== undefined && map.getBounds().contains(at) && map.getZoom() >= REVEAL_ZOOM;
      if (at !== undefined && !isSeen) map.setView(at, Math.max(map.getZoom(), REVEAL_ZOOM), STILL);
    },
    close: (): void => {
      for (const stop of stops) stop();
      map.remove();
    },
  };
}
