import { readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../../../src/main/database/migrate.ts';
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

  it('waits once for a program that holds the database, and again only after it has let go', async () => {
    const file = path.join(temporaryFolder(), 'a.sqlite');
    let commits = 0;
    const store = openStore({ path: file, onCommit: () => (commits += 1) });
    const write = () => store.write((tx) => tx.prepare('UPDATE store_opening SET count = count').run());
    const patience = () => store.prepare('PRAGMA busy_timeout').get();
    const usual = patience();
    const holder = new Database(file);
    holder.exec('BEGIN IMMEDIATE');
    expect(write).toThrow(StoreFailure);
    expect(patience()).toEqual({ timeout: 0 });
    const fromMs = performance.now();
    for (let times = 0; times < 20; times++) expect(write).toThrow(StoreFailure);
    expect(performance.now() - fromMs).toBeLessThan(1000);
    holder.exec('ROLLBACK');
    holder.close();
    // By itself: nobody may want to write again for hours.
    await expect.poll(() => commits, { timeout: 10_000 }).toBe(1);
    expect(patience()).toEqual(usual);
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
});

describe('migrate', () => {
  it('copies a database that holds something before it steps it', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.sqlite');
    openStore({ path: file }).close();
    const database = new Database(file);
    const found = MIGRATIONS.length;
    const next = { version: found + 1, name: 'next', sql: 'CREATE TABLE added (a INTEGER) STRICT' };
    migrate(database, file, [...MIGRATIONS, next]);
    expect(database.pragma('user_version', { simple: true })).toBe(found + 1);
    database.close();
    const backup = readdirSync(folder).find((name) => name.endsWith('.backup'));
    const copy = new Database(path.join(folder, backup ?? ''));
    expect(copy.pragma('user_version', { simple: true })).toBe(found);
    expect(copy.prepare('SELECT count FROM store_opening').get()).toEqual({ count: 1 });
    copy.close();
  });

  it('takes a step wholly or not at all', () => {
    const database = new Database(':memory:');
    const broken = { version: 1, name: 'broken', sql: 'CREATE TABLE half (a INTEGER); CREATE TABLE half (a INTEGER);' };
    expect(() => migrate(database, ':memory:', [broken])).toThrow(/half/u);
    expect(database.pragma('user_version', { simple: true })).toBe(0);
    expect(database.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'half'").get()).toEqual({ n: 0 });
    database.close();
  });
});
