/**
 * All vehicles' latest positions that changed in one tick, as one ArrayBuffer: a header, then one column a field, so
 * that the reader makes typed arrays over it without copying. Little-endian, as every platform we run on.
 *
 *   0  u32 magic 'SWY1'    4  u32 count    8  f64 sentAtMs (profile's clock)    16 u32 flags (bit 0: holds every vehicle)
 *   24 f64 atMs[count], then i32 latitudeE7, i32 longitudeE7, u32 vehicleNumber, u16 speed (0.1 km/h),
 *      u16 heading (0.01 degree), u16 state of charge (0.01 %), i8 battery degrees Celsius, u8 activity code
 */
import { assert } from '../kernel/assert.ts';
import { ACTIVITIES, type Position } from '../domain/fleet/position.ts';

const MAGIC = 0x31595753;
const HEADER_BYTES = 24;
const ROW_BYTES = 28;
const WHOLE_FLEET = 1;

export type TelemetryFrame = {
  readonly sentAtMs: number;
  /** True in the first frame after subscribing: a vehicle not in it has never reported. */
  readonly wholeFleet: boolean;
  readonly count: number;
  readonly atMs: Float64Array;
  readonly latitudeE7: Int32Array;
  readonly longitudeE7: Int32Array;
  readonly vehicleNumber: Uint32Array;
  readonly speedDeciKmh: Uint16Array;
  readonly headingCentiDeg: Uint16Array;
  readonly socCentiPercent: Uint16Array;
  readonly batteryTempC: Int8Array;
  readonly activity: Uint8Array;
};

export function encodeTelemetryFrame(
  positions: readonly Position[],
  sentAtMs: number,
  wholeFleet: boolean,
): ArrayBuffer {
  const buffer = new ArrayBuffer(HEADER_BYTES + positions.length * ROW_BYTES);
  const header = new DataView(buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, positions.length, true);
  header.setFloat64(8, sentAtMs, true);
  header.setUint32(16, wholeFleet ? WHOLE_FLEET : 0, true);
  const columns = columnsOver(buffer, positions.length);
  positions.forEach((position, row) => {
    columns.atMs[row] = position.atMs;
    columns.latitudeE7[row] = Math.round(position.latitude * 1e7);
    columns.longitudeE7[row] = Math.round(position.longitude * 1e7);
    columns.vehicleNumber[row] = position.vehicleNumber;
    columns.speedDeciKmh[row] = Math.round(position.speedKmh * 10);
    columns.headingCentiDeg[row] = Math.round((position.headingDeg % 360) * 100);
    columns.socCentiPercent[row] = Math.round(position.socPercent * 100);
    columns.batteryTempC[row] = Math.round(position.batteryTempC);
    columns.activity[row] = ACTIVITIES.indexOf(position.activity);
  });
  return buffer;
}

export function decodeTelemetryFrame(buffer: ArrayBuffer): TelemetryFrame {
  const header = new DataView(buffer);
  assert(buffer.byteLength >= HEADER_BYTES && header.getUint32(0, true) === MAGIC, 'a frame begins with its magic');
  const count = header.getUint32(4, true);
  assert(buffer.byteLength === HEADER_BYTES + count * ROW_BYTES, 'a frame is as long as its count says');
  return {
    sentAtMs: header.getFloat64(8, true),
    wholeFleet: (header.getUint32(16, true) & WHOLE_FLEET) !== 0,
    count,
    ...columnsOver(buffer, count),
  };
}

function columnsOver(buffer: ArrayBuffer, count: number) {
  let at = HEADER_BYTES;
  const next = (bytes: number) => {
    const start = at;
    at += bytes * count;
    return start;
  };
  return {
    atMs: new Float64Array(buffer, next(8), count),
    latitudeE7: new Int32Array(buffer, next(4), count),
    longitudeE7: new Int32Array(buffer, next(4), count),
    vehicleNumber: new Uint32Array(buffer, next(4), count),
    speedDeciKmh: new Uint16Array(buffer, next(2), count),
    headingCentiDeg: new Uint16Array(buffer, next(2), count),
    socCentiPercent: new Uint16Array(buffer, next(2), count),
    batteryTempC: new Int8Array(buffer, next(1), count),
    activity: new Uint8Array(buffer, next(1), count),
  };
}
