/**
 * Brings a database to this version: numbered steps, forward only, one transaction each, with a copy of the file made
 * first when there is something to lose. `user_version` holds the number of the last step.
 */
import type Database from 'better-sqlite3';
import { StoreFailure } from './store-failure.ts';
import type { Migration } from './migration.ts';
import { livingLine } from './migrations/0001-living-line.ts';

export const MIGRATIONS: readonly Migration[] = [livingLine];

export function migrate(
  database: Database.Database,
  path: string,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  const found = Number(database.pragma('user_version', { simple: true }));
  refuseFuture(found, path, migrations);
  const due = migrations.filter((migration) => migration.version > found);
  if (due.length > 0 && found > 0) backUpBefore(database, path, found);
  for (const migration of due) {
    database.transaction(() => {
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.version}`);
    })();
  }
}

/** @throws StoreFailure when a newer Switchyard has written this database */
export function refuseFuture(found: number, path: string, migrations: readonly Migration[] = MIGRATIONS): void {
  const newest = migrations.at(-1)?.version ?? 0;
  if (found <= newest) return;
  throw new StoreFailure(
    'database-from-the-future',
    `The database was written by a newer Switchyard (schema ${found}; this one knows up to ${newest}). Install the newer version; nothing was changed.`,
    path,
  );
}

/** `VACUUM INTO` writes a whole, consistent copy under a name of its own, so no run touches the copy of another. */
function backUpBefore(database: Database.Database, path: string, version: number): void {
  const stamp = new Date().toISOString().replaceAll(':', '-');
  database.prepare('VACUUM INTO ?').run(`${path}.before-schema-${version + 1}.${stamp}.backup`);
}
