/** Energy by quarter hour, hour, day and month over a real store: sums, counts, days that are summed, and how it is read. */
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { INTERVAL_MS, type EnergyInterval } from '../../../../../src/shared/domain/metering/interval.ts';
import { openLocalTime } from '../../../../../src/shared/kernel/local-time.ts';
import type { EnergySpan } from '../../../../../src/shared/ipc/metering/interval-contract.ts';
import { energyWh } from '../../../../../src/shared/kernel/quantity.ts';
import type { Store } from '../../../../../src/main/database/sqlite.ts';
import {
  forgetOldIntervals,
  INTERVALS_KEPT_MS,
  readDays,
  sumChangedDays,
} from '../../../../../src/main/metering/intervals/day-table.ts';
import {
  lastIntervalBegin,
  putIntervals,
  readIntervals,
} from '../../../../../src/main/metering/intervals/interval-table.ts';
import { readEnergy } from '../../../../../src/main/metering/intervals/read-energy.ts';
import { openMeteredStore } from '../../../../support/exact-meter.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const FROM_MS = Date.parse('2026-10-23T22:00:00Z');
/** Friday to Monday in Berlin, with the Sunday of 100 quarter hours. */
const TO_MS = Date.parse('2026-10-26T23:00:00Z');
const DAY_MS = 86_400_000;

function open(zone?: string): Store {
  const store = openMeteredStore(path.join(temporaryFolder(), 'a.sqlite'), zone === undefined ? {} : { zone });
  onTestFinished(() => store.close());
  return store;
}

const quarter = (beginMs: number, changes: Partial<EnergyInterval> = {}): EnergyInterval => ({
  beginMs,
  importWh: energyWh(1.001),
  exportWh: undefined,
  basis: 'measured',
  bracketMs: 2_000,
  ...changes,
});

function fill(
  store: Store,
  fromMs: number,
  toMs: number,
  changes: (index: number) => Partial<EnergyInterval> = () => ({}),
) {
  store.write((tx) => {
    for (let beginMs = fromMs, index = 0; beginMs < toMs; beginMs += INTERVAL_MS, index++) {
      const newestBefore = lastIntervalBegin(tx, 1, Infinity);
      putIntervals(tx, 1, [quarter(beginMs, changes(index))]);
      sumChangedDays(tx, 1, [beginMs], newestBefore);
    }
  });
}

function spans(store: Store, per: 'hour' | 'day' | 'month', nowMs = TO_MS, fromMs = FROM_MS, toMs = TO_MS) {
  const answer = readEnergy(store, { meterId: 'MTR-1', fromMs, toMs, per }, nowMs);
  return answer.per === 'quarter' ? [] : answer.spans;
}

const total = ({ counts }: EnergySpan) => Object.values(counts).reduce((sum, count) => sum + count, 0);

describe('intervals', () => {
  it('come back as they were put, and go when nothing is known any more', () => {
    const store = open();
    const put = [
      quarter(FROM_MS, { exportWh: energyWh(0.25), basis: 'spread', bracketMs: 400_000 }),
      quarter(FROM_MS + INTERVAL_MS, { basis: 'partial' }),
    ];
    store.write((tx) => putIntervals(tx, 1, put));
    expect(readIntervals(store, 1, FROM_MS, TO_MS)).toEqual(put);
    expect(readIntervals(store, 1, FROM_MS, FROM_MS)).toEqual([]);
    expect(readIntervals(store, 2, FROM_MS, TO_MS)).toEqual([]);
    store.write((tx) => putIntervals(tx, 1, [quarter(FROM_MS, { basis: 'missing', importWh: undefined })]));
    expect(readIntervals(store, 1, FROM_MS, TO_MS)).toEqual(put.slice(1));
  });

  it('of which nothing is known are answered as missing, up to the last that is over', () => {
    const store = open();
    store.write((tx) => putIntervals(tx, 1, [quarter(FROM_MS + INTERVAL_MS)]));
    const nowMs = FROM_MS + 3.5 * INTERVAL_MS;
    const answer = readEnergy(store, { meterId: 'MTR-1', fromMs: FROM_MS, toMs: TO_MS, per: 'quarter' }, nowMs);
    expect(answer.per === 'quarter' && answer.intervals.map(({ basis }) => basis)).toEqual([
      'missing',
      'measured',
      'missing',
    ]);
  });
});

describe('spans', () => {
  it.each(['Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Australia/Lord_Howe'])(
    'of %s cover the range once, and their counts add up to what is over',
    (zone) => {
      const store = open(zone);
      const bases = ['measured', 'spread', 'partial', 'imported', 'missing'] as const;
      fill(store, FROM_MS - DAY_MS, TO_MS, (index) => ({ basis: bases[index % 5] ?? 'missing' }));
      const nowMs = TO_MS - 7 * INTERVAL_MS;
      const quarters = readEnergy(store, { meterId: 'MTR-1', fromMs: FROM_MS, toMs: TO_MS, per: 'quarter' }, nowMs);
      expect(quarters.per === 'quarter' && quarters.intervals.length).toBe((nowMs - FROM_MS) / INTERVAL_MS);
      for (const per of ['hour', 'day', 'month'] as const) {
        const all = spans(store, per, nowMs);
        expect(all.length).toBeGreaterThan(per === 'hour' ? 70 : 0);
        for (const [index, span] of all.entries()) {
          expect(span.beginMs).toBe(all[index - 1]?.endMs ?? span.beginMs);
          const over = Math.floor((Math.min(span.endMs, nowMs) - span.beginMs) / INTERVAL_MS);
          expect(span.endMs > nowMs || total(span) === over).toBe(true);
          const stored = readIntervals(store, 1, span.beginMs, span.endMs);
          const sum = stored.reduce((mwh, { importWh = energyWh(0) }) => mwh + Math.round(importWh * 1000), 0);
          expect(Math.round((span.importWh ?? 0) * 1000)).toBe(sum);
        }
      }
    },
  );

  it('have 100 quarter hours on the day clocks are put back, exactly summed', () => {
    const store = open();
    fill(store, FROM_MS, TO_MS);
    expect(spans(store, 'day').map((day) => [total(day), day.importWh])).toEqual([
      [96, 96.096],
      [100, 100.1],
      [96, 96.096],
    ]);
  });
});

describe('days', () => {
  it('are summed when they are over, and again when a quarter hour of them changes', () => {
    const store = open();
    const begins = () => readDays(store, 1, 0, TO_MS).map(({ counts, importMwh }) => [counts.measured, importMwh]);
    fill(store, FROM_MS, FROM_MS + DAY_MS - INTERVAL_MS);
    expect(begins()).toEqual([]);
    fill(store, FROM_MS + DAY_MS - INTERVAL_MS, FROM_MS + DAY_MS);
    expect(begins()).toEqual([[96, 96_096]]);
    fill(store, FROM_MS + INTERVAL_MS, FROM_MS + 2 * INTERVAL_MS, () => ({ importWh: energyWh(5) }));
    expect(begins()).toEqual([[96, 100_095]]);
  });

  it('that end without a reading are summed by the first one after', () => {
    const store = open();
    fill(store, FROM_MS, FROM_MS + 10 * INTERVAL_MS);
    fill(store, FROM_MS + DAY_MS + 4 * INTERVAL_MS, FROM_MS + DAY_MS + 5 * INTERVAL_MS);
    expect(readDays(store, 1, 0, TO_MS).map(({ counts }) => [counts.measured, counts.missing])).toEqual([[10, 86]]);
  });

  it('wait for the depot, and follow it to another zone', () => {
    const store = open();
    store.write((tx) => tx.prepare('DELETE FROM depot').run());
    fill(store, FROM_MS, FROM_MS + 2 * DAY_MS);
    expect(readDays(store, 1, 0, TO_MS)).toEqual([]);
    expect(spans(store, 'day').map(({ beginMs }) => beginMs % DAY_MS)).toEqual([0, 0, 0, 0]);
    store.write((tx) => {
      tx.prepare(`INSERT INTO depot VALUES ('DEPOT-1', 'Yard', 0, 0, 'Europe/Berlin', 'EUR', 0, '[]', 0)`).run();
      sumChangedDays(tx, 1, [FROM_MS], undefined);
      tx.prepare(`UPDATE depot SET time_zone = 'Asia/Kolkata'`).run();
      sumChangedDays(tx, 1, [FROM_MS + DAY_MS / 2], undefined);
    });
    const local = openLocalTime('Asia/Kolkata');
    const days = readDays(store, 1, 0, TO_MS);
    expect(days.map(({ beginMs }) => beginMs)).toEqual([local?.spanOf('day', FROM_MS + DAY_MS / 2).beginMs]);
    const sums = spans(store, 'day', TO_MS, FROM_MS, FROM_MS + 2 * DAY_MS);
    expect(sums.reduce((sum, day) => sum + day.counts.measured, 0)).toBe(192);
  });

  it('stay when their quarter hours are forgotten, day by day, and nothing goes after a clock was put ahead', () => {
    const store = open();
    fill(store, FROM_MS, FROM_MS + 2 * DAY_MS);
    const nowMs = FROM_MS + 1.5 * DAY_MS + INTERVALS_KEPT_MS;
    const left = () => readIntervals(store, 1, 0, TO_MS).length;
    store.write((tx) => forgetOldIntervals(tx, 1, nowMs));
    expect(left()).toBe(96);
    expect(readDays(store, 1, 0, TO_MS).map(({ counts }) => counts.measured)).toContain(96);
    store.write((tx) => forgetOldIntervals(tx, 1, nowMs + 50 * 366 * DAY_MS));
    expect(left()).toBe(96);
  });
});

describe('what is asked often', () => {
  it('is read along an index: nothing is scanned, nothing is sorted', () => {
    const store = open();
    const asked = new Set<string>();
    const watched = new Proxy(store, {
      get: (target, key: keyof Store) =>
        key === 'prepare'
          ? (sql: string) => {
              asked.add(sql);
              return target.prepare(sql);
            }
          : target[key],
    });
    fill(store, FROM_MS, TO_MS);
    for (const per of ['quarter', 'hour', 'day', 'month'] as const)
      readEnergy(watched, { meterId: 'MTR-1', fromMs: FROM_MS - DAY_MS, toMs: TO_MS, per }, TO_MS);
    readIntervals(watched, 1, FROM_MS, TO_MS);
    lastIntervalBegin(watched, 1, TO_MS);
    expect(asked.size).toBeGreaterThanOrEqual(5);
    for (const sql of asked) {
      const plan = store
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...sql.matchAll(/\?/gu));
      expect(plan.map(({ detail }) => detail).join('; ')).toMatch(/^SEARCH [^;]+$/u);
    }
  });
});
