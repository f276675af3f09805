/**
 * Judges what is due, in the background and a little at a time, so that neither pages of the marketplace nor windows wait for it. A record
 * is due when it comes and whenever something it was judged by changes.
 */
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store } from '../../database/sqlite.ts';
import { assessRecord } from './assess-record.ts';
import { readDue } from './assessment-table.ts';
import { openCauses } from './follow-causes.ts';

const LOOK_EVERY_MS = 2000;
/** One transaction: its commit should not cost more than its work, and nobody notices its length. */
const BATCH_RECORDS = 50;
const BATCH_MS = 10;
/** In which everything else has its turn. */
const REST_MS = 5;

export type Assessing = {
  /** Something is due now. */
  readonly kick: () => void;
  readonly stop: () => void;
};

export function keepAssessing(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: (line: string, detail?: unknown) => void;
  readonly onAssessed: (keys: readonly string[]) => void;
}): Assessing {
  const { store, clock, log } = parts;
  const causes = openCauses(store);
  let timer: NodeJS.Timeout | undefined;
  let isRefused = false;

  function step(): void {
    timer = undefined;
    try {
      if (assessBatch()) kick();
      isRefused = false;
    } catch (error) {
      if (!isRefused) log('Records could not be judged; they are tried again.', error);
      isRefused = true;
    }
  }

  /** @returns whether more may be due */
  function assessBatch(): boolean {
    const due = readDue(store, BATCH_RECORDS);
    if (due.length === 0) return false;
    const done = store.write((tx) => {
      const endMs = performance.now() + BATCH_MS;
      const assessed: string[] = [];
      for (const key of due) {
        assessRecord(tx, key, { nowMs: clock.nowMs(), log });
        assessed.push(key);
        if (performance.now() > endMs) break;
      }
      return assessed;
    }, 'bulk');
    parts.onAssessed(done);
    return done.length < due.length || due.length === BATCH_RECORDS;
  }

  function kick(): void {
    timer ??= setTimeout(step, REST_MS);
  }

  function look(): void {
    try {
      causes.follow();
    } catch (error) {
      if (!isRefused) log('What records are judged by could not be followed; it is tried again.', error);
      isRefused = true;
    }
    kick();
  }

  const looking = setInterval(look, LOOK_EVERY_MS);
  look();
  return {
    kick,
    stop: () => {
      clearInterval(looking);
      clearTimeout(timer);
    },
  };
}
