/**
 * Positions in columns, in the order in which they came, with the way back from each to the one before of the same vehicle.
 * In memory 36 bytes a position, packed 28: the columns one after the other, little-endian as every platform we run on.
 */
import type { PositionValues } from './position-columns.ts';

const BYTES_PER_POSITION = 28;
const NONE = -1;
const FIRST_CAPACITY = 4096;

export type PositionBatch = ReturnType<typeof createPositionBatch>;

/** Widest first, so that every column begins where its numbers may stand. */
function makeColumns(capacity: number, buffer = new ArrayBuffer(capacity * BYTES_PER_POSITION)) {
  let at = 0;
  const next = (bytes: number) => {
    const start = at;
    at += bytes * capacity;
    return start;
  };
  return {
    atMs: new Float64Array(buffer, next(8), capacity),
    vehicleNumber: new Uint32Array(buffer, next(4), capacity),
    latitudeE7: new Int32Array(buffer, next(4), capacity),
    longitudeE7: new Int32Array(buffer, next(4), capacity),
    speedDeciKmh: new Uint16Array(buffer, next(2), capacity),
    headingDeg: new Uint16Array(buffer, next(2), capacity),
    socCentiPercent: new Uint16Array(buffer, next(2), capacity),
    batteryTempC: new Int8Array(buffer, next(1), capacity),
    activity: new Uint8Array(buffer, next(1), capacity),
  };
}

type Columns = ReturnType<typeof makeColumns>;
const COLUMN_NAMES = Object.keys(makeColumns(0)) as readonly (keyof Columns)[];

export function createPositionBatch() {
  let columns = makeColumns(FIRST_CAPACITY);
  let before = new Int32Array(FIRST_CAPACITY);
  let count = 0;
  const newestRow = new Map<number, number>();

  function reserve(rows: number): void {
    if (rows <= before.length) return;
    const capacity = Math.max(rows, before.length * 2);
    const grown = makeColumns(capacity);
    for (const name of COLUMN_NAMES) grown[name].set(columns[name]);
    columns = grown;
    const longer = new Int32Array(capacity);
    longer.set(before);
    before = longer;
  }

  /** Ties the row at `count` to its vehicle's row before. */
  function link(vehicleNumber: number): void {
    before[count] = newestRow.get(vehicleNumber) ?? NONE;
    newestRow.set(vehicleNumber, count);
    count += 1;
  }

  function valuesAt(row: number): PositionValues {
    // The row is below `count`; `as number` only tells the compiler so.
    return [
      columns.vehicleNumber[row] as number,
      columns.atMs[row] as number,
      columns.latitudeE7[row] as number,
      columns.longitudeE7[row] as number,
      columns.speedDeciKmh[row] as number,
      columns.headingDeg[row] as number,
      columns.socCentiPercent[row] as number,
      columns.batteryTempC[row] as number,
      columns.activity[row] as number,
    ];
  }

  return {
    count: () => count,
    append: ([
      vehicle,
      atMs,
      latitude,
      longitude,
      speed,
      heading,
      soc,
      temperature,
      activity,
    ]: PositionValues): void => {
      reserve(count + 1);
      columns.vehicleNumber[count] = vehicle;
      columns.atMs[count] = atMs;
      columns.latitudeE7[count] = latitude;
      columns.longitudeE7[count] = longitude;
      columns.speedDeciKmh[count] = speed;
      columns.headingDeg[count] = heading;
      columns.socCentiPercent[count] = soc;
      columns.batteryTempC[count] = temperature;
      columns.activity[count] = activity;
      link(vehicle);
    },
    /** Whose positions these are, in the order of the ring. */
    vehicles: (): number[] => [...newestRow.keys()].sort((a, b) => a - b),
    /** In the order in which they came. */
    positionsOf: (vehicleNumber: number): PositionValues[] => {
      const positions: PositionValues[] = [];
      for (let row = newestRow.get(vehicleNumber) ?? NONE; row !== NONE; row = before[row] as number)
        positions.push(valuesAt(row));
      return positions.reverse();
    },
    holds: (vehicleNumber: number, atMs: number): boolean => {
      for (let row = newestRow.get(vehicleNumber) ?? NONE; row !== NONE; row = before[row] as number)
        if (columns.atMs[row] === atMs) return true;
      return false;
    },
    /** Everything from this row on. */
    pack: (fromRow: number): Buffer =>
      Buffer.concat(
        COLUMN_NAMES.map((name) => {
          const part = columns[name].subarray(fromRow, count);
          return Buffer.from(part.buffer, part.byteOffset, part.byteLength);
        }),
      ),
    /** Appends what was packed. */
    unpack: (packed: Uint8Array): void => {
      const rows = packed.length / BYTES_PER_POSITION;
      // A copy, because where a driver puts its bytes is not where numbers may stand.
      const read = makeColumns(rows, Uint8Array.from(packed).buffer);
      reserve(count + rows);
      for (const name of COLUMN_NAMES) columns[name].set(read[name], count);
      for (const vehicle of read.vehicleNumber) link(vehicle);
    },
  };
}
