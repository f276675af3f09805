/**
 * Our vehicle layer and Leaflet's own canvas circle markers, one after the other in the console's own window, over the same
 * positions: the console's telemetry frames as they came, with every vehicle moved by an offset of its own so that all of
 * them stand in the view, evenly, and drive as they drove.
 *
 * What a layer costs is the CPU time of the page's main thread (so a busy machine does not count) over that of the same page
 * without any layer.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { CDPSession, Page } from 'playwright';
import { build } from 'vite';
import { decodeTelemetryFrame } from '../../../src/shared/ipc/telemetry-frame.ts';
import type { LayerName, LayerPage, LayerRun, Motion } from '../layer-page/layers.ts';

export type LayerCost = {
  readonly layer: LayerName;
  readonly motion: Motion;
  readonly run: LayerRun;
  /** CPU time of the page's main thread, and of its whole process with the workers, for each telemetry frame. */
  readonly mainMsATick: number;
  readonly processMsATick: number;
};

/** At this zoom our layer always draws markers, never counts. */
const VIEW = { lat: 12.97, lon: 77.59, zoom: 15 };
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

declare const layerPage: LayerPage;

export async function compareLayers(
  page: Page,
  folder: string,
  frames: readonly ArrayBuffer[],
  size: { readonly width: number; readonly height: number },
): Promise<readonly LayerCost[]> {
  spreadOverView(frames, size);
  const pages = path.join(folder, 'layer-page');
  await build({
    root: path.resolve(import.meta.dirname, '../layer-page'),
    base: './',
    logLevel: 'warn',
    configFile: false,
    build: {
      outDir: pages,
      emptyOutDir: true,
      target: 'chrome130',
      rolldownOptions: { input: path.resolve(import.meta.dirname, '../layer-page/layers.html') },
    },
    worker: { format: 'es' },
  });
  const server = await serve(pages, frames);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const costs: LayerCost[] = [];
  try {
    for (const motion of ['rest', 'panning and zooming'] as const)
      for (const layer of ['none', 'circle-markers', 'ours'] as const)
        costs.push(await measure(page, cdp, server.url, layer, motion));
  } finally {
    await cdp.detach();
    server.close();
  }
  return costs;
}

async function measure(page: Page, cdp: CDPSession, url: string, layer: LayerName, motion: Motion): Promise<LayerCost> {
  await page.goto(`${url}/layers.html?${layer}-${motion === 'rest' ? 'rest' : 'moving'}`);
  await page.evaluate(async ([name, view]) => layerPage.open(name, view), [layer, VIEW] as const);
  // What only the first frame costs (atlas, layout of 10 000 markers) is not what a tick costs.
  await page.waitForTimeout(2000);
  const before = await readTimes(cdp);
  const run = await page.evaluate(async (how) => layerPage.play(how), motion);
  const after = await readTimes(cdp);
  return {
    layer,
    motion,
    run,
    mainMsATick: (after.mainMs - before.mainMs) / run.ticks,
    processMsATick: (after.processMs - before.processMs) / run.ticks,
  };
}

async function readTimes(cdp: CDPSession): Promise<{ mainMs: number; processMs: number }> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const seconds = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { mainMs: seconds('ThreadTime') * 1000, processMs: seconds('ProcessTime') * 1000 };
}

/** Moves every vehicle to a place of its own in the view, by the same offset in every frame. */
function spreadOverView(
  frames: readonly ArrayBuffer[],
  size: { readonly width: number; readonly height: number },
): void {
  const offsets = new Map<number, readonly [number, number]>();
  const degreesAPixel = 360 / (256 * 2 ** VIEW.zoom);
  const [wide, high] = [size.width * 0.9, size.height * 0.9];
  for (const frame of frames) {
    const { vehicleNumber, latitudeE7, longitudeE7, count } = decodeTelemetryFrame(frame);
    for (let row = 0; row < count; row++) {
      const number = vehicleNumber[row] as number;
      let offset = offsets.get(number);
      if (offset === undefined) {
        // The golden angle's two-dimensional sequence: even, and never in lines.
        const x = ((offsets.size * 0.7548776662466927) % 1) - 0.5;
        const y = ((offsets.size * 0.5698402909980532) % 1) - 0.5;
        const lat = VIEW.lat - y * high * degreesAPixel * Math.cos((VIEW.lat * Math.PI) / 180);
        const lon = VIEW.lon + x * wide * degreesAPixel;
        offset = [
          Math.round(lat * 1e7) - (latitudeE7[row] as number),
          Math.round(lon * 1e7) - (longitudeE7[row] as number),
        ];
        offsets.set(number, offset);
      }
      latitudeE7[row] = (latitudeE7[row] as number) + offset[0];
      longitudeE7[row] = (longitudeE7[row] as number) + offset[1];
    }
  }
}

async function serve(folder: string, frames: readonly ArrayBuffer[]): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const frame = /^\/frames\/(\d+)$/u.exec(pathname)?.[1];
    if (pathname === '/frames') {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ count: frames.length }));
    } else if (frame !== undefined) {
      response.end(Buffer.from(frames[Number(frame)] ?? new ArrayBuffer(0)));
    } else {
      readFile(path.join(folder, path.normalize(pathname))).then(
        (body) => response.setHeader('content-type', TYPES[path.extname(pathname)] ?? 'text/plain').end(body),
        () => response.writeHead(404).end(),
      );
    }
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
