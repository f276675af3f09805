/**
 * The fleet on the map: takes telemetry into the instrument's columns, says how each vehicle looks (shape by activity,
 * dashed when its position is no longer the present), and keeps the ring and name of the selected one.
 *
 * Invariant: freshness is judged again every second, also when nothing arrives, so silence is seen as silence.
 */
import type L from 'leaflet';
import { HIDDEN_LOOK } from '../../instruments/map/markers/marker-atlas.ts';
import { mercatorX, mercatorY } from '../../instruments/map/mercator.ts';
import { createSelectionMark } from '../../instruments/map/selection-mark.ts';
import { createVehicleLayer, type VehicleColours } from '../../instruments/map/vehicle-layer.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { lookOf, RANK_WORDS, VEHICLE_LOOKS } from './vehicle-look.ts';

const SWEEP_MS = 1000;

export type VehicleMapOptions = {
  readonly telemetry: TelemetryStore;
  readonly colours: VehicleColours;
  /** The profile's clock. */
  readonly nowMs: () => number;
  readonly clockRate: () => number;
  /** What stands beside the selected vehicle: its name, and its age when that is worth saying. */
  readonly describe: (vehicleNumber: number, atMs: number) => { readonly name: string; readonly note: string };
};

export function createVehicleMapLayer({ telemetry, colours, nowMs, clockRate, describe }: VehicleMapOptions) {
  const vehicles = createVehicleLayer(VEHICLE_LOOKS, RANK_WORDS, colours);
  const selection = createSelectionMark();
  const moveListeners = new Set<(at: L.LatLng) => void>();
  let isVisible: (vehicleNumber: number) => boolean = () => true;
  let selected: number | undefined;
  let knownAtMs = new Float64Array(0);
  let looks = new Uint8Array(0);
  let ranks = new Uint8Array(0);

  function takeRows(rows: Iterable<number>): void {
    const columns = telemetry.columns();
    if (knownAtMs.length < telemetry.count()) {
      const grown = new Float64Array(columns.atMs.length);
      grown.set(knownAtMs);
      knownAtMs = grown;
    }
    // A frame after a new subscription repeats what is known: the same fix twice is no movement.
    const changed = Int32Array.from(rows).filter((row) => knownAtMs[row] !== columns.atMs[row]);
    if (changed.length === 0) return;
    for (const row of changed) knownAtMs[row] = columns.atMs[row] ?? 0;
    vehicles.takeFixes({
      rows: changed,
      x: Float64Array.from(changed, (row) => mercatorX(columns.longitude[row] ?? 0)),
      y: Float64Array.from(changed, (row) => mercatorY(columns.latitude[row] ?? 0)),
      headingDeg: Float32Array.from(changed, (row) => columns.headingDeg[row] ?? 0),
    });
  }

  function judge(): boolean {
    const columns = telemetry.columns();
    const count = telemetry.count();
    let changed = looks.length !== count;
    if (changed) {
      looks = new Uint8Array(count).fill(HIDDEN_LOOK);
      ranks = new Uint8Array(count);
    }
    const now = nowMs();
    const rate = clockRate();
    for (let row = 0; row < count; row++) {
      const number = columns.vehicleNumber[row] ?? 0;
      const shown = number === selected || isVisible(number);
      const next = lookOf(columns.activity[row] ?? 0, columns.atMs[row] ?? 0, now, rate);
      const look = shown ? next.look : HIDDEN_LOOK;
      if (looks[row] === look) continue;
      looks[row] = look;
      ranks[row] = shown ? next.rank : 0;
      changed = true;
    }
    return changed;
  }

  function refresh(): void {
    if (judge()) vehicles.takeStates(looks, ranks);
    markSelected();
  }

  function sweep(): void {
    judge();
    vehicles.takeStates(looks, ranks);
    markSelected();
  }

  function placeOf(vehicleNumber: number): L.LatLng | undefined {
    const row = telemetry.rowOfVehicle(vehicleNumber);
    return row === undefined ? undefined : vehicles.shownAt(row);
  }

  function markSelected(): void {
    const at = selected === undefined ? undefined : placeOf(selected);
    if (selected === undefined || at === undefined) {
      selection.hide();
      return;
    }
    const { name, note } = describe(selected, telemetry.read(selected)?.atMs ?? 0);
    selection.show(at, name, note);
    for (const listener of moveListeners) listener(at);
  }

  return {
    /** Begins to follow the store; answers how to stop. */
    start: (map: L.Map): (() => void) => {
      map.addLayer(vehicles.layer);
      selection.addTo(map);
      takeRows(Array.from({ length: telemetry.count() }, (_, row) => row));
      sweep();
      const stopStore = telemetry.onChange((change) => {
        takeRows(change.rows);
        refresh();
      });
      const stopPainted = vehicles.onPainted(markSelected);
      const timer = window.setInterval(sweep, SWEEP_MS);
      return () => {
        window.clearInterval(timer);
        stopPainted();
        stopStore();
        selection.remove();
        map.removeLayer(vehicles.layer);
      };
    },
    setVisible: (visible: (vehicleNumber: number) => boolean): void => {
      isVisible = visible;
      refresh();
    },
    select: (vehicleNumber: number | undefined): void => {
      selected = vehicleNumber;
      refresh();
    },
    setColours: vehicles.setColours,
    /** Vehicles at a point of the map's container, nearest first. */
    vehiclesAt: (at: L.Point): readonly number[] =>
      vehicles.rowsAt(at).map((row) => telemetry.columns().vehicleNumber[row] ?? 0),
    cellBoundsAt: vehicles.cellBoundsAt,
    placeOf,
    /** Where every vehicle shown by the filter was last, as [latitude, longitude]. */
    shownPlaces: (): readonly (readonly [number, number])[] => {
      const columns = telemetry.columns();
      return Array.from(looks, (look, row) => ({ look, row }))
        .filter(({ look, row }) => look !== HIDDEN_LOOK && isVisible(columns.vehicleNumber[row] ?? 0))
        .map(({ row }) => [columns.latitude[row] ?? 0, columns.longitude[row] ?? 0]);
    },
    /** Called with the selected vehicle's shown place whenever it is placed anew. */
    onSelectedMoved: (listener: (at: L.LatLng) => void): (() => void) => {
      moveListeners.add(listener);
      return () => moveListeners.delete(listener);
    },
    onPainted: vehicles.onPainted,
  };
}
