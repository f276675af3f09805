/** Judges the place of a database by the file system alone: nothing is opened, so nothing can be changed or left behind. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { NO_ROOM_BYTES, roomBesideBytes } from './disk-room.ts';
import { isForbidden, StoreFailure } from './store-failure.ts';

/** @throws StoreFailure when a database can be neither used nor made here */
export function judgeStorePlace(file: string): void {
  if (!statSync(path.dirname(file), { throwIfNoEntry: false })?.isDirectory())
    throw new StoreFailure('database-unreachable', file);
  if (isForbidden(file)) throw new StoreFailure('database-read-only', file);
  // A log that a crash left has its own room to work in; a new one would be begun in vain and left behind.
  if (!hasLog(file) && (roomBesideBytes(file) ?? Infinity) < NO_ROOM_BYTES) throw new StoreFailure('disk-full', file);
}

/** There is a write-ahead log with something in it: its last user did not close the database. */
export function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
