/**
 * Durable positions a second through the whole intake (envelope, schemas, decision, latest and ring tables, offset, one
 * commit a page) against SQLite alone, at the load that is promised: 10 000 vehicles, each once a second, four pages a second.
 *
 * The peer is fair: the very same rows, page by page, equally durable, into the same two tables through statements prepared
 * once, which is the quickest plain way to have a vehicle's track and its newest position readable from each commit on, and
 * it neither parses nor checks anything. Both are timed after half a minute, when the ring is no longer a handful of pages
 * and the intake brings as many positions into it as arrive.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore } from '../../src/main/database/open-store.ts';
import type { Store } from '../../src/main/database/sqlite.ts';
import { createFeedHub } from '../../src/main/feed/feed-hub.ts';
import { startFleet } from '../../src/main/fleet/start-fleet.ts';
import { createAnswers } from '../../src/main/ipc/answers.ts';
import { startAtZero } from '../../src/main/marketplace-link/link-stream-table.ts';
import type { StreamDefinition } from '../../src/main/marketplace-link/stream-definition.ts';
import { takePage } from '../../src/main/marketplace-link/streams/take-page.ts';
import type { BenchTable } from './bench-table.ts';
import { median, percentile } from './figures.ts';
import { profileShares } from './profile-shares.ts';

const VEHICLES = 10_000;
const PAGES_A_SECOND = 4;
const PAGE = VEHICLES / PAGES_A_SECOND;
const ITEM = 200;
const WARM_UP_S = 30;
const MEASURED_S = 60;
const PAGES = (WARM_UP_S + MEASURED_S) * PAGES_A_SECOND;
const START_MS = Date.UTC(2026, 5, 9, 4);
const ROUNDS = 3;

type WirePosition = ReturnType<typeof makePosition>;
/** Takes the page of that number, whose rows are these. */
type Taker = (page: number, positions: readonly WirePosition[]) => void;

function makePosition(vehicle: number, atMs: number) {
  return {
    vehicle_id: `VEHICLE-${vehicle}`,
    at_ms: atMs,
    latitude: 52.5 + (vehicle % 100) / 1e3 + (atMs % 1e7) / 1e9,
    longitude: 13.4 + vehicle / 1e5,
    speed_kmh: 31.4,
    heading_deg: (vehicle * 7) % 360,
    soc_percent: 71.25,
    battery_temp_c: 24,
    activity: 'DRIVING',
  };
}

function positionsOf(page: number): WirePosition[] {
  const atMs = START_MS + (page * 1000) / PAGES_A_SECOND;
  const first = (page % PAGES_A_SECOND) * PAGE;
  return Array.from({ length: PAGE }, (_, index) => makePosition(first + index, atMs));
}

function throughIntake(store: Store): Taker {
  const streams = new Map<string, StreamDefinition>();
  const clock = { nowMs: () => START_MS + (WARM_UP_S + MEASURED_S) * 1000 };
  startFleet({
    store,
    feeds: createFeedHub(),
    answers: createAnswers(() => {}),
    link: { registerStream: (definition) => streams.set(definition.name, definition) },
    clock,
  });
  store.write((tx) => startAtZero(tx, 'telemetry', '01970000-0000-7000-8000-000000000000'));
  let offset = 0;
  return (_page, positions) => {
    const at = new Date(positions[0]?.at_ms ?? 0).toISOString();
    const items = [];
    for (let begin = 0; begin < positions.length; begin += ITEM)
      items.push({
        offset: ++offset,
        at,
        kind: 'positions',
        body: { positions: positions.slice(begin, begin + ITEM) },
      });
    const page = { stream: 'telemetry', head: offset, items };
    const taken = takePage({ store, wallClock: clock, log: () => {} }, streams, page);
    if (!taken.answer.ok) throw new Error('The bench’s own page was refused.');
  };
}

function bySqliteAlone(store: Store): Taker {
  const columns = 'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
  const ring = store.prepare(`INSERT INTO position_ring_0 ${columns}`);
  const latest = store.prepare(`INSERT OR REPLACE INTO position_latest ${columns}`);
  return (page, positions) => {
    const first = (page % PAGES_A_SECOND) * PAGE;
    store.write(() => {
      for (let index = 0; index < positions.length; index++) {
        const at = positions[index] as WirePosition;
        const row = [
          first + index,
          at.at_ms,
          525_000_000 + index * 311,
          134_000_000 + index * 97,
          314,
          at.heading_deg,
          7125,
          24,
          0,
        ];
        ring.run(...row);
        latest.run(...row);
      }
    });
  };
}

/** How long each measured page took, in milliseconds; making it is not counted. */
function timePages(open: (store: Store) => Taker): number[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-bench-'));
  const store = openStore({ path: path.join(folder, 'bench.sqlite') });
  try {
    const take = open(store);
    const pagesMs: number[] = [];
    for (let page = 0; page < PAGES; page++) {
      const positions = positionsOf(page);
      const started = performance.now();
      take(page, positions);
      if (page >= WARM_UP_S * PAGES_A_SECOND) pagesMs.push(performance.now() - started);
    }
    return pagesMs;
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const rowsPerSecond = (pagesMs: readonly number[]): number =>
  (pagesMs.length * PAGE * 1000) / pagesMs.reduce((sum, ms) => sum + ms, 0);

export async function benchDurableRows(table: BenchTable): Promise<void> {
  table.section(
    `durable positions, ${VEHICLES} vehicles once a second, ${MEASURED_S} s after ${WARM_UP_S} s, median of ${ROUNDS}`,
  );
  table.machine();
  const intake: number[][] = [];
  const alone: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(timePages(bySqliteAlone));
    intake.push(timePages(throughIntake));
  }
  const [ours, peer] = [median(intake.map(rowsPerSecond)), median(alone.map(rowsPerSecond))];
  table.ratio(
    'rows a second, whole intake / SQLite alone',
    ours / peer,
    0.8,
    `${Math.round(ours)} / ${Math.round(peer)}`,
  );
  for (const [name, pages] of [
    ['whole intake', intake.flat()],
    ['SQLite alone', alone.flat()],
  ] as const)
    table.say(
      `  a page of ${PAGE}, ${name}`,
      `p50 ${percentile(pages, 50).toFixed(1)}, p99 ${percentile(pages, 99).toFixed(1)}, longest ${Math.max(...pages).toFixed(0)} ms`,
    );
  for (const { part, share } of await profileShares(() => void timePages(throughIntake), PARTS))
    table.say(`  of the intake’s time, ${part}`, `${(share * 100).toFixed(0)} %`);
}

/** By file; SQLite's own time is counted where its statements are run, and the commit where the transaction ends. */
const PARTS: readonly (readonly [part: string, files: RegExp])[] = [
  ['schemas of the wire', /\/zod\/|\/wire\//u],
  ['commits (SQLite: log, disk, checkpoints)', /better-sqlite3\/lib\/|\/database\//u],
  ['newest positions', /position-latest-table/u],
  ['pages and ring', /position-(page-table|ring|batch|columns)/u],
  ['decisions and numbering', /telemetry-stream|vehicle-table/u],
  ['envelope and offsets', /marketplace-link\//u],
];
