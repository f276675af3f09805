// The built application in out/: made again only when something it is made of has changed.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { capture, lastLines } from './child-process.mjs';
import { hasStamp, inRoot, root, writeStamp } from './places.mjs';
import { Refusal } from './talk.mjs';

const madeOf = ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** @param {import('./talk.mjs').Doing} doing */
export async function ensureBuild(doing) {
  const stamp = await fingerprint();
  if (await hasStamp(inRoot('out'), stamp)) return;
  doing('electron-vite build');
  const bundler = inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const built = await capture(process.execPath, [bundler, 'build'], { cwd: root });
  if (built.code !== 0) {
    throw new Refusal(`The application could not be built:\n${lastLines(built.output)}`, 'npx electron-vite build');
  }
  await writeStamp(inRoot('out'), stamp);
}

/** Name, size and time of every file: reading them all would cost more than it could ever save. */
async function fingerprint() {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(madeOf.map(filesUnder))).flat().toSorted()) {
    const { size, mtimeMs } = await stat(file);
    hash.update(`${path.relative(root, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** @param {string} entry */
async function filesUnder(entry) {
  const place = inRoot(entry);
  if (!existsSync(place)) return [];
  if ((await stat(place)).isFile()) return [place];
  const found = await readdir(place, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
}
