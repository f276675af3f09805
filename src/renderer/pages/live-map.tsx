/**
 * The map of the Live page: the vehicles that the shared filter shows, over whatever base map there is, with what the
 * operator needs at hand on it. Selection, filter and view belong to the page; the map shows them and reports changes.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Evse } from '../../shared/domain/marketplace/evse.ts';
import { MapPopover, ZoomButtons } from '../instruments/map/map-controls.tsx';
import type { MapView } from '../instruments/map/open-map.ts';
import { recordStore } from '../link/record-store.ts';
import { BAY_LOOKS } from '../marketplace/charge-point/charge-point-words.ts';
import { askShell } from '../link/shell-bridge.ts';
import { clockRate, freshnessNow } from '../fleet/freshness-now.ts';
import { formatAgo, nowMs } from '../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../instruments/keyboard/shortcuts.ts';
import type { BaseNotice } from './live-map/base-map.ts';
import { LayersMenu } from './live-map/layers-menu.tsx';
import { readLayerChoice, rememberLayerChoice, type LayerChoice } from './live-map/layer-choice.ts';
import type { ScreenPoint } from './live-map/watch-pointer.ts';
import { useLiveMapScene } from './live-map/use-live-map-scene.ts';
import { vehicleName } from './live-map/vehicle-name.ts';

export type LiveMapProps = {
  /** The filter that map and list share; a new function when it shows others. */
  readonly visible: (vehicleNumber: number) => boolean;
  readonly selectedVehicleNumber: number | undefined;
  /** The operator opened it here: the map goes to it if it is elsewhere. */
  readonly revealsSelected: boolean;
  readonly onSelect: (vehicleNumber: number | undefined) => void;
  /** From the link; undefined: the map finds its own place. */
  readonly view: MapView | undefined;
  readonly onViewChange: (view: MapView) => void;
  readonly followSelected: boolean;
};

type Pick = { readonly numbers: readonly number[]; readonly at: ScreenPoint };

const PAN_PIXELS = 120;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-PAN_PIXELS, 0],
  ArrowRight: [PAN_PIXELS, 0],
  ArrowUp: [0, -PAN_PIXELS],
  ArrowDown: [0, PAN_PIXELS],
};

export function LiveMap(props: LiveMapProps) {
  const element = useRef<HTMLDivElement>(null);
  const [choice, setChoice] = useState(readLayerChoice);
  const [notice, setNotice] = useState<BaseNotice>();
  const [pick, setPick] = useState<Pick>();
  const [hover, setHover] = useState<{ readonly text: string; readonly at: ScreenPoint }>();
  const [isPaused, setPaused] = useState(false);
  const [isSelectedOutside, setSelectedOutside] = useState(false);
  const [fileName, setFileName] = useState<string>();

  const scene = useLiveMapScene(
    element,
    { ...props, choice },
    {
      onView: props.onViewChange,
      onVehicles: (numbers, at) => {
        setHover(undefined);
        if (numbers.length > 1) setPick({ numbers, at });
        else props.onSelect(numbers[0]);
      },
      onHover: (text, at) => setHover(text === undefined ? undefined : { text, at }),
      onFollowPaused: setPaused,
      onSelectedOutside: setSelectedOutside,
      onNotice: setNotice,
    },
    { nowMs, clockRate, describe: describeVehicle, describeEvse },
  );

  useEffect(() => {
    void readBaseMap();
    async function readBaseMap(): Promise<void> {
      const answer = await askShell('shell/base-map', {});
      if (!answer.ok) return;
      setFileName(answer.value?.fileName);
      scene?.base.setFile(answer.value);
    }
  }, [scene]);

  const addFile = useCallback(async () => {
    const answer = await askShell('shell/choose-base-map', {});
    // Cancelled: what was shown stays.
    if (!answer.ok || answer.value === undefined) return;
    setFileName(answer.value.fileName);
    scene?.base.setFile(answer.value);
  }, [scene]);
  const change = useCallback((next: LayerChoice) => {
    rememberLayerChoice(next);
    setChoice(next);
  }, []);
  const zoom = (by: 1 | -1) => void scene?.map.setZoom(Math.round(scene.map.getZoom()) + by);
  const closePick = useCallback(() => setPick(undefined), []);

  useShortcuts('Map', [
    { keys: '[Shift]++', does: 'Zoom in', run: () => zoom(1) },
    { keys: '-', does: 'Zoom out', run: () => zoom(-1) },
    { keys: '0', does: 'Show all vehicles of the filter', run: () => scene?.fitAll() },
  ]);
  useEffect(() => {
    const ground = element.current;
    // Only while the map has the focus: elsewhere the arrows belong to the list.
    const panByArrow = (event: KeyboardEvent) => {
      const by = ARROWS[event.key];
      if (by === undefined || event.target !== ground) return;
      event.preventDefault();
      event.stopPropagation();
      scene?.map.panBy([by[0], by[1]]);
    };
    ground?.addEventListener('keydown', panByArrow);
    return () => ground?.removeEventListener('keydown', panByArrow);
  }, [scene]);

  return (
    <section className="map-pane card" aria-label="Map">
      <div
        ref={element}
        className="map-ground"
        role="application"
        tabIndex={0}
        aria-label="Map of the vehicles. Arrow keys move it, plus and minus zoom, 0 shows all. The list beside it has the same vehicles."
      />
      <LayersMenu
        choice={choice}
        onChange={change}
        fileName={fileName}
        hasStreets={scene?.base.hasStreets() ?? false}
        onAddFile={addFile}
      />
      <ZoomButtons onZoom={zoom} onFitAll={() => scene?.fitAll()} fits="vehicles" />
      <div className="map-corner bottom-left">
        {isPaused && props.followSelected && (
          <span className="map-chip notice" role="status">
            Following paused
            <button type="button" onClick={() => scene?.setFollowing(true)}>
              Resume
            </button>
          </span>
        )}
        {isSelectedOutside && <SelectedOutside vehicleNumber={props.selectedVehicleNumber} onShow={scene?.reveal} />}
        {notice !== undefined && (
          <span className="map-chip">
            {notice.text}
            {notice.offersFile && (
              <button type="button" onClick={() => void addFile()}>
                Add a .pmtiles…
              </button>
            )}
          </span>
        )}
      </div>
      {hover !== undefined && pick === undefined && (
        <span className="map-tooltip" style={{ left: hover.at.x + 14, top: hover.at.y + 10 }}>
          {hover.text}
        </span>
      )}
      {pick !== undefined && (
        <MapPopover label="Vehicles here" at={placeInside(pick.at, element.current)} onClose={closePick}>
          <h3>{pick.numbers.length} vehicles here</h3>
          {pick.numbers.map((number) => (
            <VehicleEntry
              key={number}
              vehicleNumber={number}
              onChoose={() => {
                closePick();
                props.onSelect(number);
              }}
            />
          ))}
        </MapPopover>
      )}
    </section>
  );
}

type SelectedOutsideProps = {
  readonly vehicleNumber: number | undefined;
  readonly onShow: ((vehicleNumber: number) => void) | undefined;
};

function SelectedOutside({ vehicleNumber, onShow }: SelectedOutsideProps) {
  if (vehicleNumber === undefined) return null;
  return (
    <span className="map-chip" role="status">
      {vehicleName(vehicleNumber).name} is outside this view
      <button type="button" onClick={() => onShow?.(vehicleNumber)}>
        Show it
      </button>
    </span>
  );
}

function VehicleEntry({ vehicleNumber, onChoose }: { readonly vehicleNumber: number; readonly onChoose: () => void }) {
  const { name, activity, atMs } = vehicleName(vehicleNumber);
  return (
    <button type="button" className="entry" onClick={onChoose}>
      {name}
      <small>{describeAge(atMs) || activity}</small>
    </button>
  );
}

function describeVehicle(vehicleNumber: number, atMs: number): { readonly name: string; readonly note: string } {
  return { name: vehicleName(vehicleNumber).name, note: describeAge(atMs) };
}

/** Empty while the position is fresh: a name tag says only what is out of the ordinary. */
function describeAge(atMs: number): string {
  return freshnessNow(atMs) === 'fresh' ? '' : formatAgo(nowMs() - atMs);
}

/** A state heard over a link that is down is the last known one, and says so. */
function describeEvse(evse: Evse): string {
  const isLive = recordStore('link/status').view().records.get('marketplace')?.state === 'live';
  const state = `${BAY_LOOKS[evse.status].word}, since ${formatAgo(nowMs() - evse.statusAtMs).replace(/ ago$/u, '')}`;
  return `${evse.label} · ${isLive ? state : `last known: ${state}`}`;
}

/** Beside the click, and never beyond the map's edge. */
function placeInside(at: ScreenPoint, within: HTMLElement | null): { readonly left: number; readonly top: number } {
  const width = within?.clientWidth ?? 0;
  const height = within?.clientHeight ?? 0;
  return { left: Math.max(4, Math.min(at.x + 10, width - 250)), top: Math.max(4, Math.min(at.y + 6, height * 0.55)) };
}
