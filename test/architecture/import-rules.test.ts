// The direction of imports holds in src/, and every rule has been seen to fire.

import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cruiseSource } from './cruise-source.ts';
import { importRules } from './import-rules.ts';
import { allowedImports, plantedViolations } from './planted-violations.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const libraries = [
  'big.js',
  'zod',
  'react',
  'electron',
  'better-sqlite3',
  'serialport',
  'socket.io',
  'socket.io-client',
];

/**
 * Every way of writing an import, types included, but `import('…')` as a type, which the cruiser does not see: the lint
 * rule consistent-type-imports forbids it.
 */
const importForms = {
  import: (place: string) => `import * as it from '${place}';\nexport const value: unknown = it;\n`,
  'import type': (place: string) => `import type { value } from '${place}';\nexport type Value = typeof value;\n`,
  'inline type': (place: string) => `import { type value } from '${place}';\nexport type Value = typeof value;\n`,
  're-export': (place: string) => `export { value } from '${place}';\n`,
  dynamic: (place: string) => `export const value = (): Promise<unknown> => import('${place}');\n`,
};
type ImportForm = keyof typeof importForms;

describe('the direction of imports', () => {
  test('every module of src/ was read, and none breaks a rule', async () => {
    const files = await readdir(path.join(repository, 'src'), { recursive: true });
    const onDisk = files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
    const { modules, violations } = await cruiseSource(repository);
    expect(modules.length, 'modules read, against files on disk').toBeGreaterThanOrEqual(onDisk.length);
    expect(onDisk.length).toBeGreaterThan(0);
    expect(violations.map(({ rule, from, to }) => `${rule}: ${from} -> ${to}`)).toEqual([]);
  });

  test('what the rules allow passes', async () => {
    const tree = await plantTree(allowedImports, 'import');
    const { modules, violations } = await cruiseSource(tree);
    expect(modules).toHaveLength(Object.keys(allowedImports).length);
    expect(violations).toEqual([]);
  });
});

describe('a planted violation', () => {
  for (const { rule, imports } of plantedViolations) {
    const story = Object.entries(imports).map(([from, to]) => `${from} -> ${to}`);
    test(`${rule} fires: ${story.join(', ')}`, async () => {
      const { violations } = await cruiseSource(await plantTree(imports, 'import'));
      expect(violations.map((violation) => violation.rule)).toContain(rule);
    });
  }

  for (const form of Object.keys(importForms) as ImportForm[]) {
    test(`is seen in the form "${form}"`, async () => {
      const tree = await plantTree({ 'src/main/fleet/a.ts': 'src/renderer/fleet/b.ts' }, form);
      const { violations } = await cruiseSource(tree);
      expect(violations.map((violation) => violation.rule)).toContain('main-never-imports-renderer');
    });
  }

  test('stands for every rule', () => {
    const planted = new Set(plantedViolations.map(({ rule }) => rule));
    expect(importRules.map(({ name }) => name ?? '').filter((name) => !planted.has(name))).toEqual([]);
  });
});

/** Writes modules that import one another, and empty libraries for them to import. */
async function plantTree(imports: Readonly<Record<string, string>>, form: ImportForm): Promise<string> {
  const tree = await realpath(await mkdtemp(path.join(tmpdir(), 'switchyard-planted-')));
  onTestFinished(async () => await rm(tree, { recursive: true, force: true }));
  for (const target of Object.values(imports)) {
    if (target.startsWith('src/')) await write(path.join(tree, target), 'export const value = 1;\n');
  }
  for (const [file, target] of Object.entries(imports)) {
    const place = target.startsWith('src/') ? relativeImport(file, target) : target;
    await write(path.join(tree, file), importForms[form](place));
  }
  for (const name of libraries) {
    await write(path.join(tree, 'node_modules', name, 'package.json'), `{ "name": "${name}", "main": "index.js" }\n`);
    await write(path.join(tree, 'node_modules', name, 'index.js'), 'module.exports = {};\n');
  }
  await write(path.join(tree, 'package.json'), '{ "type": "module" }\n');
  return tree;
}

function relativeImport(from: string, to: string): string {
  const relative = path.posix.relative(path.posix.dirname(from), to);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
