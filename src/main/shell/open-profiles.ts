/**
 * Which profile is open and what stage it is at. A profile is a folder of its own with one database; the demo's is kept
 * apart from every other, so that no demo row can ever reach a real bill.
 */
import type { WebContents } from 'electron';
import type { ShellInput, ShellState, StartUpFailure } from '../../shared/ipc/shell-contract.ts';
import { canStartAfresh, setUselessDatabaseAside, showDatabase } from './failed-profile.ts';
import type { LaunchOptions } from './launch-options.ts';
import type { Log } from './log.ts';
import { profileIdFor } from './profile-identity.ts';
import { createProfileRun, type Link } from './profile-run.ts';
import { openSecret, sealSecret } from './secret-store.ts';
import { MAX_PROFILES, type Profile, type SettingsFile } from './settings-file.ts';
import { createTurns } from './turns.ts';

const DEMO: Profile = { id: 'demo', kind: 'demo', name: 'Demo' };

export type ProfilesOptions = {
  readonly settings: SettingsFile;
  readonly dataFolder: string;
  readonly mainFolder: string;
  readonly launch: LaunchOptions;
  readonly log: Log;
  readonly onState: (state: ShellState) => void;
};

export function openProfiles(options: ProfilesOptions) {
  const { settings, log } = options;
  const turns = createTurns();
  let closing = false;
  let state: ShellState = choosing();
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
    if (others.length >= MAX_PROFILES)
      throw new Error(`There are ${MAX_PROFILES} profiles already; no more can be kept.`);
    settings.change({ operator, profiles: [...others, profile], openProfileId: profile.id });
  }

  /** For what must go on even when the settings cannot be written. */
  function tryToSave(what: string, save: () => void): void {
    try {
      save();
    } catch (error) {
      log(`The settings could not be written; ${what} is not remembered.`, error);
    }
  }

  function fail(failure: StartUpFailure, message: string, detail: unknown, databasePath?: string): void {
    log(`The profile could not be opened: ${message}`, detail);
    const error = { code: failure, message, detail };
    const afresh = databasePath !== undefined && canStartAfresh(failure, tried?.profile.kind);
    enter({ phase: 'failed', failure, error, databasePath, canStartAfresh: afresh });
  }

  const run = createProfileRun({
    ...options,
    operator: () => settings.read().operator || systemUser(),
    enter,
    fail,
    onTokenMissing: () => enter(choosing()),
    onDemoEnded: () =>
      // Its backend goes too: one that came back by itself would say `running` over a demo that is not there.
      void turns.take('demo ended', async () => {
        await run.stop();
        fail('demo-failed', 'The demo’s marketplace ended by itself. Open the demo again.', undefined);
      }),
  });

  async function start(profile: Profile, link: Link | undefined, overtaken: AbortSignal): Promise<void> {
    tried = { profile, link };
    await run.start(profile, link, overtaken);
  }

  function inTurn(name: string, work: (overtaken: AbortSignal) => Promise<void>): Promise<undefined> {
    if (closing) throw new Error('Switchyard is closing.');
    return turns.take(name, work).then(() => undefined);
  }

  const openProfile = (profileId: string) =>
    inTurn(`open ${profileId}`, async (overtaken) => {
      const profile = settings.read().profiles.find((known) => known.id === profileId);
      if (profile === undefined) throw new Error('This profile is no longer there. Choose another.');
      settings.change({ openProfileId: profileId });
      const { url, sealedToken } = profile;
      const link =
        url === undefined || sealedToken === undefined ? undefined : { url, token: await openSecret(sealedToken) };
      if (overtaken.aborted) return;
      if (profile.kind === 'marketplace' && link === undefined)
        throw new Error(
          'This computer keeps no secrets, so the token must be given again. Use Connect with the same name and address.',
        );
      await start(profile, link, overtaken);
    });

  const openDemo = (remember: () => void) =>
    inTurn('open demo', async (overtaken) => {
      remember();
      await start(DEMO, undefined, overtaken);
    });

  return {
    state: () => state,
    openProfile,
    tryDemo: (operator: string) => openDemo(() => keep(DEMO, operator)),
    connect: (input: ShellInput<'shell/connect'>) =>
      inTurn(`connect ${JSON.stringify(input)}`, async (overtaken) => {
        const { name, url, token, operator } = input;
        const sealedToken = await sealSecret(token);
        if (overtaken.aborted) return;
        const id = profileIdFor({ name, url }, settings.read().profiles);
        const profile: Profile = { id, kind: 'marketplace', name, url, sealedToken };
        keep(profile, operator);
        await start(profile, { url, token }, overtaken);
      }),
    retry: () =>
      inTurn('retry', async (overtaken) => {
        if (tried !== undefined) await start(tried.profile, tried.link, overtaken);
      }),
    showDatabase: () => showDatabase(state),
    startDemoAfresh: () =>
      inTurn('start demo afresh', async (overtaken) => {
        const failed = state;
        await run.stop();
        log(`The demo’s database was set aside as ${setUselessDatabaseAside(failed)}.`);
        await start(DEMO, undefined, overtaken);
      }),
    leave: () =>
      inTurn('leave', async (overtaken) => {
        tryToSave('that this profile was left', () => settings.change({ openProfileId: undefined }));
        await run.stop();
        if (!overtaken.aborted) enter(choosing());
      }),
    openAtStart: async (): Promise<void> => {
      const { openProfileId, operator } = settings.read();
      try {
        if (options.launch.demo)
          await openDemo(() => tryToSave('the demo', () => keep(DEMO, operator || systemUser())));
        else if (openProfileId !== undefined) await openProfile(openProfileId);
      } catch (error) {
        log('The last profile could not be opened.', error);
        enter(choosing());
      }
    },
    connectWindow: (window: WebContents) => run.connectWindow(window),
    /** Stops everything, for good. */
    close: async (): Promise<void> => {
      closing = true;
      await turns.take('close', run.stop);
    },
  };
}

function systemUser(): string {
  return process.env['USER'] ?? process.env['USERNAME'] ?? 'operator';
}
