import { execFileSync } from 'node:child_process';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../../src/main/database/open-store.ts';
import type { StoreFailure } from '../../../../src/main/database/store-failure.ts';
import type { Store } from '../../../../src/main/database/sqlite.ts';
import { canMount, mountSmallDisk } from '../../../support/small-disk.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { waitUntil } from '../../../support/wait-until.ts';

const MIB = 2 ** 20;

function smallDisk(megabytes: number) {
  const disk = mountSmallDisk(temporaryFolder(), megabytes);
  onTestFinished(disk.unmount);
  return disk;
}

function openNotes(file: string, heard: { short: boolean[]; failures: StoreFailure[]; commits: number }): Store {
  const store = openStore({
    path: file,
    onShortOfRoom: (isShort) => heard.short.push(isShort),
    onFailure: (error) => heard.failures.push(error),
    onCommit: () => (heard.commits += 1),
  });
  store.prepare('CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT) STRICT').run();
  return store;
}

/** What was answered as written: only that counts. */
function writeNotes(store: Store, ids: readonly number[], weight?: 'bulk'): number[] {
  return ids.filter((id) => {
    try {
      store.write((tx) => tx.prepare('INSERT INTO note VALUES (?, ?)').run(id, 'x'.repeat(400)), weight);
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'StoreFailure') return false;
      throw error;
    }
  });
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

describe('a disk that fills while the store is open', () => {
  it.skipIf(!canMount)(
    'takes no bulk below its floor, all else, and bulk again by itself once there is room',
    async () => {
      const disk = smallDisk(160);
      const heard = { short: [] as boolean[], failures: [] as StoreFailure[], commits: 0 };
      const store = openNotes(path.join(disk.folder, 'a.sqlite'), heard);
      expect(writeNotes(store, [1], 'bulk')).toEqual([1]);

      disk.fill(32 * MIB);
      let bulkId = 100;
      await waitUntil('bulk is refused', () => writeNotes(store, [(bulkId += 1)], 'bulk').length === 0);
      expect(heard.short).toEqual([true]);
      expect(writeNotes(store, [3])).toEqual([3]);
      // Refusing bulk is no failure of the store.
      expect(heard.failures).toEqual([]);

      disk.free();
      await waitUntil('there is room again', () => heard.short.at(-1) === false);
      expect(writeNotes(store, [4], 'bulk')).toEqual([4]);
      store.close();
    },
  );

  it.skipIf(!canMount)(
    'stores two thousand actions after the last byte of the disk is gone, and none that it refused',
    () => {
      const disk = smallDisk(128);
      const heard = { short: [] as boolean[], failures: [] as StoreFailure[], commits: 0 };
      const file = path.join(disk.folder, 'a.sqlite');
      const store = openNotes(file, heard);
      disk.fill();
      const written = writeNotes(store, range(1, 6000));
      expect(written.length).toBeGreaterThan(2000);
      expect(written.length).toBeLessThan(6000);
      expect(new Set(heard.failures.map(({ code }) => code))).toEqual(new Set(['disk-full']));

      disk.free();
      expect(writeNotes(store, [9000])).toEqual([9000]);
      store.close();
      const reader = new Database(file, { readonly: true });
      expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(reader.prepare('SELECT id FROM note ORDER BY id').pluck().all()).toEqual([...written, 9000]);
      reader.close();
    },
  );

  it.skipIf(!canMount)(
    'keeps what it answered when the process is killed on the full disk, and opens there again',
    () => {
      const disk = smallDisk(128);
      const file = path.join(disk.folder, 'a.sqlite');
      const child = `
      import { openStore } from ${JSON.stringify(path.resolve('src/main/database/open-store.ts'))};
      import { statfsSync, openSync, writeSync } from 'node:fs';
      const store = openStore({ path: ${JSON.stringify(file)} });
      store.prepare('CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT) STRICT').run();
      const ballast = openSync(${JSON.stringify(path.join(disk.folder, 'ballast'))}, 'a');
      try { for (;;) writeSync(ballast, Buffer.alloc(65536)); } catch (error) { if (error.code !== 'ENOSPC') throw error; }
      let last = 0;
      for (let id = 1; id <= 300; id += 1) {
        store.write((tx) => tx.prepare('INSERT INTO note VALUES (?, ?)').run(id, 'x'.repeat(400)));
        last = id;
      }
      writeSync(1, String(last));
      process.kill(process.pid, 'SIGKILL');`;
      let answered = '';
      try {
        execFileSync(process.execPath, ['--input-type=module', '--eval', child], { encoding: 'utf8', stdio: 'pipe' });
      } catch (error) {
        answered = (error as { stdout: string }).stdout;
      }
      expect(answered).toBe('300');
      const heard = { short: [] as boolean[], failures: [] as StoreFailure[], commits: 0 };
      const store = openNotes(file, heard);
      expect(heard.short).toEqual([true]);
      expect(store.prepare<[], { n: number }>('SELECT count(*) AS n FROM note').get()?.n).toBe(300);
      expect(writeNotes(store, [301])).toEqual([301]);
      store.close();
    },
  );

  it.skipIf(!canMount)('says by itself that it saves again, when nobody has anything to write', async () => {
    const disk = smallDisk(128);
    const heard = { short: [] as boolean[], failures: [] as StoreFailure[], commits: 0 };
    const store = openNotes(path.join(disk.folder, 'a.sqlite'), heard);
    disk.fill();
    const refused = writeNotes(store, range(1, 6000)).length < 6000;
    expect(refused).toBe(true);
    const commits = heard.commits;
    disk.free();
    await waitUntil('it saves again', () => heard.commits > commits);
    store.close();
  });
});
