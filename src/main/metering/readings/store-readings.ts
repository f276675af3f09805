/**
 * Brings readings and events to disk, about once a second and in one transaction, and tells of them only after the commit.
 *
 * Invariant: nothing is forgotten because a write failed. What waits is bounded: when it is full, every other waiting reading
 * is given up except where a series begins. Registers count on, so what was consumed stays known; only its spread
 * over time gets coarser. How many were given up is said when the store can be written again. Of events the newest are kept.
 */
import { beginOfQuarter } from '../../../shared/domain/metering/derive-intervals.ts';
import type { Clock, EpochMs } from '../../../shared/kernel/instant.ts';
import type { Store } from '../../database/sqlite.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import { appendMeterEvents, type NewMeterEvent } from '../meter-event-table.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import { createReadingWriter, type NewReading, type WaitingReading } from './write-readings.ts';

export type ReadingStore = {
  readonly add: (reading: NewReading) => void;
  readonly note: (event: NewMeterEvent) => void;
  /** Stores what waits, if the store allows, and ends. */
  readonly stop: () => void;
};

/** How often a row is kept of up to a hundred meters; of more the more seldom, down to once a minute. */
export const HISTORY_EVERY_MS = 10_000;
const HISTORY_SELDOM_MS = 60_000;
const METERS_AT_FULL_PACE = 100;
/** The next reading comes in two seconds, so this one is due if that would be too late. */
const NEXT_READING_MS = 2_000;
const FLUSH_EVERY_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;
const READINGS_AT_ONCE = 2_000;
const MAX_WAITING = 20_000;
const MAX_WAITING_EVENTS = 1_000;

export function storeReadings(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly lineClock: LineClock;
  readonly profiles: MeterProfiles;
  readonly log: (line: string, detail?: unknown) => void;
  /** After the commit. */
  readonly onStored: (readings: readonly NewReading[]) => void;
  /** The store refused; what waits is kept. */
  readonly onRefused: (meterNumbers: ReadonlySet<number>, error: unknown) => void;
  readonly maxWaiting?: number;
}): ReadingStore {
  const { store, clock, lineClock, profiles, log, maxWaiting = MAX_WAITING } = parts;
  const writer = createReadingWriter({ store, clock, lineClock, profiles });
  const historyAtMs = new Map<number, EpochMs>();
  const newest = new Map<number, WaitingReading>();
  let waiting: WaitingReading[] = [];
  let events: NewMeterEvent[] = [];
  let refusedSinceMs: EpochMs | undefined;
  let failures = 0;
  let givenUp = 0;
  let cancel: (() => void) | undefined;

  function add(reading: NewReading): void {
    const entry = reading.refusal === undefined ? follow(reading) : { reading, history: true, keepsPrevious: false };
    waiting = [...waiting, entry];
    if (waiting.length > maxWaiting) giveUpSome();
    schedule();
  }

  /** The entry of an accepted reading; one that would stand as the latest only makes way for it. */
  function follow(reading: NewReading): WaitingReading {
    const { meterNumber, atMs } = reading;
    const before = newest.get(meterNumber);
    const sinceHistoryMs = atMs - (historyAtMs.get(meterNumber) ?? writer.lastInHistoryMs(meterNumber));
    const sinceNewestMs = atMs - (before?.reading.atMs ?? -Infinity);
    // The pair around the end of a quarter hour is what its energy is made of.
    const endsQuarter = before !== undefined && beginOfQuarter(before.reading.atMs) !== beginOfQuarter(atMs);
    const breaks = reading.newSeries !== undefined || endsQuarter || Math.abs(sinceNewestMs) > HISTORY_EVERY_MS;
    const dueMs = historyEveryMs(newest.size) - NEXT_READING_MS;
    const history = breaks || sinceHistoryMs >= dueMs || sinceHistoryMs < 0;
    if (before !== undefined && !before.history) {
      if (breaks) before.history = true;
      else waiting = waiting.filter((entry) => entry !== before);
    }
    const entry = { reading, history, keepsPrevious: breaks };
    if (history) historyAtMs.set(meterNumber, atMs);
    newest.set(meterNumber, entry);
    return entry;
  }

  /** Every other one of each meter, but the oldest, the newest and those beside the beginning of a series. */
  function giveUpSome(): void {
    const before = waiting.length;
    const oldest = new Map(waiting.toReversed().map((entry) => [entry.reading.meterNumber, entry]));
    const seen = new Map<number, { readonly count: number; readonly beginsSeries: boolean }>();
    const keep = (entry: WaitingReading): boolean => {
      const { meterNumber, newSeries } = entry.reading;
      const next = seen.get(meterNumber) ?? { count: 0, beginsSeries: false };
      seen.set(meterNumber, { count: next.count + 1, beginsSeries: newSeries !== undefined });
      if (oldest.get(meterNumber) === entry || newSeries !== undefined || next.beginsSeries) return true;
      return next.count % 2 === 0;
    };
    // From the newest back, so that it is known of each what follows it.
    waiting = waiting.toReversed().filter(keep).toReversed().slice(-maxWaiting);
    givenUp += before - waiting.length;
  }

  function schedule(): void {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FLUSH_EVERY_MS * 2 ** failures);
    cancel ??= lineClock.after(pauseMs, () => {
      cancel = undefined;
      flush();
    });
  }

  /** Whether the store took it. */
  function flush(): boolean {
    const batch = waiting.slice(0, READINGS_AT_ONCE);
    const told = events;
    try {
      // In bulk: what waits here is not lost, and the last room on the disk is for what operators do.
      store.write((tx) => {
        writer.write(tx, batch);
        const recovered = sayRecovered();
        appendMeterEvents(tx, recovered === undefined ? told : [...told, recovered]);
      }, 'bulk');
    } catch (error) {
      refused(error);
      return false;
    }
    waiting = waiting.slice(batch.length);
    events = events.slice(told.length);
    failures = 0;
    refusedSinceMs = undefined;
    givenUp = 0;
    parts.onStored(batch.map(({ reading }) => reading));
    if (waiting.length + events.length > 0) schedule();
    return true;
  }

  function refused(error: unknown): void {
    if (failures === 0) log('The store refused readings; they are kept and tried again.', error);
    refusedSinceMs ??= lineClock.wallMs();
    failures += 1;
    parts.onRefused(new Set(waiting.map(({ reading }) => reading.meterNumber)), error);
    schedule();
  }

  function sayRecovered(): NewMeterEvent | undefined {
    if (refusedSinceMs === undefined) return undefined;
    const seconds = Math.round((lineClock.wallMs() - refusedSinceMs) / 1000);
    const kept = givenUp === 0 ? 'All readings were kept.' : `${givenUp} readings between others were given up.`;
    return {
      atMs: lineClock.wallMs(),
      lineId: '',
      meterId: undefined,
      kind: 'store-writes-again',
      note: `The console’s store could not be written for ${seconds} s. ${kept}`,
    };
  }

  return {
    add,
    note: (event) => {
      if (events.length >= MAX_WAITING_EVENTS) events = events.slice(1);
      events.push(event);
      schedule();
    },
    stop: () => {
      cancel?.();
      cancel = () => {};
      while (waiting.length + events.length > 0 && flush());
    },
  };
}

function historyEveryMs(meters: number): number {
  const sharedMs = (HISTORY_EVERY_MS * meters) / METERS_AT_FULL_PACE;
  return Math.min(HISTORY_SELDOM_MS, Math.max(HISTORY_EVERY_MS, sharedMs));
}
