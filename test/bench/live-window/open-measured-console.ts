/**
 * The built console in its real window, with observers around it and none in it: the page's comes in before the page's own
 * code, the processes' are started in their place, the socket's stands between marketplace and backend.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import type { ElectronApplication, Page } from 'playwright';
import { launchConsole, type RunningConsole } from '../../support/launch-console.ts';
import { observeArrivals, type Arrivals } from './observe-arrivals.ts';

const LIVE_WITHIN_MS = 120_000;

export type MeasuredConsole = RunningConsole & {
  readonly arrivals: Arrivals;
};

export async function openMeasuredConsole(options: {
  readonly folder: string;
  readonly vehicles: number;
  readonly route: string;
}): Promise<MeasuredConsole> {
  const { folder, vehicles, route } = options;
  const running = await launchConsole({
    data: path.join(folder, 'data'),
    args: [`--vehicles=${vehicles}`],
  });
  const { app, page } = running;
  await page.getByLabel('Your name').waitFor();
  const arrivals = await putObserversIn(app, folder);
  await page.addInitScript({ content: await bundle('page-probe.ts', 'iife') });
  await page.getByLabel('Your name').fill('Bench');
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await untilLive(page);
  // The page's observer comes with the page: it is loaded again, on a fleet that is all there by now, at the place that is
  // to be watched, whatever the map made of the first view while the fleet was still being announced.
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, route);
  await page.reload();
  await untilLive(page);
  const close = async () => {
    await running.close();
    arrivals.close();
  };
  return { ...running, arrivals, close };
}

/** A large fleet takes its time to be announced, the more so on a busy machine. */
async function untilLive(page: Page): Promise<void> {
  await page.locator('html[data-living=true]').waitFor({ state: 'attached', timeout: LIVE_WITHIN_MS });
  await page.getByLabel('Links and store').filter({ hasText: 'live' }).waitFor({ timeout: LIVE_WITHIN_MS });
}

/** Wraps Electron's own fork, in the main process, from outside: the application cannot tell. */
async function putObserversIn(app: ElectronApplication, folder: string): Promise<Arrivals> {
  const probe = path.join(folder, 'process-probe.mjs');
  writeFileSync(probe, await bundle('process-probe.ts', 'es'));
  // The demo's address is known only once the demo runs; the backend is sent to a port that is open already.
  let tellUpstream: (url: string) => void = () => {};
  const upstream = new Promise<string>((resolve) => {
    tellUpstream = resolve;
  });
  const arrivals = await observeArrivals(upstream);
  await app.evaluate(
    ({ utilityProcess }, given) => {
      const fork = utilityProcess.fork.bind(utilityProcess);
      let tell = (_url: string): void => {};
      const known = new Promise<string>((resolve) => {
        tell = resolve;
      });
      Object.assign(globalThis, { switchyardBench: { upstream: known } });
      utilityProcess.fork = (file, args = [], settings = {}) => {
        const options = JSON.parse(args[0] ?? '{}') as { marketplace?: { url: string } };
        if (options.marketplace !== undefined) {
          tell(options.marketplace.url);
          options.marketplace.url = given.url;
        }
        const env = {
          ...process.env,
          SWITCHYARD_BENCH_ENTRY: file,
          SWITCHYARD_BENCH_FILE: `${given.folder}/${settings.serviceName ?? 'process'}.jsonl`,
        };
        return fork(given.probe, [JSON.stringify(options), ...args.slice(1)], { ...settings, env });
      };
    },
    { probe, folder, url: arrivals.url },
  );
  void app
    .evaluate(
      () => (globalThis as unknown as { switchyardBench: { upstream: Promise<string> } }).switchyardBench.upstream,
    )
    .then(tellUpstream);
  return arrivals;
}

/** One file of plain JavaScript: neither the page nor Electron's older Node reads TypeScript. */
async function bundle(file: string, format: 'es' | 'iife'): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'chrome130',
      lib: { entry: path.join(import.meta.dirname, file), formats: [format], name: 'switchyardProbe' },
      rolldownOptions: { external: /^node:/u },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []));
  const chunk = outputs.find((one) => one.type === 'chunk');
  if (chunk === undefined) throw new Error(`The bench’s observer ${file} was not built.`);
  return chunk.code;
}
