/** A new name is on the disk only when its folder was synced (POSIX leaves it open otherwise). */
import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Windows cannot open a folder; it keeps names by its file system's journal. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
