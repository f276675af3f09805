/**
 * Makes room for a new database in the place of one that cannot be used. Nothing is deleted: the file and its log go
 * together into a folder of their own beside it, where whoever looks into the damage finds all of it.
 */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';

/** @returns the folder that holds it now */
export function setStoreAside(databasePath: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(':', '-');
  const aside = `${databasePath}.set-aside-${stamp}`;
  mkdirSync(aside);
  // The file goes last: beside a new database the log of the old one would be read as its own.
  for (const end of ['-wal', '-shm', '']) {
    const file = `${databasePath}${end}`;
    if (existsSync(file)) renameSync(file, path.join(aside, path.basename(file)));
  }
  return aside;
}
