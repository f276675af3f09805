// Runs a TypeScript file of this repository as it stands: Node strips the types itself. Standard output is all the file's.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { runInTerminal } from './set-up/child-process.mjs';
import { openDisplay } from './set-up/display.mjs';
import { prepareBuild, preparePackages, prepareRuntime } from './set-up/prepare.mjs';
import { inRoot } from './set-up/places.mjs';
import { Refusal } from './set-up/talk.mjs';

/**
 * @param {string[]} args the file, relative to the repository, and what it is given
 * @param {import('./set-up/talk.mjs').Talk} talk
 * @param {NodeJS.ProcessEnv} [given]
 */
export async function runNodeTool([file = '', ...args], talk, given = process.env) {
  await preparePackages(talk);
  if (!existsSync(inRoot(file))) throw new Refusal(`There is no ${file} here.`, 'npm run');
  const env = { ...given };
  env['SWITCHYARD_FIXTURES'] ??= inRoot('..', 'shared', 'fixtures');
  // npm runs scripts in the repository, but file names mean the folder the person stands in.
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  return await runInTerminal(process.execPath, [inRoot(file), ...args], { cwd, env });
}

/**
 * A tool that opens the built application's own window.
 * @param {string[]} command
 * @param {import('./set-up/talk.mjs').Talk} talk
 */
export async function runWindowedTool(command, talk) {
  const { env } = await prepareRuntime(talk);
  await prepareBuild(talk);
  const screen = await talk.step('Display', openDisplay, ({ display }) => display ?? 'ready');
  try {
    return await runNodeTool(command, talk, screen.display ? { ...env, DISPLAY: screen.display } : env);
  } finally {
    screen.close();
  }
}

/**
 * The evidence runner of a noun.
 * @param {string | undefined} noun
 */
export async function findEvidence(noun) {
  const files = await readdir(inRoot('test', 'evidence')).catch(() => []);
  const nouns = files.filter((file) => /^[a-z-]+\.ts$/.test(file)).map((file) => file.replace('.ts', ''));
  if (noun && nouns.includes(noun)) return `test/evidence/${noun}.ts`;
  throw new Refusal(
    `${noun ? `There is no evidence for "${noun}"` : 'Evidence of what'}: ${nouns.join(', ') || 'none yet'}.`,
    `npm run -s evidence ${nouns[0] ?? '<noun>'}`,
  );
}
