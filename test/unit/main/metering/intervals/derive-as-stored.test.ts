/** Quarter hours over a real store that is closed, killed or locked between any two writes: none is lost, none is doubled. */
import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTERVAL_MS } from '../../../../../src/shared/domain/metering/interval.ts';
import type { Store } from '../../../../../src/main/database/sqlite.ts';
import {
  createReadingWriter,
  type NewReading,
  type ReadingWriter,
  type WaitingReading,
} from '../../../../../src/main/metering/readings/write-readings.ts';
import { storeReadings } from '../../../../../src/main/metering/readings/store-readings.ts';
import { exactProfiles, exactReading, openMeteredStore } from '../../../../support/exact-meter.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const T0 = Date.UTC(2026, 9, 24, 20);
const HOUR_MS = 3_600_000;

const made = fc.array(
  fc.record({
    passedMs: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1_000, max: 400_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 * HOUR_MS }) },
      { weight: 1, arbitrary: fc.integer({ min: -3 * HOUR_MS, max: -1 }) },
      { weight: 1, arbitrary: fc.constant(INTERVAL_MS) },
    ),
    mwh: fc.integer({ min: 0, max: 50_000_000 }),
    event: fc.oneof({ weight: 8, arbitrary: fc.constant('none') }, fc.constantFrom('exchange', 'roll-over', 'refused')),
    reopens: fc.boolean(),
    fails: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

type Made = typeof made extends fc.Arbitrary<infer T> ? T : never;

function toReadings(steps: Made): NewReading[] {
  let atMs = T0;
  let mwh = 999_000_000_000;
  return steps.map(({ passedMs, mwh: used, event }, index) => {
    atMs += passedMs;
    mwh += used;
    if (event === 'exchange' && index > 0) {
      mwh = used;
      return exactReading(atMs, mwh, { newSeries: 'other-instrument', serialNumber: `${index}`, exportMwh: index });
    }
    if (mwh >= 1e12) {
      mwh -= 1e12;
      return exactReading(atMs, mwh, { newSeries: 'rolled-over', exportMwh: index });
    }
    if (event === 'refused')
      return exactReading(atMs, 5, { quality: 'refused', refusal: { code: 'energy-fell', message: 'It fell.' } });
    return exactReading(atMs, mwh, { exportMwh: index });
  });
}

const writerOf = (store: Store) =>
  createReadingWriter({
    store,
    clock: { nowMs: () => T0 },
    lineClock: { wallMs: () => T0, monotonicMs: () => 0, after: () => () => {} },
    profiles: exactProfiles(),
  });

function dump(store: Store) {
  return {
    intervals: store.prepare('SELECT * FROM meter_interval').all(),
    days: store.prepare('SELECT * FROM meter_day').all(),
    open: store.prepare('SELECT * FROM meter_open_interval').all(),
  };
}

/** All is written and then taken back. */
function failToWrite(store: Store, writer: ReadingWriter, entry: WaitingReading): void {
  const fail = () =>
    store.write((tx) => {
      writer.write(tx, [entry]);
      throw new Error('the power went');
    });
  expect(fail).toThrow('the power went');
}

/** @param file killed and opened again before a step that says so */
function run(file: string, steps: Made, disturbed: boolean) {
  let store = openMeteredStore(file);
  let writer = writerOf(store);
  let killed = 0;
  for (const [index, reading] of toReadings(steps).entries()) {
    const { reopens = false, fails = false } = (disturbed && steps[index]) || {};
    const entry = { reading, history: true, keepsPrevious: false };
    if (fails) failToWrite(store, writer, entry);
    if (reopens) {
      // What a killed process leaves: the file and its log, never closed.
      const left = `${file}.${(killed += 1)}`;
      for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, left + end);
      store.close();
      store = openMeteredStore(left);
      writer = writerOf(store);
      file = left;
    }
    store.write((tx) => writer.write(tx, [entry]));
  }
  const all = dump(store);
  store.close();
  return all;
}

describe('quarter hours in a store', () => {
  it('are the same when it is killed between any two writes, and when writes fail', () => {
    const folder = temporaryFolder();
    let runs = 0;
    fc.assert(
      fc.property(made, (steps) => {
        runs += 1;
        const plain = run(path.join(folder, `plain-${runs}.sqlite`), steps, false);
        const disturbed = run(path.join(folder, `disturbed-${runs}.sqlite`), steps, true);
        expect(disturbed.intervals).toEqual(plain.intervals);
        expect(disturbed.days).toEqual(plain.days);
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('are the same out of what the history keeps, where they were never derived', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.sqlite');
    let store = openMeteredStore(file);
    const pass: (() => void)[] = [];
    const open = () =>
      storeReadings({
        store,
        clock: { nowMs: () => T0 },
        lineClock: {
          wallMs: () => T0,
          monotonicMs: () => 0,
          after: (_, act) => {
            pass.push(act);
            return () => {};
          },
        },
        profiles: exactProfiles(),
        log: () => {},
        onStored: () => {},
        onRefused: () => {},
      });
    let readings = open();
    for (let seconds = 0; seconds < 3 * 3600; seconds += 2) {
      readings.add(exactReading(T0 + seconds * 1000 + 137, seconds * 2_777 + (seconds % 7)));
      if (seconds % 60 === 0) for (const act of pass.splice(0)) act();
    }
    readings.stop();
    const before = dump(store);
    expect(before.intervals).toHaveLength(12 - 1);
    const kept = store.prepare<[], { n: number }>('SELECT count(*) AS n FROM meter_reading').get()?.n ?? 0;
    expect(kept).toBeLessThan(5_400 / 3);
    store.write((tx) => {
      tx.prepare('DELETE FROM meter_interval').run();
      tx.prepare('DELETE FROM meter_open_interval').run();
    });
    store.close();
    store = openMeteredStore(file);
    readings = open();
    readings.add(exactReading(T0 + 3 * HOUR_MS + 137, 3 * 3600 * 2_777));
    readings.stop();
    expect(dump(store).intervals.slice(0, before.intervals.length)).toEqual(before.intervals);
    expect(dump(store).intervals).toHaveLength(12);
    store.close();
  });
});
