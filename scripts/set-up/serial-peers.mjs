// The independent Modbus peers of the tests are Debian's: pymodbus, run by Debian's own Python, is the slave; mbpoll is the
// other reader of the same meters.

import { existsSync } from 'node:fs';
import { capture } from './child-process.mjs';
import { installPackages } from './system-packages.mjs';
import { Refusal } from './talk.mjs';

/**
 * Where it cannot be had, the tests that need it skip by name, and test/expected-skips.json says why.
 * @param {import('./talk.mjs').Doing} doing
 */
export async function ensureSerialPeers(doing) {
  if (process.platform !== 'linux') return;
  const { code } = await capture('/usr/bin/python3', ['-c', 'import pymodbus.server']);
  const missing = [
    ...(code === 0 ? [] : ['python3-pymodbus', 'python3-serial-asyncio']),
    ...(existsSync('/usr/bin/mbpoll') ? [] : ['mbpoll']),
  ];
  if (missing.length === 0) return;
  try {
    await installPackages(missing, 'The Modbus peers of the tests', doing);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    doing(`${error.message} The tests on a serial line are skipped. ${error.command ?? ''}`);
  }
}

/**
 * The other reader of SML is Debian's libsml, in a small C program that the test builds.
 * @param {import('./talk.mjs').Doing} doing
 */
export async function ensureSmlPeer(doing) {
  if (process.platform !== 'linux') return;
  const compiled = await capture('cc', ['-E', '-include', 'sml/sml_file.h', '-x', 'c', '/dev/null']);
  if (compiled.code === 0) return;
  try {
    await installPackages(['gcc', 'libc6-dev', 'libsml-dev'], 'The SML peer of the tests', doing);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    doing(`${error.message} The comparison with another reader of SML is skipped. ${error.command ?? ''}`);
  }
}
