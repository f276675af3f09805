// The official Electron binary: taken when it is there, fetched when its download is reachable. The attempt is bounded,
// and a network that refused it is remembered for a day, so that the next start does not wait for it again.

import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { capture } from './child-process.mjs';
import { inCache, inRoot } from './places.mjs';

const answerWithinMs = 10_000;
const stallAfterMs = 30_000;
const rememberRefusalMs = 24 * 60 * 60 * 1000;

const folder = inRoot('node_modules', 'electron');
const memory = inCache('electron-download-refused.json');

/**
 * The folder of the official binary, or undefined when this network does not give it.
 * @param {import('./talk.mjs').Doing} doing
 * @returns {Promise<{ dist: string, version: string } | undefined>}
 */
export async function findOfficialElectron(doing) {
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const dist = path.join(folder, 'dist');
  if (await isInstalled(dist, version)) return { dist, version };
  if (await wasRefusedLately(version)) return undefined;
  doing(`looking for Electron ${version} at its official download`);
  const refusal = await download(version, doing);
  if (!refusal) {
    doing('unpacking it');
    await capture(process.execPath, [path.join(folder, 'install.js')]);
    if (await isInstalled(dist, version)) return { dist, version };
  }
  doing(`its download is not reachable (${refusal ?? 'it could not be unpacked'}); not asked again for a day`);
  await mkdir(path.dirname(memory), { recursive: true });
  await writeFile(memory, JSON.stringify({ version, atMs: Date.now() }));
  return undefined;
}

/**
 * @param {string} dist
 * @param {string} version
 */
async function isInstalled(dist, version) {
  const pathFile = path.join(folder, 'path.txt');
  const versionFile = path.join(dist, 'version');
  if (!existsSync(pathFile) || !existsSync(versionFile)) return false;
  const installed = (await readFile(versionFile, 'utf8')).trim().replace(/^v/, '');
  return installed === version && existsSync(path.join(dist, await readFile(pathFile, 'utf8')));
}

/** @param {string} version */
async function wasRefusedLately(version) {
  if (!existsSync(memory)) return false;
  const refused = JSON.parse(await readFile(memory, 'utf8'));
  if (refused.version === version && Date.now() - refused.atMs < rememberRefusalMs) return true;
  await rm(memory, { force: true });
  return false;
}

/**
 * Fetches into the cache that Electron's own installer reads. Not the whole download is bounded but its first byte and its
 * silences, because a slow line may well take minutes.
 * @param {string} version
 * @param {import('./talk.mjs').Doing} doing
 * @returns {Promise<string | undefined>} why not, if not
 */
async function download(version, doing) {
  const ofElectron = createRequire(path.join(folder, 'package.json'));
  const { downloadArtifact } = ofElectron('@electron/get');
  const giveUp = new AbortController();
  let timer = setTimeout(() => giveUp.abort(), answerWithinMs);
  let nextQuarter = 0.25;
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: ofElectron('./checksums.json'),
      downloadOptions: {
        quiet: true,
        signal: giveUp.signal,
        /** @param {{ percent: number }} progress */
        getProgressCallback({ percent }) {
          clearTimeout(timer);
          timer = setTimeout(() => giveUp.abort(), stallAfterMs);
          if (percent < nextQuarter) return;
          doing(`${Math.floor(percent * 100)} % downloaded`);
          nextQuarter += 0.25;
        },
      },
    });
    return undefined;
  } catch (error) {
    return giveUp.signal.aborted ? 'no answer' : reasonOf(error);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The innermost cause, which says more than "fetch failed", shortened to its first line.
 * @param {unknown} error
 */
function reasonOf(error) {
  let innermost = /** @type {any} */ (error);
  while (innermost?.cause) innermost = innermost.cause;
  return String(innermost?.code || innermost?.message || innermost).split('\n')[0];
}
