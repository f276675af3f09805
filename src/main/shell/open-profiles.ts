/**
 * Which profile is open and what stage it is at. A profile is a folder of its own with one database; the demo's is kept
 * apart from every other, so that no demo row can ever reach a real bill.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, type WebContents } from 'electron';
import type { ShellInput, ShellState, StartUpFailure } from '../../shared/ipc/shell-contract.ts';
import {
  startDemoProcess,
  superviseBackend,
  type RunningDemoProcess,
  type SupervisedBackend,
} from './child-processes.ts';
import type { LaunchOptions } from './launch-options.ts';
import type { Log } from './log.ts';
import { openSecret, sealSecret } from './secret-store.ts';
import type { Profile, SettingsFile } from './settings-file.ts';

const DEMO: Profile = { id: 'demo', kind: 'demo', name: 'Demo' };

export type ProfilesOptions = {
  readonly settings: SettingsFile;
  readonly dataFolder: string;
  readonly mainFolder: string;
  readonly launch: LaunchOptions;
  readonly log: Log;
  readonly onState: (state: ShellState) => void;
};

type Link = { readonly url: string; readonly token: string };

export function openProfiles(options: ProfilesOptions) {
  const { settings, log } = options;
  let state: ShellState = choosing();
  let backend: SupervisedBackend | undefined;
  let demo: RunningDemoProcess | undefined;
  /** What was last tried, for trying it again; the token of a profile lives nowhere else when the system keeps none. */
  let tried: { readonly profile: Profile; readonly link: Link | undefined } | undefined;

  function enter(next: ShellState): void {
    state = next;
    options.onState(next);
  }

  function choosing(): ShellState {
    const { profiles, operator } = settings.read();
    return {
      phase: 'choose-profile',
      operator: operator || systemUser(),
      profiles: profiles.map(({ id, kind, name, url }) => ({ id, kind, name, url })),
    };
  }

  function keep(profile: Profile, operator: string): void {
    const others = settings.read().profiles.filter((known) => known.id !== profile.id);
    settings.change({ operator, profiles: [...others, profile], openProfileId: profile.id });
  }

  function fail(failure: StartUpFailure, message: string, detail: unknown, databasePath?: string): void {
    log(`The profile could not be opened: ${message}`, detail);
    enter({ phase: 'failed', failure, error: { code: failure, message, detail }, databasePath });
  }

  async function start(profile: Profile, link: Link | undefined): Promise<void> {
    tried = { profile, link };
    await stop();
    const folder = path.join(options.dataFolder, 'profiles', profile.id);
    mkdirSync(folder, { recursive: true });
    let marketplace = link;
    if (profile.kind === 'demo') {
      enter({ phase: 'starting', profileName: profile.name, step: 'Starting the simulated fleet and marketplace' });
      try {
        demo = await startDemoProcess(
          {
            seed: options.launch.demoSeed,
            vehicles: options.launch.demoVehicles,
            directory: path.join(folder, demoFolder()),
          },
          options.mainFolder,
          () => fail('demo-failed', 'The demo’s marketplace ended by itself. Open the demo again.', undefined),
        );
      } catch (error) {
        fail('demo-failed', error instanceof Error ? error.message : String(error), error);
        return;
      }
      marketplace = { url: demo.facts.url, token: demo.facts.token };
    }
    if (marketplace === undefined) {
      enter(choosing());
      return;
    }
    enter({ phase: 'starting', profileName: profile.name, step: 'Opening the database' });
    backend = superviseBackend(
      {
        profile: { id: profile.id, kind: profile.kind, name: profile.name },
        operator: settings.read().operator || systemUser(),
        databasePath: path.join(folder, profile.kind === 'demo' ? `${demoFolder()}.sqlite` : 'switchyard.sqlite'),
        nativeBinding: process.env['SWITCHYARD_SQLITE_BINDING'],
        marketplace,
        demo: demo === undefined ? undefined : { seed: demo.facts.seed, vehicles: demo.facts.vehicles },
        runtime: {
          version: app.getVersion(),
          name: process.env['SWITCHYARD_RUNTIME'] ?? `official ${process.versions.electron}`,
          electron: process.versions.electron,
          chromium: process.versions.chrome,
        },
      },
      options.mainFolder,
      {
        onStarted: () => enter({ phase: 'running', profileName: profile.name }),
        onFailed: (failure) => fail(failure.code as StartUpFailure, failure.message, failure.detail, failure.path),
      },
      log,
    );
  }

  /** Each size and seed of demo fleet has a database of its own: their vehicles are not the same vehicles. */
  function demoFolder(): string {
    return `demo-${options.launch.demoSeed}-${options.launch.demoVehicles}`;
  }

  async function stop(): Promise<void> {
    await backend?.stop();
    backend = undefined;
    await demo?.stop();
    demo = undefined;
  }

  async function openProfile(profileId: string): Promise<undefined> {
    const profile = settings.read().profiles.find((known) => known.id === profileId);
    if (profile === undefined) throw new Error('This profile is no longer there. Choose another.');
    settings.change({ openProfileId: profileId });
    const { url, sealedToken } = profile;
    const link =
      url === undefined || sealedToken === undefined ? undefined : { url, token: await openSecret(sealedToken) };
    if (profile.kind === 'marketplace' && link === undefined)
      throw new Error(
        'This computer keeps no secrets, so the token must be given again. Use Connect with the same name.',
      );
    await start(profile, link);
  }

  return {
    state: () => state,
    openProfile,
    tryDemo: async (operator: string): Promise<undefined> => {
      keep(DEMO, operator);
      await start(DEMO, undefined);
    },
    connect: async (input: ShellInput<'shell/connect'>): Promise<undefined> => {
      const sealedToken = await sealSecret(input.token);
      const profile: Profile = {
        id: profileId(input.name),
        kind: 'marketplace',
        name: input.name,
        url: input.url,
        sealedToken,
      };
      keep(profile, input.operator);
      await start(profile, { url: input.url, token: input.token });
    },
    retry: async (): Promise<undefined> => {
      if (tried !== undefined) await start(tried.profile, tried.link);
    },
    leave: async (): Promise<undefined> => {
      settings.change({ openProfileId: undefined });
      await stop();
      enter(choosing());
    },
    openAtStart: async (): Promise<void> => {
      const { openProfileId } = settings.read();
      if (options.launch.demo) {
        keep(DEMO, settings.read().operator || systemUser());
        await start(DEMO, undefined);
      } else if (openProfileId !== undefined)
        await openProfile(openProfileId).catch((error: unknown) => {
          log('The last profile could not be opened.', error);
          enter(choosing());
        });
    },
    connectWindow: (window: WebContents) => backend?.connect(window),
    stop,
  };
}

/** `demo` is reserved for the demo, whatever a person calls a marketplace. */
function profileId(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 40);
  return `flo-${plain || 'marketplace'}`;
}

function systemUser(): string {
  return process.env['USER'] ?? process.env['USERNAME'] ?? 'operator';
}
