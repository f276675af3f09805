/** Starts the built application in a real Electron window, with a data folder of its own. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';

const repository = path.resolve(import.meta.dirname, '../..');

export type RunningConsole = {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the page reported as an error: a test ends by expecting none. */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
};

export function dataFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'switchyard-app-'));
}

export async function launchConsole(options: {
  readonly data: string;
  readonly args?: readonly string[];
  /** Width and height. */
  readonly size?: string;
  /** Beside this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<RunningConsole> {
  const executablePath = process.env['SWITCHYARD_ELECTRON'];
  if (executablePath === undefined)
    throw new Error('SWITCHYARD_ELECTRON is not set: run this through `npm run test:app`.');
  const app = await launch({
    executablePath,
    // Otherwise the page is told that the system is light, whatever theme the application asks for.
    colorScheme: null,
    ...(options.environment !== undefined && { env: { ...inherited(), ...options.environment } }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      repository,
      `--data=${options.data}`,
      `--size=${options.size ?? '1920x1080'}`,
      ...(options.args ?? []),
    ],
  });
  const page = await app.firstWindow();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return { app, page, errors, close: () => app.close() };
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const LAUNCH_WITHIN_MS = 12_000;

/**
 * Playwright's attaching to Electron 33 is lost now and then right after another window closed: it waits for ever for a
 * window that is there. That says nothing about the application, so the launch, and nothing after it, is tried again.
 */
async function launch(options: Parameters<typeof _electron.launch>[0], tries = 3): Promise<ElectronApplication> {
  try {
    return await _electron.launch({ ...options, timeout: LAUNCH_WITHIN_MS });
  } catch (error) {
    if (tries <= 1 || !(error instanceof Error) || !error.message.includes('Timeout')) throw error;
    return launch(options, tries - 1);
  }
}
