/**
 * Starts what `npm run package` made. Its fuses shut Playwright's own way in, so the window is reached over Chromium's
 * remote debugging, which an installed Switchyard allows only on a data folder named for the occasion.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chromium, errors as playwrightErrors, type Browser, type Page } from 'playwright';

export type PackagedProcess = {
  readonly process: ChildProcess;
  /** What it wrote so far, both streams. */
  readonly said: () => string;
  /** Ends it as its window's closing would; what hangs is killed. */
  readonly stop: () => Promise<void>;
};

export function packagedExecutable(): string {
  const executable = process.env['SWITCHYARD_PACKAGED'];
  if (executable === undefined)
    throw new Error('SWITCHYARD_PACKAGED is not set: run this through `npm run check packaged`.');
  return executable;
}

export function startPackaged(args: readonly string[], env: NodeJS.ProcessEnv = {}): PackagedProcess {
  const { SWITCHYARD_SQLITE_BINDING: _binding, ...inherited } = process.env;
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(packagedExecutable(), [...args, ...sandbox], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const hear = (bytes: Buffer) => (text += bytes.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const gone = once(child, 'exit');
  return {
    process: child,
    said: () => text,
    stop: async () => {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(late);
    },
  };
}

const LISTENS_WITHIN_MS = 20_000;

const ATTACHES_WITHIN_MS = 10_000;

/** Playwright's attach hangs now and then; only that is tried again, never what is tested. */
async function attach(address: string): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(address, { timeout: ATTACHES_WITHIN_MS });
  } catch (error) {
    if (!(error instanceof playwrightErrors.TimeoutError)) throw error;
    return chromium.connectOverCDP(address, { timeout: ATTACHES_WITHIN_MS });
  }
}

export async function launchPackaged(data: string): Promise<{ page: Page; errors: string[] } & PackagedProcess> {
  const started = startPackaged([`--data=${data}`, '--size=1920x1080', '--remote-debugging-port=0']);
  const until = Date.now() + LISTENS_WITHIN_MS;
  let address: string | undefined;
  while ((address = /DevTools listening on (ws:\S+)/u.exec(started.said())?.[1]) === undefined) {
    if (Date.now() > until || started.process.exitCode !== null) {
      await started.stop();
      throw new Error(`The packaged application opened no door: ${started.said().slice(-2000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const browser = await attach(address);
  const context = browser.contexts()[0];
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (page === undefined) throw new Error('The packaged application has no window.');
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return {
    ...started,
    page,
    errors,
    stop: async () => {
      await browser.close();
      await started.stop();
    },
  };
}
