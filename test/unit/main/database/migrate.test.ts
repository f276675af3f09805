/** Every released schema opens and is stepped to what a fresh database has, with all its rows. */
import { copyFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../../src/main/database/migrate.ts';
import { openStore } from '../../../../src/main/database/open-store.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const stores = path.resolve(import.meta.dirname, '../../../fixtures/stores');
/** 2 and 3 came out as one. */
const RELEASED_SCHEMAS = [1, 3, 4, 5];
const released = readdirSync(stores).filter((name) => name.endsWith('.sqlite'));

/** What the database consists of, without SQLite's own. */
function schemaOf(file: string): unknown {
  const database = new Database(file, { readonly: true });
  const parts = database
    .prepare(`SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`)
    .all();
  database.close();
  return parts;
}

function countRows(file: string): Map<string, number> {
  const database = new Database(file, { readonly: true });
  const names = database
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .all();
  const counts = names.map(({ name }): [string, number] => [
    name,
    database.prepare<[], { n: number }>(`SELECT count(*) AS n FROM "${name}"`).get()?.n ?? -1,
  ]);
  database.close();
  return new Map(counts);
}

describe('released schemas', () => {
  it('each have a database kept here', () => {
    expect(released.toSorted()).toEqual(RELEASED_SCHEMAS.map((version) => `schema-${version}.sqlite`));
    expect(RELEASED_SCHEMAS.at(-1)).toBeLessThan(MIGRATIONS.length);
  });

  it.for(released)('%s opens, is stepped to the newest, and loses no row', (name) => {
    const folder = temporaryFolder();
    const stepped = path.join(folder, 'stepped.sqlite');
    const fresh = path.join(folder, 'fresh.sqlite');
    copyFileSync(path.join(stores, name), stepped);
    const before = countRows(stepped);
    expect([...before.values()].filter((rows) => rows > 0).length).toBeGreaterThan(5);

    const store = openStore({ path: stepped });
    expect(store.prepare('PRAGMA user_version').get()).toEqual({ user_version: MIGRATIONS.at(-1)?.version });
    expect(store.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    store.close();
    openStore({ path: fresh }).close();

    expect(schemaOf(stepped)).toEqual(schemaOf(fresh));
    const after = countRows(stepped);
    for (const [table, rows] of before) expect([table, after.get(table)]).toEqual([table, rows]);
    expect(readdirSync(folder).filter((file) => file.endsWith('.backup'))).toHaveLength(1);
  });
});
