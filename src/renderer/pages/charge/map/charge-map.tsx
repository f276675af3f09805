/** The map of the Charge page: the places that the shared filter shows, and the vehicle that looks for one. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { telemetry } from '../../../fleet/telemetry-store.ts';
import type { Vehicle } from '../../../../shared/domain/fleet/vehicle.ts';
import { onTick } from '../../../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../../../instruments/keyboard/shortcuts.ts';
import { MapPopover, ZoomButtons } from '../../../instruments/map/map-controls.tsx';
import type { MapView } from '../../../instruments/map/open-map.ts';
import { ops } from '../../../link/ops-client.ts';
import { askShell } from '../../../link/shell-bridge.ts';
import { useOnlyRecord } from '../../../link/use-feed.ts';
import { availabilityOf, isPartyAway, type PlaceRow } from '../../../marketplace/place/place-row.ts';
import type { BaseNotice } from '../../live-map/base-map.ts';
import type { ScreenPoint } from '../../live-map/watch-pointer.ts';
import { openChargeMapScene, type ChargeMapScene, type ChargeSceneEvents } from './charge-map-scene.ts';
import { useFirstView } from './use-first-view.ts';

export type ChargeMapProps = {
  readonly rows: readonly PlaceRow[];
  readonly isShown: (row: PlaceRow) => boolean;
  readonly selected: PlaceRow | undefined;
  readonly vehicle: Vehicle | undefined;
  readonly onSelect: (key: string) => void;
  readonly view: MapView | undefined;
  readonly onViewChange: (view: MapView) => void;
};

type Pick = { readonly rows: readonly PlaceRow[]; readonly at: ScreenPoint };

const PAN_PIXELS = 120;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-PAN_PIXELS, 0],
  ArrowRight: [PAN_PIXELS, 0],
  ArrowUp: [0, -PAN_PIXELS],
  ArrowDown: [0, PAN_PIXELS],
};
/** Where a map opens that nobody has told a place. */
const WORLD_VIEW: MapView = { lat: 32, lon: 45, zoom: 3 };

export function ChargeMap(props: ChargeMapProps) {
  const { rows, isShown, selected, vehicle, view } = props;
  const element = useRef<HTMLDivElement>(null);
  const [notice, setNotice] = useState<BaseNotice>();
  const [pick, setPick] = useState<Pick>();
  const [hover, setHover] = useState<{ readonly text: string; readonly at: ScreenPoint }>();
  const closePick = useCallback(() => setPick(undefined), []);
  const scene = useScene(element, view ?? WORLD_VIEW, {
    onView: props.onViewChange,
    onPlaces: (found, at) => {
      setHover(undefined);
      if (found.length > 1) setPick({ rows: found, at });
      else if (found[0] !== undefined) props.onSelect(found[0].key);
    },
    onHover: (text, at) => setHover(text === undefined ? undefined : { text, at }),
    onNotice: setNotice,
    describe,
  });

  useEffect(() => scene?.setRows(rows), [scene, rows]);
  useEffect(() => scene?.setShown(isShown), [scene, isShown]);
  useEffect(() => scene?.select(selected?.key), [scene, selected?.key]);
  useEffect(() => {
    if (view !== undefined) scene?.setView(view);
  }, [scene, view]);
  useEffect(() => {
    const show = () => scene?.seek(vehicle && telemetry.read(vehicle.number), vehicle?.registration ?? '');
    show();
    return onTick(500, show);
  }, [scene, vehicle]);
  useReveal(scene, selected);
  useFirstView(scene, view !== undefined, vehicle, rows);
  useArrowKeys(scene, element);

  const zoom = (by: 1 | -1) => void scene?.map.setZoom(Math.round(scene.map.getZoom()) + by);
  useShortcuts('Map', [
    { keys: '[Shift]++', does: 'Zoom in', run: () => zoom(1) },
    { keys: '-', does: 'Zoom out', run: () => zoom(-1) },
    { keys: '0', does: 'Show all places of the filter', run: () => scene?.fitAll() },
  ]);
  return (
    <section className="map-pane card" aria-label="Map">
      <div
        ref={element}
        className="map-ground"
        role="application"
        tabIndex={0}
        aria-label="Map of the places. Arrow keys move it, plus and minus zoom, 0 shows all. The list beside it has the same places."
      />
      <ZoomButtons onZoom={zoom} onFitAll={() => scene?.fitAll()} fits="places" />
      <div className="map-corner bottom-left">
        {notice !== undefined && <span className="map-chip">{notice.text}</span>}
      </div>
      {hover !== undefined && pick === undefined && (
        <span className="map-tooltip" style={{ left: hover.at.x + 14, top: hover.at.y + 10 }}>
          {hover.text}
        </span>
      )}
      {pick !== undefined && (
        <MapPopover label="Places here" at={placeInside(pick.at, element.current)} onClose={closePick}>
          <h3>{pick.rows.length} places here</h3>
          {pick.rows.map((row) => (
            <button
              key={row.key}
              type="button"
              className="entry"
              onClick={() => {
                closePick();
                props.onSelect(row.key);
              }}
            >
              {row.place.name}
              <small>{freeWords(row)}</small>
            </button>
          ))}
        </MapPopover>
      )}
    </section>
  );
}

function useScene(
  element: { readonly current: HTMLDivElement | null },
  firstView: MapView,
  events: ChargeSceneEvents,
): ChargeMapScene | undefined {
  const [scene, setScene] = useState<ChargeMapScene>();
  const latest = useRef({ firstView, events });
  latest.current = { firstView, events };
  const isDemo = useOnlyRecord('console/facts')?.demo !== undefined;
  useEffect(() => {
    if (element.current === null) return undefined;
    const opened = openChargeMapScene(element.current, latest.current.firstView, {
      onView: (view) => latest.current.events.onView(view),
      onPlaces: (found, at) => latest.current.events.onPlaces(found, at),
      onHover: (text, at) => latest.current.events.onHover(text, at),
      onNotice: (notice) => latest.current.events.onNotice(notice),
      describe: (row) => latest.current.events.describe(row),
    });
    setScene(opened);
    void askShell('shell/base-map', {}).then((answer) => answer.ok && opened.base.setFile(answer.value));
    return () => {
      opened.close();
      setScene(undefined);
    };
  }, [element]);
  useEffect(() => {
    if (scene === undefined || !isDemo) return undefined;
    let isWanted = true;
    ops.query('demo/streets', {}).then(
      (streets) => isWanted && scene.base.setStreets(streets),
      () => isWanted && scene.base.setStreets(undefined),
    );
    return () => {
      isWanted = false;
    };
  }, [scene, isDemo]);
  return scene;
}

/** A place opened here is wanted on the map; the one that the page was entered with comes with its view. */
function useReveal(scene: ChargeMapScene | undefined, selected: PlaceRow | undefined): void {
  const shown = useRef(selected?.key);
  useEffect(() => {
    if (selected === undefined || shown.current === selected.key) return;
    shown.current = selected.key;
    scene?.reveal(selected);
  }, [scene, selected]);
}

/** Only while the map has the focus: elsewhere the arrows belong to the list. */
function useArrowKeys(scene: ChargeMapScene | undefined, element: { readonly current: HTMLDivElement | null }): void {
  useEffect(() => {
    const ground = element.current;
    const pan = (event: KeyboardEvent) => {
      const by = ARROWS[event.key];
      if (by === undefined || event.target !== ground) return;
      event.preventDefault();
      event.stopPropagation();
      scene?.map.panBy([by[0], by[1]]);
    };
    ground?.addEventListener('keydown', pan);
    return () => ground?.removeEventListener('keydown', pan);
  }, [scene, element]);
}

function freeWords(row: PlaceRow): string {
  const { free, total } = availabilityOf(row);
  return `${free} of ${total} free${isPartyAway(row) ? ', last known' : ''}`;
}

function describe(row: PlaceRow): string {
  return `${row.place.name} · ${freeWords(row)}`;
}

/** Beside the click, and never beyond the map's edge. */
function placeInside(at: ScreenPoint, within: HTMLElement | null): { readonly left: number; readonly top: number } {
  const width = within?.clientWidth ?? 0;
  const height = within?.clientHeight ?? 0;
  return { left: Math.max(4, Math.min(at.x + 10, width - 250)), top: Math.max(4, Math.min(at.y + 6, height * 0.55)) };
}
