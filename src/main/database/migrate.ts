/**
 * Brings a database to this version: numbered steps, forward only, one transaction each, with a copy of the file made
 * first when there is something to lose. `user_version` holds the number of the last step.
 */
import { readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { StoreFailure } from './store-failure.ts';
import type { Migration } from './migration.ts';
import { syncFolder } from './sync-folder.ts';
import { livingLine } from './migrations/0001-living-line.ts';
import { firstMeter } from './migrations/0002-first-meter.ts';
import { positionPages } from './migrations/0003-position-pages.ts';
import { depotMetering } from './migrations/0004-depot-metering.ts';
import { marketplace } from './migrations/0005-marketplace.ts';
import { chargingPlans } from './migrations/0006-charging-plans.ts';

export const MIGRATIONS: readonly Migration[] = [
  livingLine,
  firstMeter,
  positionPages,
  depotMetering,
  marketplace,
  chargingPlans,
];

export function migrate(
  database: Database.Database,
  file: string,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  const found = Number(database.pragma('user_version', { simple: true }));
  refuseFuture(found, file, migrations);
  const due = migrations.filter((migration) => migration.version > found);
  if (due.length > 0 && found > 0) backUpBefore(database, file, found);
  for (const migration of due) {
    database.transaction(() => {
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.version}`);
    })();
  }
}

/** @throws StoreFailure when a newer Switchyard has written this database */
export function refuseFuture(found: number, file: string, migrations: readonly Migration[] = MIGRATIONS): void {
  const newest = migrations.at(-1)?.version ?? 0;
  if (found <= newest) return;
  throw new StoreFailure('database-from-the-future', file, {
    message: `The database was written by a newer Switchyard (schema ${found}; this one knows up to ${newest}). Install the newer version; nothing was changed.`,
  });
}

const UNFINISHED = '.unfinished';

/**
 * `VACUUM INTO` writes a whole, consistent copy under a name of its own, so no run touches the copy of another. It bears
 * the name of a backup only once it is whole: what a kill or a power cut leaves must not be taken for one, and goes at the
 * next try.
 */
function backUpBefore(database: Database.Database, file: string, version: number): void {
  const stamp = new Date().toISOString().replaceAll(':', '-');
  const copy = `${file}.before-schema-${version + 1}.${stamp}.backup`;
  const unfinished = `${copy}${UNFINISHED}`;
  const folder = path.dirname(file);
  const ours = `${path.basename(file)}.before-schema-`;
  for (const left of readdirSync(folder))
    if (left.startsWith(ours) && left.includes(UNFINISHED)) rmSync(path.join(folder, left), { force: true });
  try {
    database.prepare('VACUUM INTO ?').run(unfinished);
    renameSync(unfinished, copy);
    syncFolder(folder);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
