import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../../../src/main/database/open-store.ts';
import { createReadingThinner, WHOLE_FOR_MS } from '../../../../../src/main/metering/readings/thin-readings.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const QUARTER_S = 900;
const LATER_S = 86_400;
const START = Date.UTC(2026, 0, 5);

function openHistory() {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => store.close());
  const put = (second: number, seriesId: number, refusedCode: string | null = null): void => {
    store.write((tx) =>
      tx
        .prepare(`INSERT INTO meter_reading VALUES (1, ?, 0, 0, 1, ?, '1', 'plain', ?, x'00')`)
        .run(START + second * 1000, seriesId, refusedCode),
    );
  };
  const seconds = (): number[] =>
    store
      .prepare<[], number>('SELECT at_ms FROM meter_reading ORDER BY at_ms')
      .pluck()
      .all()
      .map((atMs) => (atMs - START) / 1000)
      .filter((second) => second !== LATER_S);
  // The console went on reading.
  put(LATER_S, 9);
  return { store, put, seconds };
}

test('after two days a quarter hour keeps its ends and those of its series, and the ends of each kind of refusal', () => {
  const { store, put, seconds } = openHistory();
  for (let second = 0; second < 2 * QUARTER_S; second += 10) put(second + 3, second < 1200 ? 1 : 2);
  for (const second of [505, 515, 525]) put(second, 1, 'energy-fell');
  put(506, 1, 'no-voltage');
  const thinner = createReadingThinner();
  const thin = (atMs: number): void => store.write((tx) => thinner.thin(tx, 1, atMs));
  thin(START + WHOLE_FOR_MS + QUARTER_S * 1000 - 1);
  expect(seconds()).toHaveLength(184);
  thin(START + WHOLE_FOR_MS + QUARTER_S * 1000);
  expect(seconds().filter((second) => second < QUARTER_S)).toEqual([3, 505, 506, 525, 893]);
  expect(seconds().filter((second) => second >= QUARTER_S)).toHaveLength(90);
  thin(START + WHOLE_FOR_MS + 2 * QUARTER_S * 1000);
  expect(seconds()).toEqual([3, 505, 506, 525, 893, 903, 1193, 1203, 1793]);
});

test('what an earlier run left whole is thinned by the next, a little at a time', () => {
  const { store, put, seconds } = openHistory();
  for (let second = 0; second < 20 * QUARTER_S; second += 20) put(second, 1);
  const nowMs = START + WHOLE_FOR_MS + 20 * QUARTER_S * 1000;
  const thinner = createReadingThinner();
  const counts = [seconds().length];
  for (let call = 0; call < 4; call++) {
    store.write((tx) => thinner.thin(tx, 1, nowMs));
    counts.push(seconds().length);
  }
  expect(counts[1]).toBeGreaterThan(300);
  expect(counts.at(-1)).toBe(40);
});

test('a transaction that is taken back is not remembered', () => {
  const { store, put, seconds } = openHistory();
  for (let second = 0; second < QUARTER_S; second += 20) put(second, 1);
  const thinner = createReadingThinner();
  const nowMs = START + WHOLE_FOR_MS + QUARTER_S * 1000;
  expect(() =>
    store.write((tx) => {
      thinner.thin(tx, 1, nowMs);
      throw new Error('the disk is gone');
    }),
  ).toThrow('the disk is gone');
  expect(seconds()).toHaveLength(45);
  store.write((tx) => thinner.thin(tx, 1, nowMs));
  expect(seconds()).toEqual([0, 880]);
});
