/** One whole trial: a run is recorded, then its power is cut at many moments. */
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createDisk } from './disk-model.ts';
import { recordWrites, type DiskEvent } from './record-writes.ts';
import { replayCuts, type CutReport } from './replay-cuts.ts';
import { replayMigration, type MigrationReport } from './replay-migration.ts';

/** Enough for each of a run's two openings to fill its log and fold it into the file at least once. */
const STEPS = 400;
/** The second begins with what a crash of the first left. */
const RUNS = 2;
const RELEASED = path.resolve(import.meta.dirname, '../../fixtures/stores/schema-1.sqlite');

export async function runPowerCuts(options: {
  readonly folder: string;
  readonly seed: number;
  readonly cuts: number;
  /** Planted. */
  readonly synchronous?: 'NORMAL';
}): Promise<CutReport> {
  const { seed, cuts, synchronous } = options;
  const script = path.join(import.meta.dirname, 'recording-process.ts');
  const folder = path.join(options.folder, synchronous ?? 'FULL');
  const events = await recordWrites({ folder, script, argument: { seed, steps: STEPS, synchronous }, runs: RUNS });
  checkRecord(events, folder, options.folder);
  return replayCuts({ events, cuts, seed });
}

export async function runMigrationCuts(options: {
  readonly folder: string;
  readonly seed: number;
  readonly cutsEach: number;
}): Promise<{ readonly whole: MigrationReport; readonly unsyncedCopy: MigrationReport }> {
  const { seed, cutsEach } = options;
  const script = path.join(import.meta.dirname, 'migration-recording-process.ts');
  const folder = path.join(options.folder, 'migration');
  const events = await recordWrites({ folder, script, argument: { released: RELEASED } });
  checkRecord(events, folder, options.folder);
  // Even reading leaves files beside a database, and the fixture is nobody's to touch.
  const released = path.join(options.folder, 'released.sqlite');
  copyFileSync(RELEASED, released);
  const trial = { released, seed, cutsEach };
  return {
    whole: replayMigration({ ...trial, events }),
    unsyncedCopy: replayMigration({ ...trial, events: withoutSyncOfCopy(events) }),
  };
}

/** Planted: the copy is made, but nobody waits until it is on the disk. */
function withoutSyncOfCopy(events: readonly DiskEvent[]): readonly DiskEvent[] {
  const copies = new Set(
    events.flatMap((one) => (one.type === 'renamed' && one.to.endsWith('.backup') ? [one.file] : [])),
  );
  return events.filter((event) => event.type !== 'synced' || !copies.has(event.file));
}

/** A write that the recorder did not see would make every cut a lie: the whole record must come to what is on the disk. */
function checkRecord(events: readonly DiskEvent[], recorded: string, scratch: string): void {
  const disk = createDisk();
  for (const event of events) disk.take(event);
  const replayed = path.join(scratch, 'replayed');
  const names = disk.cut(replayed, (count) => count, 512);
  const real = readdirSync(recorded).filter((name) => !name.endsWith('-shm') && !name.endsWith('.jsonl'));
  const first = [...names, ...real].find((name) => {
    if (!names.includes(name) || !real.includes(name)) return true;
    return !readFileSync(path.join(replayed, name)).equals(readFileSync(path.join(recorded, name)));
  });
  if (first !== undefined) throw new Error(`The record does not come to what the recorded process left: ${first}`);
}
