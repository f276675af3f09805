import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { setStoreAside } from '../../../../src/main/database/set-store-aside.ts';
import { folderBytes } from '../../../support/folder-bytes.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('setStoreAside', () => {
  it('moves the file and its log together, whole, and nothing else', () => {
    const folder = temporaryFolder();
    for (const name of ['a.sqlite', 'a.sqlite-wal', 'a.sqlite-shm']) writeFileSync(path.join(folder, name), name);
    const before = folderBytes(folder);
    for (const name of ['a.sqlite.before-schema-2.backup', 'b.sqlite']) writeFileSync(path.join(folder, name), name);
    mkdirSync(path.join(folder, 'a'));
    const aside = setStoreAside(path.join(folder, 'a.sqlite'), Date.UTC(2026, 5, 9));
    expect(folderBytes(aside)).toEqual(before);
    expect(readdirSync(folder).toSorted()).toEqual(
      ['a', 'a.sqlite.before-schema-2.backup', path.basename(aside), 'b.sqlite'].toSorted(),
    );
  });

  it('takes no place twice', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.sqlite');
    writeFileSync(file, 'first');
    setStoreAside(file, 5);
    writeFileSync(file, 'second');
    expect(() => setStoreAside(file, 5)).toThrow('EEXIST');
    expect(Object.keys(folderBytes(folder))).toEqual(['a.sqlite']);
  });
});
