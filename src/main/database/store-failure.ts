/**
 * Why the store cannot be used, as a code with a screen of its own and a sentence that says what to do next. SQLite uses
 * one word for different troubles (it cannot open: no folder, or no right to it; a failed write: a dying disk, or no
 * room), so what it says is judged together with what stands on the disk.
 */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { NO_ROOM_BYTES, roomBesideBytes } from './disk-room.ts';

const SENTENCES = {
  'database-corrupt':
    'The database file is damaged. Restore the newest backup beside it, or open another profile; nothing was changed.',
  'database-from-the-future':
    'The database was written by a newer Switchyard. Install the newer version; nothing was changed.',
  'database-locked': 'Another program holds the database. Close the other Switchyard and try again.',
  'database-read-only':
    'The database cannot be written: this user has no right to, or the disk is read-only. Give the right to write its folder and try again.',
  'database-unreachable':
    'The database is not where it should be: its folder is missing, or something else stands in its place. Connect the disk it lies on and try again.',
  'disk-full': 'The disk is full. Free some space on it and try again.',
  'disk-failing':
    'The disk failed to read or write, though it has room. Look at its health and its connection, then try again.',
} as const;

export type StoreFailureCode = keyof typeof SENTENCES;

export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
  readonly code: StoreFailureCode;
  readonly path: string;

  constructor(code: StoreFailureCode, path: string, options: { cause?: unknown; message?: string } = {}) {
    super(options.message ?? SENTENCES[code], { cause: options.cause });
    this.code = code;
    this.path = path;
  }
}

/** In this order: a file moved away under an open connection is also called read-only. */
const JUDGED_BY_CODE: readonly (readonly [RegExp, (file: string) => StoreFailureCode])[] = [
  [/^SQLITE_(CORRUPT|NOTADB)/u, () => 'database-corrupt'],
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/u, () => 'database-locked'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/u, () => 'disk-full'],
  [/^SQLITE_IOERR/u, (file) => ((roomBesideBytes(file) ?? Infinity) < NO_ROOM_BYTES ? 'disk-full' : 'disk-failing')],
  [/^EIO$/u, () => 'disk-failing'],
  [/^SQLITE_READONLY_DBMOVED/u, () => 'database-unreachable'],
  [/^(SQLITE_(READONLY|PERM)|EACCES|EPERM|EROFS)/u, () => 'database-read-only'],
  [/^SQLITE_CANTOPEN/u, (file) => (isForbidden(file) ? 'database-read-only' : 'database-unreachable')],
  [/^(ENOENT|ENOTDIR|EISDIR|EEXIST)$/u, () => 'database-unreachable'],
];

/** Turns what SQLite or the file system threw into a `StoreFailure`; anything not known passes through unchanged. */
export function nameStoreFailure(error: unknown, file: string): unknown {
  if (error instanceof StoreFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = JUDGED_BY_CODE.find(([pattern]) => pattern.test(code));
  return known === undefined ? error : new StoreFailure(known[1](file), file, { cause: error });
}

/** The file or its folder is there, and this user may not write to it. */
export function isForbidden(file: string): boolean {
  return [file, path.dirname(file)].some((place) => {
    try {
      accessSync(place, constants.W_OK);
      return false;
    } catch (error) {
      return /^(EACCES|EPERM|EROFS)$/u.test(String((error as NodeJS.ErrnoException).code));
    }
  });
}
