// The independent Modbus slave of the fault tests is Debian's pymodbus, run by Debian's own Python.

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
  if (code === 0) return;
  try {
    await installPackages(['python3-pymodbus', 'python3-serial-asyncio'], 'The Modbus slave of the fault tests', doing);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    doing(`${error.message} The tests on a serial line are skipped. ${error.command ?? ''}`);
  }
}
