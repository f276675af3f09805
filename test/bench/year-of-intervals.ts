/**
 * A year of quarter hours: how long the questions take that screens ask, and how much room it takes on disk. 1 000 meters have a month and
 * 20 of them a year; with `--long` all have the year, which is 35 million rows.
 *
 * The peer is fair: the very same rows in the order they arrive, in a plain table with an index on meter and time, which is how
 * one would keep them without thinking of it, in the same file and asked for the same answer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { INTERVAL_MS } from '../../src/shared/domain/metering/interval.ts';
import { openStore } from '../../src/main/database/open-store.ts';
import type { Store, Transaction } from '../../src/main/database/sqlite.ts';
import { readDays, sumChangedDays } from '../../src/main/metering/intervals/day-table.ts';
import { addDerived, readIntervals } from '../../src/main/metering/intervals/interval-table.ts';
import { readEnergy } from '../../src/main/metering/intervals/read-energy.ts';
import type { BenchTable } from './bench-table.ts';
import { median } from './figures.ts';

const METERS = 1_000;
const METERS_A_DEPOT = 25;
const YEAR_METERS = 20;
const DAY_MS = 86_400_000;
const QUARTERS = DAY_MS / INTERVAL_MS;
/** A midnight of India, whose clocks are never changed: the peer may group by whole days. */
const END_MS = Date.UTC(2026, 5, 30, 18, 30);
const OFFSET_MS = 19_800_000;
const YEAR_MS = 365 * DAY_MS;
const ROUNDS = 21;

export function benchYearOfIntervals(table: BenchTable, long: boolean): void {
  const months = long ? `${METERS} meters a year` : `${METERS} meters 30 days and ${YEAR_METERS} of them a year`;
  table.section(`quarter hours, ${months}, median of ${ROUNDS}`);
  table.machine();
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-bench-'));
  const store = openStore({ path: path.join(folder, 'bench.sqlite') });
  try {
    const started = performance.now();
    const rows = fill(store, long ? METERS : YEAR_METERS);
    const seconds = (performance.now() - started) / 1000;
    table.say(
      'rows written with their days',
      `${rows} in ${seconds.toFixed(0)} s, ${Math.round(rows / seconds)} a second`,
    );
    makePeer(store);
    sayRoom(table, store, rows);
    askQuestions(table, store);
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As they arrive: all meters of a quarter hour, then the next; a day in a transaction. */
function fill(store: Store, yearMeters: number): number {
  store.write((tx) => {
    const depot = tx.prepare(`INSERT INTO depot VALUES (?, 'Yard', 0, 0, 'Asia/Kolkata', 'INR', 0, '[]', 0)`);
    const meter = tx.prepare(
      `INSERT INTO meter (number, id, name, role, depot_id, line_id, unit_address, profile, position)
       VALUES (?, ?, 'Meter', 'feeder', ?, 'LINE-1', 1, 'eastron-sdm630', 0)`,
    );
    for (let number = 1; number <= METERS; number++) {
      const depotId = `DEPOT-${Math.floor((number - 1) / METERS_A_DEPOT)}`;
      if ((number - 1) % METERS_A_DEPOT === 0) depot.run(depotId);
      meter.run(number, `MTR-${number}`, depotId);
    }
  });
  let rows = 0;
  for (let dayMs = END_MS - YEAR_MS; dayMs < END_MS; dayMs += DAY_MS) {
    const meters = dayMs >= END_MS - 30 * DAY_MS ? METERS : yearMeters;
    store.write((tx) => fillDay(tx, dayMs, meters));
    rows += meters * QUARTERS;
  }
  return rows;
}

function fillDay(tx: Transaction, dayMs: number, meters: number): void {
  for (let quarter = 0; quarter < QUARTERS; quarter++)
    for (let number = 1; number <= meters; number++)
      addDerived(tx, number, [
        {
          beginMs: dayMs + quarter * INTERVAL_MS,
          importMwh: ((number * 7_919 + quarter * 104_729 + Math.floor(dayMs / DAY_MS)) % 1_000) * 25_013,
          exportMwh: 0,
          basis: 'measured',
          bracketMs: 2_000,
        },
      ]);
  for (let number = 1; number <= meters; number++) sumChangedDays(tx, number, [dayMs], undefined);
}

function makePeer(store: Store): void {
  store.write((tx) => {
    tx.prepare(
      `CREATE TABLE plain_interval (meter_number INTEGER NOT NULL, begin_ms INTEGER NOT NULL, import_mwh INTEGER,
         export_mwh INTEGER, basis INTEGER NOT NULL, bracket_ms INTEGER NOT NULL, import_id INTEGER) STRICT`,
    ).run();
    tx.prepare('INSERT INTO plain_interval SELECT * FROM meter_interval ORDER BY begin_ms, meter_number').run();
    tx.prepare('CREATE INDEX plain_interval_of_meter ON plain_interval (meter_number, begin_ms)').run();
  });
}

function sayRoom(table: BenchTable, store: Store, rows: number): void {
  const bytesOf = (pattern: string): number =>
    store.prepare<[string], number>('SELECT sum(pgsize) FROM dbstat WHERE name LIKE ?').pluck().get(pattern) ?? NaN;
  const [clustered, plain] = [bytesOf('meter_interval'), bytesOf('plain_interval%')];
  const days = store.prepare<[], number>('SELECT count(*) FROM meter_day').pluck().get() ?? NaN;
  table.ratio(
    'bytes a quarter hour, plain table with index / ours',
    plain / clustered,
    1.2,
    `${(plain / rows).toFixed(1)} / ${(clustered / rows).toFixed(1)}`,
  );
  table.say(
    `${METERS} meters a day`,
    `${METERS * QUARTERS} rows and ${METERS} days, ${(((clustered / rows) * METERS * QUARTERS) / 1e6).toFixed(1)} MB`,
  );
  table.say(
    `${METERS} meters a year`,
    `${(((clustered / rows) * METERS * QUARTERS * 365) / 1e9).toFixed(2)} GB, of which days ${(((bytesOf('meter_day') / days) * METERS * 365) / 1e6).toFixed(0)} MB besides`,
  );
}

function askQuestions(table: BenchTable, store: Store): void {
  const year = { fromMs: END_MS - YEAR_MS, toMs: END_MS };
  const month = { fromMs: END_MS - 30 * DAY_MS, toMs: END_MS };
  const lastDay = { fromMs: END_MS - DAY_MS, toMs: END_MS };
  const byDay = `SELECT meter_number, (begin_ms + ${OFFSET_MS}) / ${DAY_MS} AS day, sum(import_mwh) AS import_mwh,
    sum(export_mwh) AS export_mwh, basis, count(*) AS n FROM plain_interval`;
  const meterDays = store.prepare(
    `${byDay} WHERE meter_number = ? AND begin_ms >= ? AND begin_ms < ? GROUP BY day, basis`,
  );
  const allDays = store.prepare(`${byDay} WHERE begin_ms >= ? AND begin_ms < ? GROUP BY meter_number, day, basis`);
  const quarters = store.prepare(
    'SELECT * FROM plain_interval WHERE meter_number = ? AND begin_ms >= ? AND begin_ms < ? ORDER BY begin_ms',
  );
  const depot = Array.from({ length: METERS_A_DEPOT }, (_, index) => index + 1);
  const meters = Array.from({ length: METERS }, (_, index) => index + 1);
  const compare = (
    what: string,
    aim: number,
    ask: (meter: number) => unknown[],
    peer: (meter: number) => unknown[],
    rounds = ROUNDS,
  ) => {
    const [ours, theirs] = [timeOf(ask, rounds), timeOf(peer, rounds)];
    const detail = `${theirs.toFixed(2)} / ${ours.toFixed(2)} ms, ${ask(1).length} rows`;
    table.ratio(`${what}, plain table / ours`, theirs / ours, aim, detail);
  };

  compare(
    'one meter’s year by day',
    5,
    (meter) => spansOf(store, meter, { ...year, per: 'day' }),
    (meter) => meterDays.all(meter, year.fromMs, year.toMs),
  );
  compare(
    'one meter’s month by quarter hour',
    1,
    (meter) => readIntervals(store, meter, month.fromMs, month.toMs),
    (meter) => quarters.all(meter, month.fromMs, month.toMs),
  );
  compare(
    `one depot’s day by quarter hour, ${METERS_A_DEPOT} meters`,
    1,
    () => depot.flatMap((meter) => readIntervals(store, meter, lastDay.fromMs, lastDay.toMs)),
    () => depot.flatMap((meter) => quarters.all(meter, lastDay.fromMs, lastDay.toMs)),
  );
  compare(
    `all ${METERS} meters’ days of the year`,
    10,
    () => meters.flatMap((meter) => readDays(store, meter, year.fromMs, year.toMs)),
    () => allDays.all(year.fromMs, year.toMs),
    1,
  );
}

function spansOf(
  store: Store,
  meter: number,
  range: { readonly fromMs: number; readonly toMs: number; readonly per: 'day' },
): unknown[] {
  const answer = readEnergy(store, { meterId: `MTR-${meter}`, ...range }, END_MS);
  return answer.per === 'quarter' ? [] : [...answer.spans];
}

/** Of the meters that have a year one after the other, so that none is asked for twice in a row. */
function timeOf(ask: (meter: number) => unknown[], rounds: number): number {
  return median(
    Array.from({ length: rounds }, (_, round) => {
      const started = performance.now();
      ask((round % YEAR_METERS) + 1);
      return performance.now() - started;
    }),
  );
}
