// Where things lie: the clone, and the user's cache folder, which outlives clones and is shared by them.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** @param {string[]} parts */
export const inRoot = (...parts) => path.join(root, ...parts);

/** @param {string[]} parts */
export function inCache(...parts) {
  const base =
    process.env['XDG_CACHE_HOME'] ||
    (process.platform === 'win32' && process.env['LOCALAPPDATA']) ||
    path.join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  return path.join(base, 'switchyard', ...parts);
}

const stampName = '.switchyard-stamp';

/**
 * A folder that is either whole or absent: it is made beside its place and renamed there last, so that neither Ctrl+C nor
 * a second clone at work at the same time leaves half of one. Its stamp says what it was made from.
 * @param {string} folder
 * @param {string} stamp
 * @param {(into: string) => Promise<void>} make
 */
export async function makeFolderOnce(folder, stamp, make) {
  if (await hasStamp(folder, stamp)) return folder;
  const draft = `${folder}.${process.pid}.${randomBytes(3).toString('hex')}`;
  try {
    await mkdir(draft, { recursive: true });
    await make(draft);
    await writeFile(path.join(draft, stampName), stamp);
    if (await hasStamp(folder, stamp)) return folder;
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

/**
 * @param {string} folder
 * @param {string} stamp
 */
export async function hasStamp(folder, stamp) {
  const file = path.join(folder, stampName);
  return existsSync(file) && (await readFile(file, 'utf8')) === stamp;
}

/**
 * @param {string} folder
 * @param {string} stamp
 */
export async function writeStamp(folder, stamp) {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, stampName), stamp);
}
