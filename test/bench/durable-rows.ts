/**
 * Durable positions a second through the whole intake (envelope, schemas, decision, latest and ring tables, offset, one
 * commit a page) against the same rows put into the same two tables by SQLite alone, page by page, equally durable.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFeedHub } from '../../src/main/feed/feed-hub.ts';
import { openStore } from '../../src/main/database/open-store.ts';
import type { Store } from '../../src/main/database/sqlite.ts';
import { startFleet } from '../../src/main/fleet/start-fleet.ts';
import { createAnswers } from '../../src/main/ipc/answers.ts';
import { startAtZero } from '../../src/main/marketplace-link/link-stream-table.ts';
import type { StreamDefinition } from '../../src/main/marketplace-link/stream-definition.ts';
import { takePage } from '../../src/main/marketplace-link/streams/take-page.ts';

const VEHICLES = 2000;
const SECONDS = 30;
const BATCH = 200;
const START_MS = Date.UTC(2026, 5, 9, 4);
const ROUNDS = 5;

type WirePage = { readonly stream: string; readonly head: number; readonly items: readonly unknown[] };

/** One page a second of fleet time: every vehicle once. */
function makePages(): WirePage[] {
  let offset = 0;
  return Array.from({ length: SECONDS }, (_, second) => {
    const items = Array.from({ length: VEHICLES / BATCH }, (_unused, batch) => ({
      offset: ++offset,
      at: new Date(START_MS + second * 1000).toISOString(),
      kind: 'positions',
      body: {
        positions: Array.from({ length: BATCH }, (_position, index) => ({
          vehicle_id: `V${batch * BATCH + index}`,
          at_ms: START_MS + second * 1000,
          latitude: 52.5 + index / 1e4 + second / 1e5,
          longitude: 13.4 + batch / 1e3,
          speed_kmh: 31.4,
          heading_deg: (index * 7) % 360,
          soc_percent: 71.25,
          battery_temp_c: 24,
          activity: 'DRIVING',
        })),
      },
    }));
    return { stream: 'telemetry', head: offset, items };
  });
}

function throughIntake(store: Store, pages: readonly WirePage[]): void {
  const streams = new Map<string, StreamDefinition>();
  const clock = { nowMs: () => START_MS + SECONDS * 1000 };
  startFleet({
    store,
    feeds: createFeedHub(),
    answers: createAnswers(() => {}),
    link: { registerStream: (definition) => streams.set(definition.name, definition) },
    clock,
  });
  store.write((tx) => startAtZero(tx, 'telemetry', '01970000-0000-7000-8000-000000000000'));
  for (const page of pages) {
    const taken = takePage({ store, wallClock: clock, log: () => {} }, streams, page);
    if (!taken.answer.ok) throw new Error('The bench’s own page was refused.');
  }
}

function bySqliteAlone(store: Store, pages: readonly WirePage[]): void {
  const columns = 'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
  const ring = store.prepare(`INSERT INTO position_ring_0 ${columns}`);
  const latest = store.prepare(`INSERT OR REPLACE INTO position_latest ${columns}`);
  pages.forEach((_page, second) => {
    store.write(() => {
      for (let vehicle = 0; vehicle < VEHICLES; vehicle++) {
        const row = [vehicle, START_MS + second * 1000, 525000000 + vehicle, 134000000, 314, 7, 7125, 24, 0];
        ring.run(...row);
        latest.run(...row);
      }
    });
  });
}

function measureRowsPerSecond(
  work: (store: Store, pages: readonly WirePage[]) => void,
  pages: readonly WirePage[],
): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-bench-'));
  const store = openStore({ path: path.join(folder, 'bench.sqlite') });
  try {
    const started = performance.now();
    work(store, pages);
    return (VEHICLES * SECONDS * 1000) / (performance.now() - started);
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

export function benchDurableRows(): readonly string[] {
  const pages = makePages();
  const intake: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(measureRowsPerSecond(bySqliteAlone, pages));
    intake.push(measureRowsPerSecond(throughIntake, pages));
  }
  const ratio = median(intake) / median(alone);
  return [
    `durable positions: whole intake / SQLite alone = ${ratio.toFixed(2)}`,
    `  intake ${Math.round(median(intake))} rows/s, SQLite alone ${Math.round(median(alone))} rows/s (median of ${ROUNDS}, ${VEHICLES} vehicles, a page a second)`,
  ];
}
