// Runs a TypeScript file of this repository as it stands: Node strips the types itself. Standard output is all the file's.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { runInTerminal } from './set-up/child-process.mjs';
import { preparePackages } from './set-up/prepare.mjs';
import { inRoot } from './set-up/places.mjs';
import { Refusal } from './set-up/talk.mjs';

/**
 * @param {string[]} args the file, relative to the repository, and what it is given
 * @param {import('./set-up/talk.mjs').Talk} talk
 */
export async function runNodeTool([file = '', ...args], talk) {
  await preparePackages(talk);
  if (!existsSync(inRoot(file))) throw new Refusal(`There is no ${file} here.`, 'npm run');
  const env = { ...process.env };
  env['SWITCHYARD_FIXTURES'] ??= inRoot('..', 'shared', 'fixtures');
  // npm runs scripts in the repository, but file names mean the folder the person stands in.
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  return await runInTerminal(process.execPath, [inRoot(file), ...args], { cwd, env });
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
