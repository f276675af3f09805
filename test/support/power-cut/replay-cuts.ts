/** Cuts the power of a recorded run at many moments and judges what is found on the disk after each. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReadableStore } from '../../../src/main/database/sqlite.ts';
import { openLatestPositions } from '../../../src/main/fleet/position-latest-table.ts';
import { readPlace } from '../../../src/main/marketplace-link/link-stream-table.ts';
import { createPromises, judgeStore, type Promised, type Tracks } from '../promises.ts';
import { seededRandom } from '../seeded-random.ts';
import { createDisk, type ChooseMoment } from './disk-model.ts';
import type { DiskEvent } from './record-writes.ts';
import { RECORDED_DATABASE, registersOf, TELEMETRY_START_MS, TELEMETRY_STEP_MS } from './recorded-work.ts';

export type CutReport = {
  readonly events: number;
  readonly cuts: number;
  /** How many cuts broke a promise, by the first word of what was found: lost, half or broken. */
  readonly breaches: Readonly<Record<string, number>>;
  /** The first few, with their cut. */
  readonly examples: readonly string[];
  readonly promised: Readonly<Record<string, number>>;
};

export function replayCuts(options: {
  readonly events: readonly DiskEvent[];
  readonly cuts: number;
  readonly seed: number;
}): CutReport {
  const { events } = options;
  const random = seededRandom(options.seed);
  const moments = Array.from({ length: options.cuts }, () => Math.floor(random() * (events.length + 1)));
  moments.sort((a, b) => a - b);
  const disk = createDisk();
  const promises = createPromises();
  const breaches: Record<string, number> = {};
  const examples: string[] = [];
  const folder = mkdtempSync(path.join(memoryFolder(), 'switchyard-cut-'));
  let at = 0;
  try {
    for (const moment of moments) {
      for (; at < moment; at++) {
        const event = events[at];
        if (event === undefined) break;
        if (event.type === 'witnessed') promises.add(event.line as Promised);
        else disk.take(event);
      }
      disk.cut(folder, unluckily(random), random() < 0.5 ? 512 : 4096);
      const found = judgeStore(path.join(folder, RECORDED_DATABASE), promises, (store, tracks) => [
        ...wholePages(store, tracks),
        ...wholeReadings(store),
      ]);
      for (const kind of new Set(found.map((sentence) => sentence.split(':')[0] ?? '')))
        breaches[kind] = (breaches[kind] ?? 0) + 1;
      if (found[0] !== undefined && examples.length < 5)
        examples.push(`cut after event ${moment}: ${found.join('; ')}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { events: events.length, cuts: moments.length, breaches, examples, promised: promises.count() };
}

/** One temper a cut: from a disk that had written nothing since the sync to one that had written all. */
export function unluckily(random: () => number): ChooseMoment {
  const all = [0, 0.1, 0.5, 0.9, 1][Math.floor(random() * 5)] ?? 0;
  const nothing = 1 - all;
  return (count) => {
    if (count === 0) return 0;
    const luck = random();
    if (luck < all) return count;
    return luck < all + nothing / 2 ? 0 : Math.floor(random() * (count + 1));
  };
}

/** The telemetry reaches exactly as far as its committed offset says: a page is there whole, with its place, or not at all. */
function wholePages(store: ReadableStore, held: Tracks): string[] {
  const committed = readPlace(store, 'telemetry')?.committed ?? 0;
  const newestMs = Math.max(0, ...Array.from(openLatestPositions(store, () => {}).all(), ({ atMs }) => atMs));
  const instants = Array.from({ length: committed }, (_, n) => TELEMETRY_START_MS + (n + 1) * TELEMETRY_STEP_MS);
  const promisedMs = instants.at(-1) ?? 0;
  const keptAfterHour = hourOf(promisedMs) - RING_SLOTS;
  const kept = instants.filter((atMs) => hourOf(atMs) > keptAfterHour).join();
  const tracks = [...held.values()].map((track) => [...track].sort((a, b) => a - b).join());
  return [
    ...(newestMs === promisedMs ? [] : [`half: the telemetry is committed to ${committed}, the newest at ${newestMs}`]),
    ...tracks
      .filter((track) => track !== kept)
      .map(() => `half: not all vehicles hold the ${committed} steps committed`),
  ];
}

function wholeReadings(store: ReadableStore): string[] {
  type Row = { meter_number: number; at_ms: number; registers: Uint8Array };
  const rows = ['meter_reading', 'meter_latest'].flatMap((table) =>
    store.prepare<[], Row>(`SELECT meter_number, at_ms, registers FROM ${table}`).all(),
  );
  return rows
    .filter(({ meter_number: meter, at_ms: atMs, registers }) => !registersOf(meter, atMs).equals(registers))
    .map(
      ({ meter_number: meter, at_ms: atMs }) => `half: the reading of meter ${meter} at ${atMs} holds other registers`,
    );
}

const RING_SLOTS = 25;
const hourOf = (atMs: number): number => Math.floor(atMs / 3_600_000);

/** The files are written and judged hundreds of times: in memory where the system offers that. */
export function memoryFolder(): string {
  return statSync('/dev/shm', { throwIfNoEntry: false })?.isDirectory() === true ? '/dev/shm' : tmpdir();
}
