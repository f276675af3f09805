/**
 * Thousands of moving markers on a Leaflet map. The pixels are painted by a worker (see `vehicle-painter-worker`); this
 * side keeps the same columns for hits, counts and the selection, tells the worker the view, and puts each painted frame
 * where the map is at that moment. At zooms where markers would cover each other it shows counts per cell instead.
 */
import L from 'leaflet';
import { createCellLayer, type CellColours } from './markers/cell-layer.ts';
import type { Ink, MarkerLook } from './markers/marker-atlas.ts';
import { createMarkerColumns } from './markers/marker-columns.ts';
import { createNearbyMarkers } from './markers/nearby-markers.ts';
import { createFrameCanvas } from './frame-canvas.ts';
import { followView } from './view-follower.ts';
import type { FixBatch, ToPainter } from './markers/vehicle-painter.ts';
import type { FromPainter } from './markers/vehicle-painter-worker.ts';
import { latitudeOf, longitudeOf, type WorldView } from './mercator.ts';
import { isCrowded } from './markers/cell-counts.ts';

export type VehicleColours = CellColours & { readonly ink: Ink };

export type PaintedFrame = { readonly atMs: number; readonly workMs: number };

export type VehicleLayer = {
  readonly layer: L.Layer;
  readonly takeFixes: (batch: FixBatch) => void;
  /** Looks and ranks of all rows from 0 on; copied. */
  readonly takeStates: (looks: Uint8Array, ranks: Uint8Array) => void;
  readonly setColours: (colours: VehicleColours) => void;
  /** Rows at a point of the map's container, nearest first. */
  readonly rowsAt: (at: L.Point) => readonly number[];
  /** Where a row is shown now; undefined when it never had a fix. */
  readonly shownAt: (row: number) => L.LatLng | undefined;
  /** While counts are shown: the bounds of the cell's vehicles at a point of the container. */
  readonly cellBoundsAt: (at: L.Point) => L.LatLngBounds | undefined;
  readonly isCounting: () => boolean;
  /** Called after each frame is on screen, to move what follows a marker. */
  readonly onPainted: (listener: (frame: PaintedFrame) => void) => () => void;
};

/** How far from a marker's middle a click still means it, in CSS pixels: the target is 24 across. */
const HIT_PIXELS = 12;
const CANVAS_PANE = 'overlayPane';

/** The clock both threads share. */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

export function createVehicleLayer(
  looks: readonly MarkerLook[],
  rankWords: readonly string[],
  firstColours: VehicleColours,
): VehicleLayer {
  const columns = createMarkerColumns();
  const nearby = createNearbyMarkers(columns);
  const cells = createCellLayer(columns, firstColours, rankWords);
  const frames = createFrameCanvas(CANVAS_PANE);
  const listeners = new Set<(frame: PaintedFrame) => void>();
  let worker: Worker | undefined;
  let map: L.Map | undefined;
  let colours = firstColours;
  let ratio = 0;
  let isCounting = false;
  const viewNow = followView((view) => {
    tellRatio();
    tell({ type: 'view', view: isCounting ? undefined : view });
    frames.fit(view);
  });

  function tell(message: ToPainter, transfer: Transferable[] = []): void {
    worker?.postMessage(message, transfer);
  }

  function tellRatio(): void {
    if (ratio === window.devicePixelRatio) return;
    ratio = window.devicePixelRatio;
    tell({ type: 'looks', looks, ratio, ink: colours.ink });
  }

  function show({ bitmap, view, atMs, fixesAtMs, workMs }: FromPainter): void {
    tell({ type: 'shown' });
    if (map === undefined || isCounting) {
      bitmap.close();
      return;
    }
    frames.show(bitmap, view, viewNow.view());
    for (const listener of listeners) listener({ atMs, workMs });
    // For whoever measures from outside, such as the benchmark; with nobody listening it costs nothing to speak of.
    frames.canvas.dispatchEvent(new CustomEvent('painted', { detail: { atMs, fixesAtMs, workMs } }));
  }

  /** Counts or markers, decided when the zoom ends or the fleet changes, never while panning. */
  function decide(): void {
    if (map === undefined) return;
    const crowded = isCrowded(columns, map.getZoom(), isCounting);
    cells.setShown(crowded);
    if (crowded === isCounting) return;
    isCounting = crowded;
    if (crowded) frames.hide();
    tell({ type: 'view', view: crowded ? undefined : viewNow.view() });
  }

  function start(to: L.Map): void {
    map = to;
    worker = new Worker(new URL('./markers/vehicle-painter-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = (event: MessageEvent<FromPainter>) => show(event.data);
    ratio = 0;
    tellRatio();
    frames.addTo(to);
    to.addLayer(cells.layer);
    replay();
    viewNow.start(to);
    to.on('zoomend', decide);
    decide();
  }

  /** A layer that is added again starts a fresh worker, which must hear of every row. */
  function replay(): void {
    const count = columns.count();
    const { toX, toY, toTurns, look } = columns.arrays();
    const rows = Int32Array.from({ length: count }, (_, row) => row);
    const headingDeg = toTurns.slice(0, count).map((turns) => turns * 360);
    const batch = { rows, x: toX.slice(0, count), y: toY.slice(0, count), headingDeg };
    tell({ type: 'fixes', batch, atMs: steadyNow() });
    tell({ type: 'states', states: look.slice(0, count) });
  }

  function stop(): void {
    viewNow.stop();
    map?.off('zoomend', decide);
    map?.removeLayer(cells.layer);
    frames.remove();
    worker?.terminate();
    worker = undefined;
    map = undefined;
  }

  /** A point of the container in the unit square. */
  function worldAt(at: L.Point, view: WorldView): readonly [number, number] {
    return [(at.x * ratio + view.left) / view.scale, (at.y * ratio + view.top) / view.scale];
  }

  return {
    layer: Object.assign(new L.Layer(), { onAdd: start, onRemove: stop }),
    takeFixes: (batch) => {
      const atMs = steadyNow();
      const { rows, x, y, headingDeg } = batch;
      for (let at = 0; at < rows.length; at++)
        columns.place(rows[at] ?? 0, x[at] ?? 0, y[at] ?? 0, headingDeg[at] ?? 0, atMs);
      nearby.forget();
      tell({ type: 'fixes', batch, atMs }, [rows.buffer, x.buffer, y.buffer, headingDeg.buffer]);
    },
    takeStates: (states, ranks) => {
      states.forEach((look, row) => columns.setLook(row, look, ranks[row] ?? 0));
      tell({ type: 'states', states: states.slice() });
      nearby.forget();
      decide();
      cells.refresh();
    },
    setColours: (next) => {
      colours = next;
      tell({ type: 'ink', ink: next.ink });
      cells.setColours(next);
    },
    rowsAt: (at) => {
      const view = viewNow.view();
      if (view === undefined || isCounting) return [];
      const [x, y] = worldAt(at, view);
      return nearby.within(x, y, (HIT_PIXELS * ratio) / view.scale, steadyNow());
    },
    cellBoundsAt: (at) => {
      const view = viewNow.view();
      if (view === undefined || !isCounting) return undefined;
      const [x, y] = worldAt(at, view);
      const bounds = cells.cellAt(x, y, view.scale / ratio)?.bounds;
      if (bounds === undefined) return undefined;
      const { west, north, east, south } = bounds;
      return L.latLngBounds([latitudeOf(south), longitudeOf(west)], [latitudeOf(north), longitudeOf(east)]);
    },
    shownAt: (row) => {
      if (row >= columns.count() || columns.arrays().arrivedMs[row] === 0) return undefined;
      const { x, y } = columns.shownAt(row, steadyNow());
      return L.latLng(latitudeOf(y), longitudeOf(x));
    },
    isCounting: () => isCounting,
    onPainted: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
