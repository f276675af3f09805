/** The processes of the profile that is open: starts them in their order, tells the stage they are at, stops them. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, type WebContents } from 'electron';
import type { ShellState, StartUpFailure } from '../../shared/ipc/shell-contract.ts';
import { nameStoreFailure, StoreFailure } from '../database/store-failure.ts';
import { judgeStorePlace } from '../database/store-place.ts';
import { syncFolder } from '../database/sync-folder.ts';
import type { LaunchOptions } from './launch-options.ts';
import type { Log } from './log.ts';
import { startBackendProcess, startDemoProcess, type RunningDemoProcess } from './processes/child-processes.ts';
import type { BackendFailure, SupervisedBackend } from './processes/supervise-backend.ts';
import type { Profile } from './settings-file.ts';

export type Link = { readonly url: string; readonly token: string };

export type ProfileRunOptions = {
  readonly dataFolder: string;
  readonly mainFolder: string;
  readonly launch: LaunchOptions;
  readonly log: Log;
  readonly operator: () => string;
  readonly enter: (state: ShellState) => void;
  readonly fail: (failure: StartUpFailure, message: string, detail: unknown, databasePath?: string) => void;
  /** There is no token to open the marketplace with. */
  readonly onTokenMissing: () => void;
  /** The demo ended without having been told to. */
  readonly onDemoEnded: () => void;
};

export function createProfileRun(options: ProfileRunOptions) {
  const { enter, fail, onTokenMissing, onDemoEnded, log } = options;
  let backend: SupervisedBackend<WebContents> | undefined;
  let demo: RunningDemoProcess | undefined;

  async function start(profile: Profile, link: Link | undefined, overtaken: AbortSignal): Promise<void> {
    await stop();
    if (overtaken.aborted) return;
    const folder = path.join(options.dataFolder, 'profiles', profile.id);
    const databasePath = path.join(folder, profile.kind === 'demo' ? `${demoFolder()}.sqlite` : 'switchyard.sqlite');
    enter({ phase: 'starting', profileName: profile.name, step: 'Looking at the database’s place' });
    if (!hasPlace(folder, databasePath)) return;
    const marketplace = profile.kind === 'demo' ? await startDemo(folder, overtaken) : link;
    if (overtaken.aborted || (profile.kind === 'demo' && demo === undefined)) return;
    if (marketplace === undefined) {
      onTokenMissing();
      return;
    }
    enter({ phase: 'starting', profileName: profile.name, step: 'Opening the database' });
    await runBackend(profile, databasePath, marketplace, overtaken);
  }

  /** Looked at before the demo starts: it writes into the same folder and would only say that it could not. */
  function hasPlace(folder: string, databasePath: string): boolean {
    try {
      if (mkdirSync(folder, { recursive: true }) !== undefined)
        for (const parent of [path.dirname(folder), options.dataFolder]) syncFolder(parent);
      judgeStorePlace(databasePath);
      return true;
    } catch (error) {
      const named = nameStoreFailure(error, databasePath);
      if (named instanceof StoreFailure) fail(named.code, named.message, error, databasePath);
      else fail('backend-failed', `The profile’s folder could not be made: ${sentence(error)}`, error, folder);
      return false;
    }
  }

  async function startDemo(folder: string, overtaken: AbortSignal): Promise<Link | undefined> {
    enter({ phase: 'starting', profileName: 'Demo', step: 'Starting the simulated fleet and marketplace' });
    const { demoSeed: seed, demoVehicles: vehicles } = options.launch;
    try {
      demo = await startDemoProcess(
        { seed, vehicles, directory: path.join(folder, demoFolder()) },
        options.mainFolder,
        overtaken,
        demoEnded,
      );
      return { url: demo.facts.url, token: demo.facts.token };
    } catch (error) {
      if (!overtaken.aborted) fail('demo-failed', sentence(error), error);
      return undefined;
    }
  }

  function demoEnded(): void {
    if (demo === undefined) return;
    onDemoEnded();
  }

  /** Settles when the backend runs, has failed, or nobody wants it any more. */
  async function runBackend(
    profile: Profile,
    databasePath: string,
    marketplace: Link,
    overtaken: AbortSignal,
  ): Promise<void> {
    const startOptions = {
      profile: { id: profile.id, kind: profile.kind, name: profile.name },
      operator: options.operator(),
      databasePath,
      // What is installed loads the binding it was shipped with, whatever stands in somebody's environment.
      nativeBinding: app.isPackaged ? undefined : process.env['SWITCHYARD_SQLITE_BINDING'],
      adaptersFile: app.isPackaged ? undefined : process.env['SWITCHYARD_ADAPTERS'],
      marketplace,
      demo: demo === undefined ? undefined : { seed: demo.facts.seed, vehicles: demo.facts.vehicles },
      runtime: {
        version: app.getVersion(),
        name: process.env['SWITCHYARD_RUNTIME'] ?? `official ${process.versions.electron}`,
        electron: process.versions.electron,
        chromium: process.versions.chrome,
      },
    };
    await new Promise<void>((resolve) => {
      overtaken.addEventListener('abort', () => resolve());
      const then = (next: () => void) => {
        if (!overtaken.aborted) next();
        resolve();
      };
      const events = {
        onStarted: () => then(() => enter({ phase: 'running', profileName: profile.name })),
        onFailed: ({ code, message, detail, path: file }: BackendFailure) =>
          then(() => fail(code as StartUpFailure, message, detail, file)),
      };
      backend = startBackendProcess(startOptions, options.mainFolder, events, log);
    });
  }

  /** Each size and seed of demo fleet has a database of its own: their vehicles are not the same vehicles. */
  function demoFolder(): string {
    return `demo-${options.launch.demoSeed}-${options.launch.demoVehicles}`;
  }

  async function stop(): Promise<void> {
    const [oldBackend, oldDemo] = [backend, demo];
    backend = undefined;
    demo = undefined;
    await oldBackend?.stop();
    await oldDemo?.stop();
  }

  return { start, stop, connectWindow: (window: WebContents) => backend?.connect(window) };
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
