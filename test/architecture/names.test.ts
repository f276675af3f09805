// Names and places: what a person finds in ten seconds, a test can check.

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { mainMachinery, nouns, rendererMachinery } from './import-rules.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const unusedWords = /(^|-)(utils?|helpers?|common|misc|managers?|services?|handlers?|index)(-|$)/;
const mostFilesInAFolder = 15;

const rooms: Readonly<Record<string, readonly string[]>> = {
  'src/shared': ['kernel', 'domain', 'ipc'],
  'src/shared/domain': nouns,
  'src/main': ['shell', 'preload', 'demo', 'tool', ...mainMachinery, ...nouns],
  'src/renderer': ['shell', 'pages', ...rendererMachinery, ...nouns],
};

const filesUnder = async (folder: string): Promise<string[]> => {
  const found = await readdir(path.join(repository, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found.filter((entry) => entry.isFile());
  return files.map((entry) => path.relative(repository, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
};

describe('names', () => {
  test('files and folders are kebab-case and say what they do', async () => {
    const ours = [...(await filesUnder('src')), ...(await filesUnder('test')), ...(await filesUnder('scripts'))];
    const code = ours.filter((file) => /\.(ts|tsx|mjs)$/.test(file));
    const badly = code.filter((file) =>
      file.split('/').some((part) => {
        const name = part.replace(/(\.(test|spec|config|d))?\.(ts|tsx|mjs)$/, '');
        return !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name) || unusedWords.test(name);
      }),
    );
    expect(badly).toEqual([]);
  });

  test.for(['fleet-utils.ts', 'helpers.ts', 'session-manager.ts', 'index.ts', 'common'])(
    '%s would be refused',
    (name) => {
      expect(unusedWords.test(name.replace(/\.ts$/, ''))).toBe(true);
    },
  );

  test.for(Object.entries(rooms))('%s has only the rooms of the house', async ([folder, allowed]) => {
    const entries = await readdir(path.join(repository, folder), { withFileTypes: true }).catch(() => []);
    const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(folders.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  test('no folder of src/ has outgrown one look', async () => {
    const count = new Map<string, number>();
    for (const file of await filesUnder('src')) {
      const folder = path.posix.dirname(file);
      count.set(folder, (count.get(folder) ?? 0) + 1);
    }
    expect([...count].filter(([, files]) => files > mostFilesInAFolder)).toEqual([]);
  });
});

describe('unit tests', () => {
  test('mirror src/ path for path', async () => {
    const sources = new Set(await filesUnder('src'));
    const tests = (await filesUnder('test/unit')).filter((file) => /\.test\.tsx?$/.test(file));
    expect(tests.filter((file) => !mirrored(file).some((source) => sources.has(source)))).toEqual([]);
  });

  test('a stray one would be noticed', () => {
    expect(mirrored('test/unit/shared/domain/fleet/freshness.test.ts')).toEqual([
      'src/shared/domain/fleet/freshness.ts',
      'src/shared/domain/fleet/freshness.tsx',
    ]);
  });
});

/** The sources that a unit test may stand for. */
function mirrored(file: string): string[] {
  const source = file.replace(/^test\/unit\//, 'src/').replace(/\.test\.tsx?$/, '');
  return [`${source}.ts`, `${source}.tsx`];
}
