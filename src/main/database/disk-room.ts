/**
 * Room on the disk, kept for what matters most. Bulk (positions, readings) could fill any disk, so it stops while there is
 * still room, and what operators do goes on; bulk begins again by itself when there is room once more.
 *
 * When another program takes the last byte, a piece of the write-ahead log that was allocated in good times remains: it
 * belongs to this file, so nobody can take it, and SQLite writes into it before the file has to grow. (A file system that
 * writes every page to a new place, like btrfs, may refuse all the same; then a write is refused, never half done.)
 */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Bulk stops below the first and begins again above the second, so that it does not flutter between them. */
const BULK_STOPS_BELOW_BYTES = 64 * 2 ** 20;
const BULK_BEGINS_ABOVE_BYTES = 96 * 2 ** 20;
const LOOK_EVERY_MS = 1000;

/**
 * 4 000 pages with their headers: two thousand actions and more, and four times what the log takes between checkpoints.
 * One block of SQLite's index of the log holds 4 062 pages, so a full disk never has to hold a second one.
 */
const LOG_RESERVE_BYTES = 32 + 4000 * (24 + 4096);

/** With less than this nothing is begun, and a failed write needs no other reason: one page and its place take 100 KiB. */
export const NO_ROOM_BYTES = 2 ** 20;

/** What this user may still write on the disk of `file`; undefined when the disk does not say. */
export function roomBesideBytes(file: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(path.dirname(file));
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

export type RoomWatch = {
  /** Looks at the disk at most once a second. */
  readonly isShort: () => boolean;
  readonly stop: () => void;
};

export function watchRoom(file: string, onChange: (isShort: boolean) => void): RoomWatch {
  let short = false;
  let lookedAtMs = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    lookedAtMs = performance.now();
    const room = roomBesideBytes(file);
    const now = room !== undefined && room < (short ? BULK_BEGINS_ABOVE_BYTES : BULK_STOPS_BELOW_BYTES);
    if (now === short) return;
    short = now;
    clearInterval(timer);
    // While bulk is held back nobody may be asking; the end of the shortage must be noticed all the same.
    if (short) timer = setInterval(look, LOOK_EVERY_MS).unref();
    onChange(short);
  }

  return {
    isShort: () => {
      if (performance.now() - lookedAtMs >= LOOK_EVERY_MS) look();
      return short;
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * Makes the write-ahead log of an open database as long as its reserve. Zeros after the last frame have no valid checksum,
 * so to SQLite they are the end of the log (file format, 4.1); it writes over them and does not shorten the file.
 * @throws the file system's error when there is no room; the log is as it was then.
 */
export function reserveLog(databaseFile: string): void {
  const log = openSync(`${databaseFile}-wal`, 'r+');
  try {
    const { size } = fstatSync(log);
    const zeros = Buffer.alloc(2 ** 20);
    try {
      for (let at = size; at < LOG_RESERVE_BYTES;)
        at += writeSync(log, zeros, 0, Math.min(zeros.length, LOG_RESERVE_BYTES - at), at);
      fsyncSync(log);
    } catch (error) {
      ftruncateSync(log, size);
      throw error;
    }
  } finally {
    closeSync(log);
  }
}
