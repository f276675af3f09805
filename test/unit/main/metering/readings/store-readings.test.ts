/** What waits, what is stored and what is told, over a real database that is locked now and then, and a clock by hand. */
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { powerW, energyWh } from '../../../../../src/shared/kernel/quantity.ts';
import { openStore } from '../../../../../src/main/database/open-store.ts';
import { readMeterEvents } from '../../../../../src/main/metering/meter-event-table.ts';
import { openMeterProfiles } from '../../../../../src/main/metering/meters/meter-profiles.ts';
import { KEPT_MS, readLatest } from '../../../../../src/main/metering/readings/reading-table.ts';
import { storeReadings } from '../../../../../src/main/metering/readings/store-readings.ts';
import type { NewReading } from '../../../../../src/main/metering/readings/write-readings.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const START = 1_780_000_000_000;
const PHASE = { voltageV: 230, currentA: 1, powerW: powerW(230) };

function aReading(seconds: number, changes: Partial<NewReading> = {}): NewReading {
  return {
    meterNumber: 1,
    atMs: START + seconds * 1000,
    wallAtMs: START + seconds * 1000,
    monotonicMs: seconds * 1000,
    serialNumber: '1001',
    quality: 'plain',
    refusal: undefined,
    profile: 'eastron-sdm630',
    ctRatio: 1,
    values: {
      powerW: powerW(690),
      importWh: energyWh(seconds),
      exportWh: undefined,
      frequencyHz: 50,
      phases: [PHASE, PHASE, PHASE],
    },
    newSeries: undefined,
    registers: Uint8Array.of(seconds % 256),
    ...changes,
  };
}

function openReadings(options: { readonly maxWaiting?: number } = {}) {
  const file = path.join(temporaryFolder(), 'a.sqlite');
  const store = openStore({ path: file });
  onTestFinished(() => store.close());
  store.prepare('PRAGMA busy_timeout = 1').get();
  let nowMs = 0;
  const timers = new Set<{ readonly atMs: number; readonly act: () => void }>();
  const stored: NewReading[][] = [];
  const refused: number[] = [];
  const readings = storeReadings({
    store,
    clock: { nowMs: () => START + nowMs },
    lineClock: {
      wallMs: () => START + nowMs,
      monotonicMs: () => nowMs,
      after: (delayMs, act) => {
        const timer = { atMs: nowMs + delayMs, act };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    profiles: openMeterProfiles(),
    log: () => {},
    onStored: (batch) => stored.push([...batch]),
    onRefused: (meters) => refused.push(...meters),
    ...options,
  });
  const pass = (ms: number): void => {
    nowMs += ms;
    for (const timer of timers)
      if (timer.atMs <= nowMs) {
        timers.delete(timer);
        timer.act();
      }
  };
  const history = () =>
    store
      .prepare<[], { at_ms: number }>('SELECT at_ms FROM meter_reading ORDER BY at_ms')
      .all()
      .map(({ at_ms }) => (at_ms - START) / 1000);
  return { file, store, readings, pass, stored, refused, history };
}

/** Somebody else holds the database, as a backup program does. */
function lock(file: string): () => void {
  const holder = new Database(file);
  holder.exec('BEGIN IMMEDIATE');
  return () => {
    holder.exec('ROLLBACK');
    holder.close();
  };
}

describe('a reading', () => {
  it('is told only after it is stored, about once a second', () => {
    const { store, readings, pass, stored } = openReadings();
    readings.add(aReading(0));
    readings.add(aReading(0, { meterNumber: 2 }));
    pass(900);
    expect(stored).toEqual([]);
    expect(readLatest(store, 1)).toBeUndefined();
    pass(100);
    expect(stored.map((batch) => batch.length)).toEqual([2]);
    expect(readLatest(store, 1)).toMatchObject({ atMs: START, serialNumber: '1001', inHistory: true });
  });

  it('is the latest each time and stands in the history at least every ten seconds', () => {
    const { store, readings, pass, history } = openReadings();
    for (let seconds = 0; seconds <= 60; seconds += 2) {
      readings.add(aReading(seconds));
      pass(2_000);
      expect(readLatest(store, 1)?.atMs).toBe(START + seconds * 1000);
    }
    const instants = history();
    expect(instants.length).toBeLessThan(10);
    for (const [index, at] of instants.entries()) expect(at - (instants[index - 1] ?? 0)).toBeLessThanOrEqual(10);
  });

  it('stands there once a minute where there are a thousand meters, and at each end of a quarter hour', () => {
    const { store, readings, pass } = openReadings();
    const meters = Array.from({ length: 1000 }, (_, number) => number + 1);
    for (let seconds = 0; seconds <= 1000; seconds += 10) {
      for (const meterNumber of meters) readings.add(aReading(seconds, { meterNumber }));
      pass(2_000);
    }
    const instants = store
      .prepare<[], number>('SELECT at_ms FROM meter_reading WHERE meter_number = 500 ORDER BY at_ms')
      .pluck()
      .all()
      .map((atMs) => (atMs - START) / 1000);
    expect(instants.length).toBeLessThan(25);
    for (const [index, at] of instants.entries()) expect(at - (instants[index - 1] ?? 0)).toBeLessThanOrEqual(60);
    const boundary = 900 - ((START / 1000) % 900);
    for (const beside of [Math.floor((boundary - 1) / 10) * 10, Math.ceil(boundary / 10) * 10])
      expect(instants).toContain(beside);
  });

  it('stays when it was the last before a gap, stored or still waiting', () => {
    const { readings, pass, history } = openReadings();
    for (const seconds of [0, 2, 4]) {
      readings.add(aReading(seconds));
      pass(2_000);
    }
    readings.add(aReading(100));
    readings.add(aReading(102));
    readings.add(aReading(200));
    pass(2_000);
    expect(history()).toEqual([0, 4, 100, 102, 200]);
  });

  it('stays when it was the last of its series', () => {
    const { store, readings, pass, history } = openReadings();
    readings.add(aReading(0));
    readings.add(aReading(2));
    pass(1_000);
    readings.add(aReading(4, { newSeries: 'other-instrument', serialNumber: '2002' }));
    pass(1_000);
    expect(history()).toEqual([0, 2, 4]);
    const series = store.prepare('SELECT id, serial_number, cause FROM meter_series').all();
    expect(series).toEqual([
      { id: 1, serial_number: '1001', cause: 'first-reading' },
      { id: 2, serial_number: '2002', cause: 'other-instrument' },
    ]);
    expect(readLatest(store, 1)?.seriesId).toBe(2);
  });

  it('that was refused stands in the history and never as the latest', () => {
    const { store, readings, pass, history } = openReadings();
    readings.add(aReading(0));
    readings.add(aReading(2, { quality: 'refused', refusal: { code: 'energy-fell', message: 'It fell.' } }));
    pass(1_000);
    expect(history()).toEqual([0, 2]);
    expect(readLatest(store, 1)?.atMs).toBe(START);
  });

  it('goes when it is older than what is kept, some at a time', () => {
    const { store, readings, pass } = openReadings();
    const old = store.prepare(
      `INSERT INTO meter_reading SELECT 1, value, 0, 0, 0, NULL, NULL, 'plain', NULL, x'00' FROM json_each(?)`,
    );
    old.run(JSON.stringify([...Array(700).keys()].map((index) => START - KEPT_MS - 1_000_000 + index)));
    old.run(JSON.stringify([START - KEPT_MS / 2]));
    readings.add(aReading(0));
    pass(1_000);
    expect(store.prepare('SELECT count(*) AS n FROM meter_reading').get()).toEqual({ n: 202 });
    pass(60_000);
    readings.add(aReading(60));
    pass(1_000);
    expect(store.prepare('SELECT count(*) AS n FROM meter_reading').get()).toEqual({ n: 3 });
  });

  it('stays, however old, when a clock that was put ahead makes all of them look old', () => {
    const { store, readings, pass } = openReadings();
    store
      .prepare(`INSERT INTO meter_reading SELECT 1, value, 0, 0, 0, NULL, NULL, 'plain', NULL, x'00' FROM json_each(?)`)
      .run(JSON.stringify([...Array(700).keys()].map((index) => START - KEPT_MS - 1_000_000 + index)));
    readings.add(aReading(0));
    pass(1_000);
    expect(store.prepare('SELECT count(*) AS n FROM meter_reading').get()).toEqual({ n: 701 });
  });
});

describe('a store that refuses', () => {
  it('loses nothing: all is stored in order when it can be, and that is said', () => {
    const { file, store, readings, pass, stored, refused, history } = openReadings();
    const release = lock(file);
    for (let seconds = 0; seconds < 60; seconds += 2) {
      readings.add(aReading(seconds));
      pass(2_000);
    }
    expect(stored).toEqual([]);
    expect(refused.length).toBeGreaterThan(3);
    release();
    pass(10_000);
    expect(readLatest(store, 1)?.atMs).toBe(START + 58_000);
    expect(history()).toEqual([0, 8, 16, 24, 32, 40, 48, 56]);
    expect(stored.flat().at(-1)?.atMs).toBe(START + 58_000);
    const [event] = readMeterEvents(store, undefined, 10);
    expect(event?.kind).toBe('store-writes-again');
    expect(event?.note).toMatch(/^The console’s store could not be written for \d+ s. All readings were kept.$/u);
    expect(store.prepare('SELECT count(*) AS n FROM meter_series').get()).toEqual({ n: 1 });
  });

  it('is waited for with bounded memory: what is given up lies between others, and is counted', () => {
    const { file, store, readings, pass, history } = openReadings({ maxWaiting: 40 });
    const release = lock(file);
    for (let seconds = 0; seconds < 3_000; seconds += 20) {
      readings.add(aReading(seconds, seconds === 1_000 ? { newSeries: 'began-again' } : {}));
      pass(20_000);
    }
    release();
    pass(10_000);
    const instants = history();
    expect(instants.length).toBeLessThanOrEqual(41);
    expect(instants[0]).toBe(0);
    expect(instants).toContain(1_000);
    expect(instants.at(-1)).toBe(2_980);
    const [event] = readMeterEvents(store, undefined, 10);
    expect(event?.note).toContain(`${150 - instants.length} readings between others were given up.`);
  });

  it('gets coarser for each meter alike, over the whole time', () => {
    const { file, readings, pass, store } = openReadings({ maxWaiting: 60 });
    readings.add(aReading(0, { newSeries: 'first-reading' }));
    pass(1_000);
    const release = lock(file);
    for (let seconds = 20; seconds < 4_000; seconds += 20) {
      for (const meterNumber of [1, 2, 3, 4]) readings.add(aReading(seconds, { meterNumber }));
      pass(20_000);
    }
    release();
    pass(10_000);
    for (const meterNumber of [1, 2, 3, 4]) {
      const instants = store
        .prepare<[number], number>('SELECT at_ms FROM meter_reading WHERE meter_number = ? ORDER BY at_ms')
        .pluck()
        .all(meterNumber);
      expect(instants.length).toBeGreaterThan(5);
      expect(instants.filter((atMs) => atMs > START && atMs < START + 2_000_000).length).toBeGreaterThan(0);
    }
  });

  it('is stored to the last at the end, however much waits', () => {
    const { file, store, readings, pass, history } = openReadings();
    const release = lock(file);
    readings.add(aReading(0, { newSeries: 'first-reading' }));
    for (let seconds = 10; seconds <= 50_000; seconds += 10) readings.add(aReading(seconds));
    pass(1_000);
    release();
    readings.stop();
    expect(history()).toHaveLength(5_001);
    expect(readLatest(store, 1)?.atMs).toBe(START + 50_000_000);
  });
});
