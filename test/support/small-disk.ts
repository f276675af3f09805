/**
 * Real disks for tests: one of a size of its own that can be filled to the last byte, and one that is mounted read-only.
 * Both need the right to mount, which only root on Linux has; without it tests are skipped by name.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, rmdirSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type SmallDisk = {
  readonly folder: string;
  /** Another program takes all but so many bytes, and keeps them. */
  readonly fill: (leaveBytes?: number) => void;
  readonly free: () => void;
  readonly unmount: () => void;
};

export const canMount: boolean = tryToMount();

function tryToMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const place = mkdtempSync(path.join(tmpdir(), 'switchyard-mount-'));
  try {
    mount(place, ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs']);
    unmount(place);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(place);
  }
}

function mount(place: string, args: readonly string[]): void {
  execFileSync('mount', [...args, place], { stdio: 'pipe' });
}

function unmount(place: string): void {
  execFileSync('umount', ['--lazy', place], { stdio: 'pipe' });
}

export function mountSmallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true });
  mount(folder, ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs']);
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    fill: (leaveBytes = 0) => {
      const file = openSync(ballast, 'a');
      const { bavail, bsize } = statfsSync(folder);
      const block = Buffer.alloc(64 * 1024);
      try {
        for (let left = bavail * bsize - leaveBytes; left > 0;)
          left -= writeSync(file, block, 0, Math.min(block.length, left));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    unmount: () => unmount(folder),
  };
}

/** The same file or folder under the same name, which from now on nobody can write, whatever its mode says. */
export function makeReadOnly(place: string): () => void {
  mount(place, ['--bind', place]);
  mount(place, ['-o', 'remount,ro,bind']);
  return () => unmount(place);
}
