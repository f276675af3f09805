/**
 * A disk that may lose its power: it is told what a process did, and answers what could be found on it after a cut at this
 * moment. What was synced is there. Of what was not, each sector of each file holds the state of some moment since the
 * sync, its size likewise, each chosen for itself: writes are dropped, torn and reordered. So is what was done to names, of
 * which each deed is whole or not at all.
 *
 * It believes what SQLite believes: bytes of a sector beside those that are written stay whole (powersafe overwrite).
 */
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DiskEvent } from './record-writes.ts';

const SECTOR_BYTES = 512;

/** SQLite's index of the log is made anew by whoever opens the database first; what it held is no matter. */
const isLogIndex = (name: string): boolean => name.endsWith('-shm');

/** Chooses one of `count` moments since the last sync: 0 is the sync itself, `count` is now. */
export type ChooseMoment = (count: number) => number;

export type Disk = {
  readonly take: (event: DiskEvent) => void;
  /** Writes what is found after a cut at this moment into a folder, which holds nothing else then; answers the names. */
  readonly cut: (folder: string, chooseMoment: ChooseMoment, tornAtBytes: number) => readonly string[];
};

/** What a name stands for from then on; a rename is two of that at once. */
type Deed = readonly (readonly [name: string, file: number | undefined])[];

function carryOut(deed: Deed, names: Map<string, number>): void {
  for (const [name, file] of deed)
    if (file === undefined) names.delete(name);
    else names.set(name, file);
}

type Sector = { readonly moment: number; readonly bytes: Uint8Array };

export function createDisk(): Disk {
  const files = new Map<number, ReturnType<typeof createFile>>();
  let synced: ReadonlyMap<string, number> = new Map();
  const now = new Map<string, number>();
  let sinceSync: Deed[] = [];

  function note(deed: Deed): void {
    sinceSync.push(deed);
    carryOut(deed, now);
  }

  function take(event: DiskEvent): void {
    switch (event.type) {
      case 'made':
        if (isLogIndex(event.name)) return undefined;
        files.set(event.file, createFile());
        return note([[event.name, event.file]]);
      case 'removed':
        return note([[event.name, undefined]]);
      case 'renamed':
        return note([
          [event.from, undefined],
          [event.to, event.file],
        ]);
      case 'folder-synced':
        synced = new Map(now);
        sinceSync = [];
        return undefined;
      case 'written':
        return files.get(event.file)?.write(event.offset, event.bytes);
      case 'resized':
        return files.get(event.file)?.resize(event.size);
      case 'synced':
        return files.get(event.file)?.sync();
      case 'witnessed':
        return undefined;
    }
  }

  return {
    take,
    cut: (folder, chooseMoment, tornAtBytes) => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      const names = new Map(synced);
      for (const deed of sinceSync) if (chooseMoment(1) === 1) carryOut(deed, names);
      return [...names].map(([name, file]) => {
        const content = files.get(file)?.cut(chooseMoment, tornAtBytes) ?? new Uint8Array();
        writeFileSync(path.join(folder, name), withoutZerosAtEnd(content));
        truncateSync(path.join(folder, name), content.length);
        return name;
      });
    },
  };
}

const ZEROS = Buffer.alloc(1 << 16);

/** Much of a log may be zeros that were only set aside; a hole in the file reads the same and costs nothing. */
function withoutZerosAtEnd(content: Uint8Array): Uint8Array {
  let end = content.length;
  while (end >= ZEROS.length && ZEROS.equals(content.subarray(end - ZEROS.length, end))) end -= ZEROS.length;
  return content.subarray(0, end);
}

function createFile() {
  let synced = Buffer.alloc(0);
  let now = Buffer.alloc(1 << 16);
  let size = 0;
  let syncedSize = 0;
  /** How many changes there were since the last sync. */
  let moment = 0;
  let sizes: { readonly moment: number; readonly size: number }[] = [];
  const sectors = new Map<number, Sector[]>();

  function noteSectors(from: number, to: number): void {
    for (let sector = Math.floor(from / SECTOR_BYTES); sector * SECTOR_BYTES < to; sector++) {
      const bytes = Uint8Array.prototype.slice.call(now, sector * SECTOR_BYTES, (sector + 1) * SECTOR_BYTES);
      const history = sectors.get(sector);
      if (history === undefined) sectors.set(sector, [{ moment, bytes }]);
      else history.push({ moment, bytes });
    }
  }

  function setSize(to: number): void {
    size = to;
    sizes.push({ moment, size });
    if (to <= now.length) return;
    const grown = Buffer.alloc(2 ** Math.ceil(Math.log2(to)));
    now.copy(grown);
    now = grown;
  }

  return {
    write: (offset: number, bytes: Buffer): void => {
      moment += 1;
      if (offset + bytes.length > size) setSize(offset + bytes.length);
      bytes.copy(now, offset);
      noteSectors(offset, offset + bytes.length);
    },
    resize: (to: number): void => {
      moment += 1;
      const before = size;
      setSize(to);
      if (to >= before) return;
      now.fill(0, to, before);
      noteSectors(to, before);
    },
    sync: (): void => {
      if (synced.length < now.length) {
        synced = Buffer.alloc(now.length);
        now.copy(synced);
      } else for (const [sector, history] of sectors) synced.set(history.at(-1)?.bytes ?? [], sector * SECTOR_BYTES);
      syncedSize = size;
      moment = 0;
      sizes = [];
      sectors.clear();
    },
    cut: (chooseMoment: ChooseMoment, tornAtBytes: number): Uint8Array => {
      const sizeMoment = chooseMoment(moment);
      const found = sizes.findLast((change) => change.moment <= sizeMoment)?.size ?? syncedSize;
      const content = Buffer.alloc(found);
      synced.copy(content, 0, 0, found);
      const perTear = tornAtBytes / SECTOR_BYTES;
      const chosen = new Map<number, number>();
      for (const [sector, history] of sectors) {
        const tear = Math.floor(sector / perTear);
        const sectorMoment = chosen.get(tear) ?? chooseMoment(moment);
        chosen.set(tear, sectorMoment);
        const state = history.findLast((change) => change.moment <= sectorMoment);
        if (state === undefined || sector * SECTOR_BYTES >= found) continue;
        content.set(state.bytes.subarray(0, Math.max(0, found - sector * SECTOR_BYTES)), sector * SECTOR_BYTES);
      }
      return content;
    },
  };
}
