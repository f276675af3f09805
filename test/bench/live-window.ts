/**
 * The console under load, measured from outside in its own built form and its own window: 10 000 vehicles of the demo, each
 * reporting every second while it drives, telemetry to the page five times a second.
 *
 * The length is two minutes of steady work, or ten with `--long`, which is what the promise about memory is made of.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import type { BenchTable } from './bench-table.ts';
import { growthOf, median, percentile, slopePerMinute } from './figures.ts';
import { compareLayers, type LayerCost } from './live-window/compare-layers.ts';
import { openMeasuredConsole, type MeasuredConsole } from './live-window/open-measured-console.ts';
import { profilePage } from './live-window/profile-page.ts';
import type { PageNotes } from './live-window/page-probe.ts';
import {
  BACKEND,
  readLoopNotes,
  readMainLoop,
  readMemory,
  watchMainLoop,
  type MemoryNote,
} from './live-window/process-notes.ts';

const VEHICLES = 10_000;
const SHORT = { warmUpMs: 30_000, steadyMs: 120_000 };
/** By then SQLite's cache is full and positions gather in pages as they always will. */
const LONG = { warmUpMs: 120_000, steadyMs: 600_000 };
/** The streets of one city, near enough that vehicles are drawn one by one. */
const ROUTE = '#/live?lat=12.97&lon=77.59&zoom=15';
const MEMORY_EVERY_MS = 2000;
const MOVE_EVERY_MS = 700;
/** A pan by each arrow and a zoom in and out again, as an operator looks around. */
const KEYS = ['ArrowRight', 'ArrowDown', '+', 'ArrowLeft', 'ArrowUp', '-'] as const;

declare const switchyardBench: { take: () => PageNotes; frames: () => string[] };

type Steady = {
  readonly atRest: PageNotes;
  readonly moving: PageNotes;
  readonly memory: readonly MemoryNote[];
  readonly fromMs: number;
  readonly toMs: number;
};

export async function benchLiveWindow(table: BenchTable, long: boolean): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-bench-'));
  let running: MeasuredConsole | undefined;
  try {
    running = await openMeasuredConsole({ folder, vehicles: VEHICLES, route: ROUTE });
    const { app, page } = running;
    const { warmUpMs, steadyMs } = long ? LONG : SHORT;
    await page.waitForTimeout(warmUpMs);
    await watchMainLoop(app);
    const steady = await watchSteadyWork(running, steadyMs);
    const mainLate = await readMainLoop(app);
    table.section(
      `the console's window with ${VEHICLES} vehicles, ${(steady.toMs - steady.fromMs) / 1000} s after ${warmUpMs / 1000} s`,
    );
    table.machine();
    table.say('page', decodeURIComponent(new URL(page.url()).hash));
    sayFrames(table, steady);
    sayArrivals(table, running, steady);
    sayLoops(table, folder, mainLate, steady);
    sayMemory(table, steady, long);
    const { busyMs, functions } = await profilePage(page);
    const parts = functions.map(({ name, ms }) => `${name} ${ms.toFixed(0)}`).join(', ');
    table.say('main thread of the page, profiled', `busy ${busyMs.toFixed(0)} ms of a second: ${parts}`);
    const frames = await keptFrames(page);
    const size = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }));
    const costs = await compareLayers(page, folder, frames, size);
    sayLayers(table, costs);
    table.machine();
  } finally {
    await running?.close();
    // The last process to end may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function watchSteadyWork({ app, page }: MeasuredConsole, forMs: number): Promise<Steady> {
  const memory: MemoryNote[] = [];
  const fromMs = Date.now();
  const untilMs = fromMs + forMs;
  const noteMemory = async (until: number, between: () => Promise<void>) => {
    while (Date.now() < until) {
      memory.push(await readMemory(app));
      await between();
    }
  };
  await takeNotes(page);
  await noteMemory(fromMs + forMs / 2, () => page.waitForTimeout(MEMORY_EVERY_MS));
  const atRest = await takeNotes(page);
  await page.getByRole('application').focus();
  let step = 0;
  await noteMemory(untilMs, async () => {
    for (let move = 0; move < MEMORY_EVERY_MS / MOVE_EVERY_MS; move++) {
      await page.keyboard.press(KEYS[step++ % KEYS.length] ?? '0');
      await page.waitForTimeout(MOVE_EVERY_MS);
    }
  });
  const moving = await takeNotes(page);
  return { atRest, moving, memory, fromMs, toMs: Date.now() };
}

const takeNotes = (page: Page): Promise<PageNotes> => page.evaluate(() => switchyardBench.take());

async function keptFrames(page: Page): Promise<readonly ArrayBuffer[]> {
  const texts = await page.evaluate(() => switchyardBench.frames());
  return texts.map((text) => Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}

function sayFrames(table: BenchTable, { atRest, moving }: Steady): void {
  for (const [name, notes] of [
    ['at rest', atRest],
    ['panning and zooming', moving],
  ] as const) {
    const { frameMs, longTaskMs, paintMs } = notes;
    const detail = `p50 ${percentile(frameMs, 50).toFixed(1)}, p99 ${percentile(frameMs, 99).toFixed(1)}, ${frameMs.length} frames`;
    table.atMost(`frame to frame ${name}, p95`, percentile(frameMs, 95), 20, 'ms', detail);
    table.say(
      `page ${name}`,
      `${longTaskMs.length} tasks over 50 ms (longest ${Math.max(0, ...longTaskMs).toFixed(0)} ms), ${paintMs.length} frames painted by the worker in ${median(paintMs).toFixed(1)} ms each, ${notes.telemetryFrames} telemetry frames`,
    );
  }
}

function sayArrivals(table: BenchTable, { arrivals }: MeasuredConsole, { atRest, moving, fromMs, toMs }: Steady): void {
  const wholeMs: number[] = [];
  const toPageMs: number[] = [];
  const shown = new Set<string>();
  for (const [name, atPageMs, onScreenMs] of [...atRest.shown, ...moving.shown]) {
    const arrivedAtMs = arrivals.arrivedAtMs.get(name);
    if (arrivedAtMs === undefined || shown.has(name)) continue;
    shown.add(name);
    wholeMs.push(onScreenMs - arrivedAtMs);
    toPageMs.push(atPageMs - arrivedAtMs);
  }
  const due = [...arrivals.arrivedAtMs].filter(([, atMs]) => atMs >= fromMs && atMs <= toMs - 2000);
  const missed = due.filter(([name]) => !shown.has(name)).length;
  table.atMost(
    'from the socket to the first frame that shows it, p95',
    percentile(wholeMs, 95),
    250,
    'ms',
    `p50 ${percentile(wholeMs, 50).toFixed(0)}, p99 ${percentile(wholeMs, 99).toFixed(0)}; of it to the page p50 ${percentile(toPageMs, 50).toFixed(0)}, p95 ${percentile(toPageMs, 95).toFixed(0)}`,
  );
  table.say(
    'positions followed',
    `${wholeMs.length} of ${arrivals.positions()} that arrived; ${missed} of ${due.length} were never shown, being replaced by a newer one of the same vehicle first`,
  );
}

function sayLoops(table: BenchTable, folder: string, mainLate: readonly number[], { fromMs, toMs }: Steady): void {
  const backendLate = readLoopNotes(folder, BACKEND)
    .filter(({ atMs }) => atMs > fromMs && atMs <= toMs)
    .flatMap(({ late }) => late);
  for (const [name, late] of [
    ['backend', backendLate],
    ['main', mainLate],
  ] as const)
    table.atMost(
      `event loop of the ${name} process, late by p99`,
      percentile(late, 99),
      20,
      'ms',
      `p50 ${percentile(late, 50).toFixed(1)}, longest ${late.reduce((most, one) => Math.max(most, one), 0).toFixed(0)}`,
    );
}

function sayMemory(table: BenchTable, { memory }: Steady, long: boolean): void {
  for (const [part, name] of [
    [BACKEND, 'backend'],
    ['Tab', 'page'],
    ['Browser', 'main'],
  ] as const) {
    const samples = memory.map(({ atMs, bytes }) => ({ atMs, value: (bytes[part] ?? NaN) / 1e6 }));
    const detail = `${median(samples.map(({ value }) => value)).toFixed(0)} MB resident, ${slopePerMinute(samples).toFixed(2)} MB a minute`;
    const growth = `memory of ${name}, last third against first`;
    if (long) table.atMost(growth, growthOf(samples) * 100, 5, '%', detail);
    else
      table.say(
        `${growth} (two minutes say little: --long takes ten)`,
        `${(growthOf(samples) * 100).toFixed(1)} %, ${detail}`,
      );
  }
}

function sayLayers(table: BenchTable, costs: readonly LayerCost[]): void {
  table.section(
    `layers alone, ${costs[0]?.run.ticks} telemetry frames each, all ${costs.at(-1)?.run.shown} vehicles in the view`,
  );
  for (const motion of ['rest', 'panning and zooming'] as const) {
    const of = (layer: LayerCost['layer']) => costs.find((cost) => cost.layer === layer && cost.motion === motion);
    const [none, peer, ours] = [of('none'), of('circle-markers'), of('ours')];
    if (none === undefined || peer === undefined || ours === undefined) continue;
    const mainMs = (cost: LayerCost) => cost.mainMsATick - none.mainMsATick;
    table.ratio(
      `main thread a telemetry frame, Leaflet's circle markers / ours, ${motion}`,
      mainMs(peer) / mainMs(ours),
      3,
      `${mainMs(peer).toFixed(1)} ms / ${mainMs(ours).toFixed(1)} ms (the page without a layer ${none.mainMsATick.toFixed(1)} ms; with workers and all ${peer.processMsATick.toFixed(0)} / ${ours.processMsATick.toFixed(0)} ms)`,
    );
    for (const cost of [ours, peer])
      table.say(
        `  frame to frame, ${cost.layer}, ${motion}`,
        `p50 ${percentile(cost.run.frameMs, 50).toFixed(1)}, p95 ${percentile(cost.run.frameMs, 95).toFixed(1)} ms`,
      );
  }
}
