/**
 * The page on which layers are compared: the console's map with nothing under it, its telemetry store, and one layer at a
 * time over the same frames at the same rhythm. It runs in the console's own window, while the console's other processes go
 * on with their work.
 */
import '../../../src/renderer/shell/theme/tokens.css';
import './layers.css';
import type L from 'leaflet';
import { createVehicleMapLayer } from '../../../src/renderer/fleet/map/vehicle-map-layer.ts';
import { createTelemetryStore, type TelemetryStore } from '../../../src/renderer/fleet/telemetry-store.ts';
import { readMapColours } from '../../../src/renderer/instruments/map/map-colours.ts';
import { openMap } from '../../../src/renderer/instruments/map/open-map.ts';
import { decodeTelemetryFrame } from '../../../src/shared/ipc/telemetry-frame.ts';
import { startCircleMarkers } from './circle-markers.ts';

export type LayerName = 'ours' | 'circle-markers' | 'none';
export type Motion = 'rest' | 'panning and zooming';
export type LayerRun = { readonly ticks: number; readonly frameMs: readonly number[]; readonly shown: number };
export type LayerPage = {
  /** Reads the frames, and puts a fresh map with this layer and the whole fleet on the page. */
  readonly open: (layer: LayerName, view: { lat: number; lon: number; zoom: number }) => Promise<void>;
  /** Plays every frame that follows, five a second. */
  readonly play: (motion: Motion) => Promise<LayerRun>;
};

const TICK_MS = 200;
/** How often the map is moved: a pan, and now and then a zoom, each animated as if by hand. */
const MOVE_MS = 700;
const MOVES = ['right', 'down', 'in', 'left', 'up', 'out'] as const;
const PAN_PIXELS = 240;

let map: L.Map | undefined;
let store: TelemetryStore | undefined;
let frames: ArrayBuffer[] = [];
let nowMs = 0;

async function readFrames(): Promise<ArrayBuffer[]> {
  const { count } = (await (await fetch('/frames')).json()) as { count: number };
  return Promise.all(Array.from({ length: count }, async (_, at) => (await fetch(`/frames/${at}`)).arrayBuffer()));
}

function startOurs(to: L.Map, telemetry: TelemetryStore): void {
  const layer = createVehicleMapLayer({
    telemetry,
    colours: readMapColours(document.documentElement),
    nowMs: () => nowMs,
    clockRate: () => 1,
    describe: () => ({ name: '', note: '' }),
  });
  layer.start(to);
}

function apply(frame: ArrayBuffer | undefined): void {
  if (frame === undefined) return;
  nowMs = decodeTelemetryFrame(frame).sentAtMs;
  store?.apply(frame);
}

function move(step: number): void {
  const to = MOVES[step % MOVES.length];
  if (to === 'in') map?.zoomIn(1);
  else if (to === 'out') map?.zoomOut(1);
  else
    map?.panBy(
      [
        to === 'right' ? PAN_PIXELS : to === 'left' ? -PAN_PIXELS : 0,
        to === 'down' ? PAN_PIXELS : to === 'up' ? -PAN_PIXELS : 0,
      ],
      { animate: true, duration: 0.5 },
    );
}

const page: LayerPage = {
  open: async (layer, view) => {
    if (frames.length === 0) frames = await readFrames();
    const element = document.getElementById('map');
    if (element === null) return;
    map = openMap(element, view);
    store = createTelemetryStore();
    if (layer === 'ours') startOurs(map, store);
    if (layer === 'circle-markers') startCircleMarkers(map, store);
    apply(frames[0]);
  },
  play: (motion) =>
    new Promise((resolve) => {
      const frameMs: number[] = [];
      let lastMs: number | undefined;
      let at = 0;
      const follow = (atMs: number) => {
        if (lastMs !== undefined) frameMs.push(atMs - lastMs);
        lastMs = atMs;
        if (at < frames.length) requestAnimationFrame(follow);
      };
      requestAnimationFrame(follow);
      let step = 0;
      const moves = motion === 'rest' ? undefined : setInterval(() => move(step++), MOVE_MS);
      const ticks = setInterval(() => {
        at += 1;
        apply(frames[at]);
        if (at < frames.length) return;
        clearInterval(ticks);
        clearInterval(moves);
        resolve({ ticks: frames.length - 1, frameMs, shown: store?.count() ?? 0 });
      }, TICK_MS);
    }),
};

Object.assign(globalThis, { layerPage: page });
