/**
 * The latest reported position of every vehicle, in columns indexed by `row`. Never React state: the map paints from the
 * columns, grids and panels read single rows at their own pace. Rows are given in order of first report and never move.
 */
import { ACTIVITIES, type Activity } from '../../shared/domain/fleet/position.ts';
import { decodeTelemetryFrame } from '../../shared/ipc/telemetry-frame.ts';
import { ops, type Unsubscribe } from '../link/ops-client.ts';

type Columns = {
  readonly vehicleNumber: Uint32Array;
  readonly atMs: Float64Array;
  readonly latitude: Float64Array;
  readonly longitude: Float64Array;
  readonly speedKmh: Float32Array;
  readonly headingDeg: Float32Array;
  readonly socPercent: Float32Array;
  readonly batteryTempC: Int8Array;
  /** Index into ACTIVITIES. */
  readonly activity: Uint8Array;
};

export type TelemetryRow = {
  readonly atMs: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly speedKmh: number;
  readonly headingDeg: number;
  readonly socPercent: number;
  readonly batteryTempC: number;
  readonly activity: Activity;
};

/** `rows` are those the frame changed, `whole` that everything was replaced. */
export type TelemetryChange = { readonly rows: Int32Array; readonly whole: boolean; readonly sentAtMs: number };

const FIRST_CAPACITY = 1024;
/** Vehicle numbers begin at 1. */
const NOBODY = 0;

function makeColumns(capacity: number): Columns {
  return {
    vehicleNumber: new Uint32Array(capacity),
    atMs: new Float64Array(capacity),
    latitude: new Float64Array(capacity),
    longitude: new Float64Array(capacity),
    speedKmh: new Float32Array(capacity),
    headingDeg: new Float32Array(capacity),
    socPercent: new Float32Array(capacity),
    batteryTempC: new Int8Array(capacity),
    activity: new Uint8Array(capacity),
  };
}

function grow(old: Columns): Columns {
  const next = makeColumns(old.atMs.length * 2);
  for (const name of Object.keys(next) as (keyof Columns)[]) next[name].set(old[name]);
  return next;
}

export function createTelemetryStore() {
  let columns = makeColumns(FIRST_CAPACITY);
  let count = 0;
  const rowOf = new Map<number, number>();
  const listeners = new Set<(change: TelemetryChange) => void>();

  function rowFor(vehicleNumber: number): number {
    const known = rowOf.get(vehicleNumber);
    if (known !== undefined) return known;
    if (count === columns.atMs.length) columns = grow(columns);
    rowOf.set(vehicleNumber, count);
    columns.vehicleNumber[count] = vehicleNumber;
    return count++;
  }

  /**
   * A whole frame may come from another backend, even another profile whose numbers mean other vehicles: what it does not
   * name has never reported there. Its row stays, since rows never move, but belongs to nobody.
   */
  function forgetAllBut(vehicleNumbers: Uint32Array): void {
    const reported = new Set(vehicleNumbers);
    for (const [vehicleNumber, row] of rowOf) {
      if (reported.has(vehicleNumber)) continue;
      rowOf.delete(vehicleNumber);
      columns.vehicleNumber[row] = NOBODY;
      columns.atMs[row] = 0;
    }
  }

  function apply(buffer: ArrayBuffer): void {
    const frame = decodeTelemetryFrame(buffer);
    if (frame.wholeFleet) forgetAllBut(frame.vehicleNumber);
    const rows = new Int32Array(frame.count);
    for (let index = 0; index < frame.count; index++) {
      const row = rowFor(frame.vehicleNumber[index] ?? 0);
      rows[index] = row;
      columns.atMs[row] = frame.atMs[index] ?? 0;
      columns.latitude[row] = (frame.latitudeE7[index] ?? 0) / 1e7;
      columns.longitude[row] = (frame.longitudeE7[index] ?? 0) / 1e7;
      columns.speedKmh[row] = (frame.speedDeciKmh[index] ?? 0) / 10;
      columns.headingDeg[row] = (frame.headingCentiDeg[index] ?? 0) / 100;
      columns.socPercent[row] = (frame.socCentiPercent[index] ?? 0) / 100;
      columns.batteryTempC[row] = frame.batteryTempC[index] ?? 0;
      columns.activity[row] = frame.activity[index] ?? 0;
    }
    const change = { rows, whole: frame.wholeFleet, sentAtMs: frame.sentAtMs };
    for (const listener of listeners) listener(change);
  }

  return {
    apply,
    /** Valid until the next change; read again after each. Only the first `count` rows mean anything. */
    columns: (): Columns => columns,
    count: () => count,
    /** undefined: this vehicle has never reported. */
    rowOfVehicle: (vehicleNumber: number): number | undefined => rowOf.get(vehicleNumber),
    read: (vehicleNumber: number): TelemetryRow | undefined => {
      const row = rowOf.get(vehicleNumber);
      if (row === undefined) return undefined;
      return {
        atMs: columns.atMs[row] ?? 0,
        latitude: columns.latitude[row] ?? 0,
        longitude: columns.longitude[row] ?? 0,
        speedKmh: columns.speedKmh[row] ?? 0,
        headingDeg: columns.headingDeg[row] ?? 0,
        socPercent: columns.socPercent[row] ?? 0,
        batteryTempC: columns.batteryTempC[row] ?? 0,
        activity: ACTIVITIES[columns.activity[row] ?? 0] ?? 'idle',
      };
    },
    onChange: (listener: (change: TelemetryChange) => void): Unsubscribe => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type TelemetryStore = ReturnType<typeof createTelemetryStore>;

export const telemetry = createTelemetryStore();

let started = false;

/** Begins to receive frames; called when a screen first needs positions. Kept for the window's life. */
export function receiveTelemetry(): void {
  if (started) return;
  started = true;
  ops.subscribeFrames('fleet/telemetry', telemetry.apply, () => {});
}
