/**
 * The Charge page with 5 000 places of 8 charge points each, from a scripted feed that goes on changing them: the filter from
 * the key to list and map alike, and frames while the map pans, against Leaflet's own circle markers on its own canvas, on a
 * bare page of the same run.
 */
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { CDPSession, Page } from 'playwright';
import { build } from 'vite';
import { launchConsole } from '../support/launch-console.ts';
import type { BenchTable } from './bench-table.ts';
import { median, percentile } from './figures.ts';

/** Every place has its own mark from here on; farther out there are counts per cell. */
const VIEW = { lat: 51, lon: 10.5, zoom: 9 } as const;
const FILTERS = ['1', '17', '171', '17', '1', '', '4', '42', '4', ''] as const;
const PANS = 24;
const PAN_EVERY_MS = 600;
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Leaflet’s map answers itself, which must not travel to the bench. */
declare const peerMap: { panBy: (by: [number, number]) => unknown };

export async function benchPlaceWindow(table: BenchTable): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-bench-'));
  const pages = path.join(folder, 'pages');
  const root = path.resolve(import.meta.dirname, 'place-page');
  await build({
    root,
    base: './',
    logLevel: 'error',
    configFile: false,
    plugins: [react()],
    build: {
      outDir: pages,
      emptyOutDir: true,
      target: 'chrome130',
      rolldownOptions: { input: path.join(root, 'places.html') },
    },
    worker: { format: 'es' },
  });
  const server = await serve(pages);
  const running = await launchConsole({ data: path.join(folder, 'data') });
  try {
    const { page } = running;
    await page.getByLabel('Your name').waitFor();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    const { lat, lon, zoom } = VIEW;
    await page.goto(`${server.url}/places.html#/charge?vehicle=V1&lat=${lat}&lon=${lon}&zoom=${zoom}`);
    await page.getByText('5,000 of 5,000').waitFor({ timeout: 60_000 });
    await page.waitForTimeout(4000);
    table.section('5 000 places, 40 000 charge points, 80 of them changing each second');
    table.machine();
    await sayFilter(table, page);
    const size = await page.evaluate(() => {
      const { clientWidth, clientHeight } = document.querySelector('.map-ground') ?? document.body;
      return { width: clientWidth, height: clientHeight };
    });
    const ours = await pan(page, cdp, () => page.keyboard.press('ArrowRight'));
    const query = new URLSearchParams(
      Object.entries({ ...size, ...VIEW }).map(([name, value]) => [name, String(value)]),
    );
    await page.goto(`${server.url}/places.html?peer#peer?${query.toString()}`);
    await page.waitForTimeout(3000);
    const peer = await pan(page, cdp, () => page.evaluate(() => peerMap.panBy([120, 0]) === undefined));
    table.atMost('frame to frame while panning, p95', percentile(ours.frameMs, 95), 20, 'ms', sayFrames(ours));
    table.say('  Leaflet’s circle markers on canvas, alone on a page', sayFrames(peer));
    table.say(
      '  main thread a pan, ours with list and feed / theirs bare',
      `${ours.mainMs.toFixed(0)} / ${peer.mainMs.toFixed(0)} ms`,
    );
  } finally {
    await running.close();
    server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** From the key to the frame after list and map both show what it left. */
async function sayFilter(table: BenchTable, page: Page): Promise<void> {
  const takenMs: number[] = [];
  const input = page.getByLabel('Place, operator, street or connector');
  await input.focus();
  for (const text of FILTERS) {
    const measured = page.evaluate(
      (next) =>
        new Promise<number>((resolve) => {
          const field = document.activeElement as HTMLInputElement;
          const result = document.querySelector('.filter-result')?.textContent;
          let isPainted = false;
          document
            .querySelector('.vehicle-canvas')
            ?.addEventListener('painted', () => (isPainted = true), { once: true });
          const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
          const fromMs = performance.now();
          value?.set?.call(field, next);
          field.dispatchEvent(new Event('input', { bubbles: true }));
          const look = () => {
            const isListed = document.querySelector('.filter-result')?.textContent !== result;
            if (isListed && isPainted) resolve(performance.now() - fromMs);
            else if (performance.now() - fromMs > 5000) resolve(NaN);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
      text,
    );
    takenMs.push(await measured);
    await page.waitForTimeout(400);
  }
  const detail = `p50 ${median(takenMs).toFixed(0)} ms of ${takenMs.length}, both list and map`;
  table.atMost('filter, from the key to the frame that shows it, longest', Math.max(...takenMs), 100, 'ms', detail);
}

type Panned = { readonly frameMs: readonly number[]; readonly mainMs: number };

async function pan(page: Page, cdp: CDPSession, move: () => Promise<unknown>): Promise<Panned> {
  await page.evaluate(() => document.querySelector<HTMLElement>('.map-ground')?.focus());
  const frames = page.evaluate(
    (forMs) =>
      new Promise<number[]>((resolve) => {
        const frameMs: number[] = [];
        const fromMs = performance.now();
        let lastMs: number | undefined;
        const follow = (atMs: number) => {
          if (lastMs !== undefined) frameMs.push(atMs - lastMs);
          lastMs = atMs;
          if (atMs - fromMs < forMs) requestAnimationFrame(follow);
          else resolve(frameMs);
        };
        requestAnimationFrame(follow);
      }),
    PANS * PAN_EVERY_MS,
  );
  const before = await threadMs(cdp);
  for (let step = 0; step < PANS; step++) {
    await move();
    await page.waitForTimeout(PAN_EVERY_MS);
  }
  const frameMs = await frames;
  return { frameMs, mainMs: ((await threadMs(cdp)) - before) / PANS };
}

async function threadMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN) * 1000;
}

function sayFrames({ frameMs }: Panned): string {
  const at = (share: number) => percentile(frameMs, share).toFixed(1);
  return `p50 ${at(50)}, p95 ${at(95)}, p99 ${at(99)} ms, ${frameMs.length} frames`;
}

async function serve(folder: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    readFile(path.join(folder, path.normalize(pathname))).then(
      (body) => response.setHeader('content-type', TYPES[path.extname(pathname)] ?? 'text/plain').end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
