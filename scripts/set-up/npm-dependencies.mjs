// node_modules: installed when missing or made from another lock file. Nothing in it needs its install script (Electron is
// fetched by us, better-sqlite3 and serialport ship their binaries), so none is run.
//
// `npm install --no-save` instead of `npm ci`: both take exactly what is locked and leave the lock file alone, but `npm ci`
// refuses a lock file that was made where the registry lacked an optional package of some other platform.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { capture, lastLines } from './child-process.mjs';
import { hasStamp, inRoot, root, writeStamp } from './places.mjs';
import { Refusal } from './talk.mjs';

/** @param {import('./talk.mjs').Doing} doing */
export async function ensureDependencies(doing) {
  const modules = inRoot('node_modules');
  const lock = await readFile(inRoot('package-lock.json'), 'utf8');
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (await hasStamp(modules, stamp)) return;
  await refuseStaleLock(JSON.parse(lock));
  if (!(await wasInstalledByHand(JSON.parse(lock)))) {
    doing('installing what the lock file names (about a minute)');
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const install = await capture('npm', ['install', '--no-save', ...quietly], { cwd: root });
    if (install.code !== 0) {
      throw new Refusal(
        `The packages could not be installed: ${lastLines(install.output)}`,
        'npm install --no-save --ignore-scripts',
      );
    }
  }
  await writeStamp(modules, stamp);
}

/**
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock
 * @param {{ packages: Record<string, any> }} lock
 */
async function refuseStaleLock(lock) {
  const wanted = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const locked = lock.packages[''];
  for (const kind of ['dependencies', 'devDependencies']) {
    const names = Object.keys({ ...wanted[kind], ...locked[kind] });
    const differs = names.find((name) => wanted[kind]?.[name] !== locked[kind]?.[name]);
    if (!differs) continue;
    throw new Refusal(
      `package.json and package-lock.json disagree about ${differs}.`,
      'npm install --package-lock-only --ignore-scripts',
    );
  }
}

/**
 * npm keeps its own copy of the lock file: when every package there agrees with ours, nothing is to be done.
 * @param {Lock} lock
 */
async function wasInstalledByHand(lock) {
  const installed = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  /** @type {Lock} */
  const have = JSON.parse(await readFile(installed, 'utf8'));
  return Object.entries(lock.packages).every(
    ([place, { version, optional }]) => place === '' || optional || have.packages[place]?.version === version,
  );
}
