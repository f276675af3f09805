import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../../src/main/database/open-store.ts';
import { nameStoreFailure, StoreFailure } from '../../../../src/main/database/store-failure.ts';
import { folderBytes } from '../../../support/folder-bytes.ts';
import { canMount, makeReadOnly, mountSmallDisk } from '../../../support/small-disk.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function failureOf(file: string): string {
  try {
    openStore({ path: file }).close();
  } catch (error) {
    if (!(error instanceof StoreFailure) || error.path !== file) throw error;
    return error.code;
  }
  return 'it opened';
}

/** A database that was used and closed, in a folder of its own. */
function usedStore(folder = temporaryFolder()): string {
  const file = path.join(folder, 'a.sqlite');
  openStore({ path: file }).close();
  return file;
}

/** As a crash leaves it: what was committed last stands in the log alone. */
function crashedStore(change: string): string {
  const crashed = usedStore();
  const database = new Database(crashed);
  database.exec(change);
  const file = path.join(temporaryFolder(), 'a.sqlite');
  for (const end of ['', '-wal']) copyFileSync(`${crashed}${end}`, `${file}${end}`);
  database.close();
  return file;
}

/** Spoils the page in which openings are counted: whoever only looks at the header sees nothing of it. */
function damageOpenings(file: string): void {
  const copy = path.join(temporaryFolder(), 'copy.sqlite');
  copyFileSync(file, copy);
  const database = new Database(copy, { readonly: true });
  const root = database.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'store_opening'").pluck().get();
  database.close();
  const bytes = readFileSync(file);
  const from = (Number(root) - 1) * 4096;
  writeFileSync(file, bytes.fill(0xa5, from, from + 4096));
}

/** What the folder holds but for SQLite's index of the log, which is made anew from the log at each opening. */
function dataOf(file: string): Readonly<Record<string, string>> {
  const { [`${path.basename(file)}-shm`]: _index, ...data } = folderBytes(path.dirname(file));
  return data;
}

function expectRefusedUntouched(file: string, code: string): void {
  const before = dataOf(file);
  expect(failureOf(file)).toBe(code);
  expect(dataOf(file)).toEqual(before);
}

/** Holds the database from another process, as a second program would. */
async function heldBy(file: string, sql: string): Promise<() => Promise<unknown>> {
  const holder = spawn(
    process.execPath,
    [
      '--eval',
      `const database = new (require('better-sqlite3'))(${JSON.stringify(file)});
       database.exec(${JSON.stringify(sql)});
       process.stdout.write('held');
       setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(holder.stdout, 'data');
  return () => {
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    return gone;
  };
}

describe('a store that cannot be used is named and keeps every byte', () => {
  it('no database at all', () => {
    const file = path.join(temporaryFolder(), 'a.sqlite');
    writeFileSync(file, 'this is no database, and never was one '.repeat(200));
    expectRefusedUntouched(file, 'database-corrupt');
  });

  it('a database with a damaged page', () => {
    const file = usedStore();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 100, 4000);
    writeFileSync(file, bytes);
    expectRefusedUntouched(file, 'database-corrupt');
  });

  it('a database that lost its end', () => {
    const file = usedStore();
    truncateSync(file, 5000);
    expectRefusedUntouched(file, 'database-corrupt');
  });

  it('a damaged database with a log that a crash left behind', () => {
    const file = crashedStore('CREATE TABLE late (a INTEGER) STRICT');
    truncateSync(file, 5000);
    expectRefusedUntouched(file, 'database-corrupt');
  });

  it.each(['closed', 'crashed'])('a %s database whose damage shows only when it is written', (how) => {
    const file = how === 'closed' ? usedStore() : crashedStore('CREATE TABLE late (a INTEGER) STRICT');
    damageOpenings(file);
    expectRefusedUntouched(file, 'database-corrupt');
  });

  it('one from the future', () => {
    const file = usedStore();
    const database = new Database(file);
    database.pragma('user_version = 4000');
    database.close();
    expectRefusedUntouched(file, 'database-from-the-future');
  });

  it('one that only its log says to be from the future', () => {
    expectRefusedUntouched(crashedStore('PRAGMA user_version = 4000'), 'database-from-the-future');
  });

  it.each(['BEGIN EXCLUSIVE', 'PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; PRAGMA user_version = 0'])(
    'one that another process holds by %s',
    async (sql) => {
      const file = usedStore();
      const release = await heldBy(file, sql);
      expectRefusedUntouched(file, 'database-locked');
      await release();
      expect(failureOf(file)).toBe('it opened');
    },
    20_000,
  );

  it.skipIf(!canMount).each(['file', 'folder'])('a read-only %s', (what) => {
    const file = usedStore();
    const release = makeReadOnly(what === 'file' ? file : path.dirname(file));
    onTestFinished(release);
    expectRefusedUntouched(file, 'database-read-only');
  });

  it.skipIf(!canMount)('a read-only folder that holds no database yet', () => {
    const folder = temporaryFolder();
    onTestFinished(makeReadOnly(folder));
    expect(failureOf(path.join(folder, 'a.sqlite'))).toBe('database-read-only');
  });

  it('a folder that is missing, and a folder in the place of the file', () => {
    const folder = temporaryFolder();
    expect(failureOf(path.join(folder, 'gone', 'a.sqlite'))).toBe('database-unreachable');
    mkdirSync(path.join(folder, 'a.sqlite'));
    expect(failureOf(path.join(folder, 'a.sqlite'))).toBe('database-unreachable');
  });

  it.skipIf(!canMount).each([0, 8192, 65_536])('a disk with %i bytes left', (left) => {
    const disk = mountSmallDisk(temporaryFolder(), 40);
    onTestFinished(disk.unmount);
    const file = usedStore(disk.folder);
    disk.fill(left);
    expectRefusedUntouched(file, 'disk-full');
    disk.free();
    expect(failureOf(file)).toBe('it opened');
  });

  it.skipIf(!canMount)('a full disk under a log that a crash left behind', () => {
    const disk = mountSmallDisk(temporaryFolder(), 40);
    onTestFinished(disk.unmount);
    const crashed = crashedStore('CREATE TABLE late (a INTEGER) STRICT');
    const file = path.join(disk.folder, 'a.sqlite');
    for (const end of ['', '-wal']) {
      const bytes = readFileSync(`${crashed}${end}`);
      writeFileSync(
        `${file}${end}`,
        end === '' ? bytes : bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1),
      );
    }
    disk.fill();
    expectRefusedUntouched(file, 'disk-full');
  });
});

describe('nameStoreFailure', () => {
  it('calls a write that the system forbids on a disk with room a failing disk', () => {
    const file = usedStore();
    // The kernel refuses to let this process' files grow: EFBIG, which is neither a full disk nor a missing right.
    const child = `
      import { openStore } from ${JSON.stringify(path.resolve('src/main/database/open-store.ts'))};
      try { openStore({ path: ${JSON.stringify(file)} }); } catch (error) { process.stdout.write(error.code + ' ' + error.cause?.code); }`;
    const { stdout } = spawnSync(
      'sh',
      ['-c', `trap '' XFSZ; ulimit -f 1; exec "$0" --input-type=module --eval "$1"`, process.execPath, child],
      { encoding: 'utf8' },
    );
    expect(stdout).toMatch(/^disk-failing SQLITE_IOERR/u);
  });

  it('names a file that was moved away while it was open', () => {
    const file = usedStore();
    const database = new Database(file);
    database.pragma('journal_mode = DELETE');
    rmSync(file);
    let thrown: unknown;
    try {
      database.exec('CREATE TABLE late (a INTEGER)');
    } catch (error) {
      thrown = error;
    }
    database.close();
    expect(nameStoreFailure(thrown, file)).toMatchObject({ code: 'database-unreachable' });
  });

  it('lets pass what is no failure of the store', () => {
    const error = new Error('the work');
    expect(nameStoreFailure(error, '/nowhere')).toBe(error);
  });
});
