// Which Electron runs here: the one a person names, else the official one, else the closed-network one.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  canUseClosedNetworkRuntime,
  closedNetworkVersion,
  ensureClosedNetworkRuntime,
} from './closed-network-runtime.mjs';
import { findOfficialElectron } from './official-electron.mjs';
import { Refusal } from './talk.mjs';

/**
 * @typedef {{ kind: 'given' | 'official' | 'closed-network', version: string, dist: string, electron: string }} Runtime
 */

/**
 * @param {import('./talk.mjs').Doing} doing
 * @returns {Promise<Runtime>}
 */
export async function resolveElectronRuntime(doing) {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given) return runtimeIn('given', path.resolve(given), await versionOf(path.resolve(given)));
  const official = await findOfficialElectron(doing);
  if (official) return runtimeIn('official', official.dist, official.version);
  if (canUseClosedNetworkRuntime()) {
    return runtimeIn('closed-network', await ensureClosedNetworkRuntime(doing), closedNetworkVersion);
  }
  throw new Refusal(
    'Electron could not be downloaded, and the closed-network runtime exists for Linux x64 only: unpack an Electron yourself and name its folder.',
    'ELECTRON_OVERRIDE_DIST_PATH=<folder> npm start',
  );
}

/** @param {Runtime} runtime */
export const nameOf = ({ kind, version }) => `${kind} ${version}`;

/**
 * @param {Runtime['kind']} kind
 * @param {string} dist
 * @param {string} version
 * @returns {Runtime}
 */
function runtimeIn(kind, dist, version) {
  const places = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const electron = path.join(dist, /** @type {Record<string, string>} */ (places)[process.platform] ?? 'electron');
  if (!existsSync(electron)) throw new Refusal(`There is no Electron in ${dist}.`, `ls ${dist}`);
  return { kind, version, dist, electron };
}

/** @param {string} dist */
async function versionOf(dist) {
  const file = path.join(dist, 'version');
  if (!existsSync(file)) {
    throw new Refusal(
      `${dist} has no file "version", so it is no unpacked Electron.`,
      'unset ELECTRON_OVERRIDE_DIST_PATH',
    );
  }
  return (await readFile(file, 'utf8')).trim().replace(/^v/, '');
}
