/**
 * What must be known before there is a database: who the operator is, which profiles exist, where the windows stood. One
 * JSON file, replaced whole (written beside, flushed, renamed), so a crash leaves the old or the new, never half of one.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../database/sync-folder.ts';

export const MAX_PROFILES = 100;
const MAX_WINDOWS = 20;
const MAX_HASH = 2000;

const windowPlace = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(200),
  height: z.int().min(200),
  maximized: z.boolean(),
  hash: z.string().max(MAX_HASH),
});

const profile = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/u),
  kind: z.enum(['demo', 'marketplace']),
  name: z.string().max(60),
  url: z.string().max(300).optional(),
  /** The token as `safeStorage` sealed it, base64. */
  sealedToken: z.string().max(4000).optional(),
});

const settings = z.object({
  operator: z.string().max(60).default(''),
  profiles: z.array(profile).max(MAX_PROFILES).default([]),
  /** Opened at the next start; absent after the profile was left on purpose. */
  openProfileId: z.string().max(60).optional(),
  windows: z.array(windowPlace).max(MAX_WINDOWS).default([]),
  baseMapFile: z.string().max(4000).optional(),
});

export type Settings = z.infer<typeof settings>;
export type Profile = z.infer<typeof profile>;
export type WindowPlace = z.infer<typeof windowPlace>;

export type SettingsFile = {
  readonly read: () => Settings;
  /** @throws Error when the file cannot be written; nothing is changed then. */
  readonly change: (patch: Partial<Settings>) => void;
};

/** As many windows, and as much of their pages' addresses, as the file may hold; a cut search would be a wrong one. */
function remembered(windows: readonly WindowPlace[]): WindowPlace[] {
  return windows.slice(0, MAX_WINDOWS).map((place) => {
    if (place.hash.length <= MAX_HASH) return place;
    return { ...place, hash: place.hash.split('?', 1).join('').slice(0, MAX_HASH) };
  });
}

/** A file that cannot be understood is set aside under another name, never overwritten. */
export function openSettingsFile(file: string, log: (line: string, detail?: unknown) => void): SettingsFile {
  mkdirSync(path.dirname(file), { recursive: true });
  let held = load(file, log);
  return {
    read: () => held,
    change: (patch) => {
      const next = settings.parse({ ...held, ...patch, windows: remembered(patch.windows ?? held.windows) });
      // Written first: what is held must never be what no file has.
      replaceFile(file, JSON.stringify(next, undefined, 2));
      held = next;
    },
  };
}

function load(file: string, log: (line: string, detail?: unknown) => void): Settings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return settings.parse({});
    throw error;
  }
  try {
    return settings.parse(JSON.parse(text));
  } catch (error) {
    const aside = `${file}.unreadable-${Date.now()}`;
    renameSync(file, aside);
    log(`The settings could not be read and were set aside as ${aside}.`, error);
    return settings.parse({});
  }
}

function replaceFile(file: string, text: string): void {
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  syncFolder(path.dirname(file));
}
