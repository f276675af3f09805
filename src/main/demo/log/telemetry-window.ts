/**
 * The last ten minutes of positions, packed to 24 bytes each, so that 10 000 vehicles fit. Invariant: offsets are
 * consecutive; what falls out of the window raises `oldest` and nothing else.
 */
import type { LogItem } from './log-entries.ts';
import type { FleetFrame } from '../fleet/fleet-schedule.ts';
import { ACTIVITIES } from '../fleet/vehicle-stage.ts';

export type TelemetryWindow = {
  readonly head: () => number;
  readonly oldest: () => number;
  /** Packs rows of a frame into one item. */
  readonly append: (frame: FleetFrame, rows: readonly number[], atMs: number) => void;
  /** An item exactly as given: for tests of hostile content. */
  readonly appendRaw: (kind: string, body: unknown, atMs: number) => void;
  readonly read: (from: number, maxItems: number, maxBytes: number) => LogItem[];
};

type Packed = {
  wallMs: number;
  atMs: number;
  bytes: number;
  columns: Int32Array | null;
  raw: { kind: string; body: unknown } | null;
};

const WINDOW_MS = 11 * 60_000;
const WINDOW_BYTES = 128 * 1024 * 1024;
const WIDTH = 6;
/** Upper bound of one position written as JSON. */
const JSON_BYTES = 215;

export function createTelemetryWindow(vehicleIds: readonly string[], lastOffset: number): TelemetryWindow {
  const items: Packed[] = [];
  let dropped = 0;
  let bytes = 0;
  const head = (): number => lastOffset + dropped + items.length;
  const push = (item: Packed): void => {
    items.push(item);
    bytes += item.bytes;
    let gone = 0;
    while (gone < items.length - 1 && (bytes > WINDOW_BYTES || (items[gone]?.wallMs ?? 0) < item.wallMs - WINDOW_MS)) {
      bytes -= items[gone]?.bytes ?? 0;
      gone += 1;
    }
    if (gone === 0) return;
    items.splice(0, gone);
    dropped += gone;
  };
  return {
    head,
    oldest: () => lastOffset + dropped + 1,
    append: (frame, rows, atMs) => {
      const columns = pack(frame, rows);
      push({ wallMs: Date.now(), atMs, bytes: columns.byteLength, columns, raw: null });
    },
    appendRaw: (kind, body, atMs) =>
      push({ wallMs: Date.now(), atMs, bytes: JSON.stringify(body)?.length ?? 0, columns: null, raw: { kind, body } }),
    read: (from, maxItems, maxBytes) => {
      const read: LogItem[] = [];
      let size = 0;
      for (let index = from - lastOffset - dropped - 1; index < items.length && read.length < maxItems; index++) {
        const item = items[index];
        if (!item) break;
        size += item.columns ? (item.columns.length / WIDTH) * JSON_BYTES + 80 : item.bytes + 80;
        if (size > maxBytes && read.length > 0) break;
        const at = new Date(item.atMs).toISOString();
        const offset = lastOffset + dropped + index + 1;
        if (item.raw) read.push({ offset, at, ...item.raw });
        else read.push({ offset, at, kind: 'positions', body: { positions: unpack(item, vehicleIds) } });
      }
      return read;
    },
  };
}

function pack(frame: FleetFrame, rows: readonly number[]): Int32Array {
  const columns = new Int32Array(rows.length * WIDTH);
  rows.forEach((row, index) => {
    const at = index * WIDTH;
    columns[at] = row | ((frame.activity[row] ?? 0) << 20);
    columns[at + 1] = Math.round((frame.latitude[row] ?? 0) * 1e6);
    columns[at + 2] = Math.round((frame.longitude[row] ?? 0) * 1e6);
    columns[at + 3] =
      Math.round((frame.speedKmh[row] ?? 0) * 10) | (Math.round((frame.headingDeg[row] ?? 0) * 10) << 16);
    columns[at + 4] = Math.round((frame.socPercent[row] ?? 0) * 100);
    columns[at + 5] = Math.round((frame.batteryC[row] ?? 0) * 10);
  });
  return columns;
}

function unpack(item: Packed, vehicleIds: readonly string[]): unknown[] {
  const { columns, atMs } = item;
  if (!columns) return [];
  const positions: unknown[] = [];
  for (let at = 0; at < columns.length; at += WIDTH) {
    const row = columns[at] ?? 0;
    const motion = columns[at + 3] ?? 0;
    positions.push({
      vehicle_id: vehicleIds[row & 0xfffff],
      at_ms: atMs,
      latitude: (columns[at + 1] ?? 0) / 1e6,
      longitude: (columns[at + 2] ?? 0) / 1e6,
      speed_kmh: (motion & 0xffff) / 10,
      heading_deg: (motion >> 16) / 10,
      soc_percent: (columns[at + 4] ?? 0) / 100,
      battery_temp_c: (columns[at + 5] ?? 0) / 10,
      activity: ACTIVITIES[row >> 20],
    });
  }
  return positions;
}
