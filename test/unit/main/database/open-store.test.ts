import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../../src/main/database/open-store.ts';
import { StoreFailure } from '../../../../src/main/database/store-failure.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function failureOf(open: () => unknown): StoreFailure {
  try {
    open();
  } catch (error) {
    if (error instanceof StoreFailure) return error;
    throw error;
  }
  throw new Error('It opened.');
}

describe('openStore', () => {
  it('runs with a write-ahead log and synchronous=FULL, also when it is opened again', () => {
    const file = path.join(temporaryFolder(), 'a.sqlite');
    for (const opening of [1, 2]) {
      const store = openStore({ path: file });
      expect(store.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
      expect(store.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
      expect(store.prepare('SELECT count FROM store_opening').get()).toEqual({ count: opening });
      store.close();
    }
  });

  it('runs effects after the commit only, and rollback effects after a rollback only', () => {
    const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
    const seen: string[] = [];
    store.write((tx) => {
      tx.afterCommit(() => seen.push('committed'));
      tx.afterRollback(() => seen.push('never'));
      seen.push('inside');
    });
    expect(() =>
      store.write((tx) => {
        tx.afterCommit(() => seen.push('never'));
        tx.afterRollback(() => seen.push('taken back'));
        tx.prepare('UPDATE store_opening SET count = 99').run();
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(seen).toEqual(['inside', 'committed', 'taken back']);
    expect(store.prepare('SELECT count FROM store_opening').get()).toEqual({ count: 1 });
    store.close();
  });

  it('is not undone by an effect that throws, runs the others, and says so', () => {
    const failures: unknown[] = [];
    const broken: unknown[] = [];
    const store = openStore({
      path: path.join(temporaryFolder(), 'a.sqlite'),
      onFailure: (error) => broken.push(error),
      onEffectFailure: (error) => failures.push(error),
    });
    const seen: string[] = [];
    const fail = (): never => {
      throw new Error('an effect');
    };
    const answer = store.write((tx) => {
      tx.afterCommit(fail);
      tx.afterCommit(() => seen.push('committed'));
      return 7;
    });
    expect(answer).toBe(7);
    expect(() =>
      store.write((tx) => {
        tx.afterRollback(fail);
        tx.afterRollback(() => seen.push('taken back'));
        throw new Error('the work');
      }),
    ).toThrow('the work');
    expect(seen).toEqual(['committed', 'taken back']);
    expect(failures.length).toBe(2);
    // The work failed, not the store.
    expect(broken).toEqual([]);
    store.close();
  });

  it('tells of a store that refuses', () => {
    const file = path.join(temporaryFolder(), 'a.sqlite');
    const broken: StoreFailure[] = [];
    const store = openStore({ path: file, onFailure: (error) => broken.push(error) });
    const holder = new Database(file);
    holder.exec('BEGIN IMMEDIATE');
    expect(failureOf(() => store.write(() => 1)).code).toBe('database-locked');
    expect(broken.map(({ code }) => code)).toEqual(['database-locked']);
    holder.close();
    store.close();
  });

  it('names a damaged file, one from the future, a locked one and one that cannot be written, and leaves them alone', () => {
    const folder = temporaryFolder();
    const damaged = path.join(folder, 'damaged.sqlite');
    writeFileSync(damaged, 'this is no database, and never was one'.repeat(200));
    const before = readFileSync(damaged);
    expect(failureOf(() => openStore({ path: damaged })).code).toBe('database-corrupt');
    expect(readFileSync(damaged).equals(before)).toBe(true);

    const future = path.join(folder, 'future.sqlite');
    openStore({ path: future }).close();
    const raw = new Database(future);
    // A journal mode of its own: merely opening the file our way would change it.
    raw.pragma('journal_mode = DELETE');
    raw.pragma('user_version = 4000');
    raw.close();
    const futureBefore = readFileSync(future);
    expect(failureOf(() => openStore({ path: future })).code).toBe('database-from-the-future');
    expect(readFileSync(future).equals(futureBefore)).toBe(true);

    const locked = path.join(folder, 'locked.sqlite');
    openStore({ path: locked }).close();
    const holder = new Database(locked);
    holder.exec('BEGIN EXCLUSIVE');
    expect(failureOf(() => openStore({ path: locked })).code).toBe('database-locked');
    holder.exec('ROLLBACK');
    holder.close();

    expect(failureOf(() => openStore({ path: folder })).code).toBe('database-read-only');
  });
});

describe('migrate', () => {
  it('copies a database that holds something before it steps it', async () => {
    const { migrate } = await import('../../../../src/main/database/migrate.ts');
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.sqlite');
    openStore({ path: file }).close();
    const database = new Database(file);
    const next = { version: 2, name: 'next', sql: 'CREATE TABLE added (a INTEGER) STRICT' };
    migrate(database, file, [{ version: 1, name: 'living-line', sql: '' }, next]);
    expect(database.pragma('user_version', { simple: true })).toBe(2);
    database.close();
    const backup = readdirSync(folder).find((name) => name.endsWith('.backup'));
    const copy = new Database(path.join(folder, backup ?? ''));
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    expect(copy.prepare('SELECT count FROM store_opening').get()).toEqual({ count: 1 });
    copy.close();
  });

  it('takes a step wholly or not at all', async () => {
    const { migrate } = await import('../../../../src/main/database/migrate.ts');
    const database = new Database(':memory:');
    const broken = { version: 1, name: 'broken', sql: 'CREATE TABLE half (a INTEGER); CREATE TABLE half (a INTEGER);' };
    expect(() => migrate(database, ':memory:', [broken])).toThrow(/half/u);
    expect(database.pragma('user_version', { simple: true })).toBe(0);
    expect(database.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'half'").get()).toEqual({ n: 0 });
    database.close();
  });
});
