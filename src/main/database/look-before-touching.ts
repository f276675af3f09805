/**
 * Judges a database before a connection that can write touches it. Even opening writes: setting the journal mode changes
 * the header, a connection leaves files beside it, and the last one to close folds the log into the file. What is not ours
 * to use must keep every byte.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { refuseFuture } from './migrate.ts';
import { hasLog, judgeStorePlace } from './store-place.ts';

const MAGIC = 'SQLite format 3\0';
/** `user_version` in the header (file format, 1.3). */
const USER_VERSION_AT = 60;

export type Look = {
  /** Called when the database is open, or when opening it has failed and its connection is closed. */
  readonly end: () => void;
};

/**
 * Without a log the header tells all, and reading it leaves no trace. A log that a crash left behind may hold a newer
 * header, so then a connection that cannot write looks, and stays until the other one is closed: whoever is not the last
 * to close does not fold the log.
 * The plain reading must come before this process has the file open: closing a file drops its POSIX locks.
 */
export function lookBeforeTouching(path: string, native: { readonly nativeBinding?: string }): Look {
  const nothing = { end: () => {} };
  judgeStorePlace(path);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return nothing;
  if (!hasLog(path)) {
    const version = readUserVersion(path);
    if (version !== undefined) refuseFuture(version, path);
    return nothing;
  }
  const reader = new Database(path, { ...native, readonly: true });
  try {
    refuseFuture(Number(reader.pragma('user_version', { simple: true })), path);
  } catch (error) {
    reader.close();
    throw error;
  }
  return { end: () => reader.close() };
}

/** undefined when it is no SQLite file, or an empty one: SQLite says so itself, without changing it. */
function readUserVersion(path: string): number | undefined {
  const header = Buffer.alloc(USER_VERSION_AT + 4);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header, 0, header.length, 0) < header.length) return undefined;
  } finally {
    closeSync(file);
  }
  return header.toString('latin1', 0, MAGIC.length) === MAGIC ? header.readUInt32BE(USER_VERSION_AT) : undefined;
}
