// better-sqlite3 for the Electron in use. Its prebuilt binary asks for Node-API 10 and crashes below it, that is in any
// Electron before 35. For those it is built once from its own source, with the two experimental Node-API names that
// stand in for level 10; the result runs in old and new runtimes alike. The clone's node_modules stay as npm made them.

import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { capture, findOnPath, lastLines } from './child-process.mjs';
import { fetchPinnedNode } from './node-runtime.mjs';
import { inCache, inRoot, makeFolderOnce } from './places.mjs';
import { installPackages } from './system-packages.mjs';
import { Refusal } from './talk.mjs';

const firstElectronWithNodeApi10 = 35;

/** Counted up when the steps below change. */
const recipe = 1;

/**
 * The `.node` file to open databases with in this Electron, or undefined when the package's own one serves.
 * @param {string} electronVersion
 * @param {import('./talk.mjs').Doing} doing
 * @returns {Promise<string | undefined>}
 */
export async function ensureSqliteBinding(electronVersion, doing) {
  if (Number(electronVersion.split('.')[0]) >= firstElectronWithNodeApi10) return undefined;
  const source = inRoot('node_modules', 'better-sqlite3');
  const { version } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'));
  const name = `better-sqlite3-${version}-${process.platform}-${process.arch}`;
  const folder = await makeFolderOnce(inCache(name), `${version} ${recipe}`, async (into) => {
    await ensureCompiler(doing);
    const headers = await fetchPinnedNode(doing, 'for its headers');
    doing('building better-sqlite3 for this Electron (about a minute, once)');
    await build(source, path.join(into, 'build'), headers);
    await rename(path.join(into, 'build/build/Release/better_sqlite3.node'), path.join(into, 'better_sqlite3.node'));
    await rm(path.join(into, 'build'), { recursive: true });
  });
  return path.join(folder, 'better_sqlite3.node');
}

/** @param {import('./talk.mjs').Doing} doing */
async function ensureCompiler(doing) {
  if (['g++', 'make', 'python3'].every(findOnPath)) return;
  await installPackages(['g++', 'make', 'python3'], 'A C++ compiler', doing);
}

/**
 * @param {string} source
 * @param {string} copy
 * @param {string} headers
 */
async function build(source, copy, headers) {
  await mkdir(path.join(copy, 'node_modules'), { recursive: true });
  for (const entry of ['binding.gyp', 'package.json', 'lib', 'src', 'deps']) {
    await cp(path.join(source, entry), path.join(copy, entry), { recursive: true });
  }
  await symlink(inRoot('node_modules', 'node-addon-api'), path.join(copy, 'node_modules', 'node-addon-api'));
  const recipeFile = path.join(copy, 'binding.gyp');
  const asPublished = await readFile(recipeFile, 'utf8');
  const lowered = asPublished
    .replace("'NAPI_VERSION=10'", "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'")
    .replaceAll(/'-flto',? ?/g, '');
  if (!lowered.includes('NAPI_EXPERIMENTAL')) {
    throw new Refusal(
      'This version of better-sqlite3 is built otherwise than expected, so it could not be adapted.',
      'npm ls better-sqlite3',
    );
  }
  await writeFile(recipeFile, lowered);
  const gyp = [inRoot('node_modules', 'node-gyp', 'bin', 'node-gyp.js'), 'rebuild', '--release', '--force_build=1'];
  const built = await capture(process.execPath, [...gyp, `--nodedir=${headers}`, '--jobs=2'], { cwd: copy });
  if (built.code !== 0) {
    throw new Refusal(`better-sqlite3 could not be built for this Electron: ${lastLines(built.output)}`, 'npm start');
  }
}
