// System packages through apt, where that is possible without asking anybody anything.

import { capture, findOnPath, lastLines } from './child-process.mjs';
import { Refusal } from './talk.mjs';

/** One refresh of the package lists is enough for one run. */
let listsAreFresh = false;

/**
 * Installs packages, or says the one command that does. A package may be given as several names, newest first, because
 * distributions rename libraries: the first that the system knows is taken.
 * @param {(string | string[])[]} wanted
 * @param {string} what for the sentence: "A C++ compiler"
 * @param {import('./talk.mjs').Doing} doing
 */
export async function installPackages(wanted, what, doing) {
  const first = wanted.map((names) => (typeof names === 'string' ? names : (names.at(-1) ?? '')));
  if (!findOnPath('apt-get')) {
    throw new Refusal(
      `${what} is missing, and this system has no apt-get to get it with: install what these Debian packages hold.`,
      first.join(' '),
    );
  }
  const asRoot = await wayToBecomeRoot();
  if (!asRoot) {
    throw new Refusal(
      `${what} is missing, and only an administrator can install it.`,
      `sudo apt-get install -y ${first.join(' ')}`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  /** @param {string[]} args */
  const apt = async (args) => {
    const [command = '', ...rest] = [...asRoot, 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=120', ...args];
    return await capture(command, rest, { env });
  };
  if (!listsAreFresh) {
    doing('refreshing the package lists (apt-get update)');
    await apt(['update']);
    listsAreFresh = true;
  }
  const packages = [];
  for (const names of wanted) packages.push(typeof names === 'string' ? names : await firstKnown(names));
  doing(`installing ${packages.join(' ')}`);
  const installed = await apt(['install', '-y', '--no-install-recommends', ...packages]);
  if (installed.code !== 0) {
    throw new Refusal(
      `${what} could not be installed: ${lastLines(installed.output)}`,
      `apt-get install ${packages.join(' ')}`,
    );
  }
}

/** @param {string[]} names */
async function firstKnown(names) {
  for (const name of names) {
    const { output } = await capture('apt-cache', ['policy', name]);
    if (/Candidate: (?!\(none\))/.test(output)) return name;
  }
  return names.at(-1) ?? '';
}

/** @returns {Promise<string[] | undefined>} */
async function wayToBecomeRoot() {
  if (process.getuid?.() === 0) return [];
  if (!findOnPath('sudo')) return undefined;
  const asked = await capture('sudo', ['-n', 'true']);
  return asked.code === 0 ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined;
}
