/**
 * Cuts the power at every moment of a migration: what the released database held is there before and after, and whoever
 * finds the new schema finds the copy that was made before it.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openStore } from '../../../src/main/database/open-store.ts';
import { seededRandom } from '../seeded-random.ts';
import { createDisk } from './disk-model.ts';
import { memoryFolder, unluckily } from './replay-cuts.ts';
import type { DiskEvent } from './record-writes.ts';
import { RECORDED_DATABASE } from './recorded-work.ts';

export type MigrationReport = {
  readonly cuts: number;
  readonly foundBefore: number;
  readonly foundAfter: number;
  /** Cuts after which something that is called a backup is none. */
  readonly foundHalfCopies: number;
  readonly breaches: readonly string[];
};

export function replayMigration(options: {
  readonly events: readonly DiskEvent[];
  readonly released: string;
  readonly cutsEach: number;
  readonly seed: number;
}): MigrationReport {
  const random = seededRandom(options.seed);
  const folder = mkdtempSync(path.join(memoryFolder(), 'switchyard-migration-'));
  const selects = selectsOf(options.released);
  const wanted = readContent(options.released, selects);
  const disk = createDisk();
  const breaches: string[] = [];
  const found = { before: 0, after: 0 };
  let halfCopies = 0;
  let cuts = 0;
  let begun = false;
  try {
    for (const [at, event] of options.events.entries()) {
      disk.take(event);
      begun ||= event.type === 'witnessed';
      for (let cut = 0; begun && cut < options.cutsEach; cut++) {
        disk.cut(folder, unluckily(random), random() < 0.5 ? 512 : 4096);
        cuts += 1;
        const judged = judgeMigration(folder, selects, wanted);
        found[judged.isNew ? 'after' : 'before'] += 1;
        if (judged.hasHalfCopy) halfCopies += 1;
        if (judged.breach !== undefined) breaches.push(`cut after event ${at}: ${judged.breach}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { cuts, foundBefore: found.before, foundAfter: found.after, foundHalfCopies: halfCopies, breaches };
}

type Content = { readonly version: number; readonly rows: string };

type Judgement = { readonly isNew: boolean; readonly hasHalfCopy: boolean; readonly breach: string | undefined };

function judgeMigration(folder: string, selects: readonly string[], wanted: Content): Judgement {
  const file = path.join(folder, RECORDED_DATABASE);
  const found = readContent(file, selects);
  const isNew = found.version > wanted.version;
  const copies = readdirSync(folder)
    .filter((name) => name.endsWith('.backup'))
    .map((name) => readContent(path.join(folder, name), selects));
  const wholeCopies = copies.filter(({ rows, version }) => rows === wanted.rows && version === wanted.version);
  const hasHalfCopy = wholeCopies.length < copies.length;
  const breach = (): string | undefined => {
    if (found.rows !== wanted.rows) return 'the database no longer holds what it held';
    if (isNew && copies.length === 0) return 'the schema is new and the copy made before it is gone';
    if (isNew && hasHalfCopy) return 'the schema is new and the copy made before it is not whole';
    openStore({ path: file }).close();
    return readContent(file, selects).rows === wanted.rows ? undefined : 'opening it again changed what it held';
  };
  return { isNew, hasHalfCopy, breach: breach() };
}

/**
 * All that the released schema knows, table by table, but the count of openings and how far the link's streams were read:
 * a migration that learns more of them sets that back, and what was read is asked for again.
 */
function selectsOf(released: string): readonly string[] {
  const database = new Database(released, { readonly: true });
  const columns = database
    .prepare<[], { name: string; columns: string }>(
      `SELECT tables.name AS name, group_concat(columns.name) AS columns
       FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tables.name <> 'store_opening'
         AND (tables.name, columns.name) <> ('link_stream', 'committed')
       GROUP BY tables.name`,
    )
    .all();
  database.close();
  return columns.map((table) => `SELECT ${table.columns} FROM ${table.name}`);
}

/** A file that is no database holds nothing. */
function readContent(file: string, selects: readonly string[]): Content {
  const database = new Database(file);
  try {
    const rows = selects.map((select) => database.prepare(select).all());
    const intact = database.pragma('integrity_check', { simple: true }) === 'ok';
    const version = Number(database.pragma('user_version', { simple: true }));
    return { version, rows: intact ? JSON.stringify(rows) : 'not intact' };
  } catch (error) {
    return { version: 0, rows: String(error) };
  } finally {
    database.close();
  }
}
