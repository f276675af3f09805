import { expect, test } from 'vitest';
import {
  checksWords,
  clockTime,
  isSearching,
  sayBench,
  triesWords,
  verdictOf,
} from '../../../../../src/renderer/metering/commissioning/bench-words.ts';
import { EMPTY_DRAFT } from '../../../../../src/renderer/metering/commissioning/draft/line-draft.ts';
import type { BenchRecord, PlausibilityCheck } from '../../../../../src/shared/ipc/metering/commissioning-contract.ts';
import { madeFound } from '../../../../support/made-draft.ts';

const { how } = EMPTY_DRAFT;
const bench = (change: Partial<BenchRecord>): BenchRecord => ({
  id: 'bench',
  state: 'open',
  address: undefined,
  place: 'adapter FT1 at /dev/ttyUSB0',
  trying: undefined,
  tried: 140,
  toTry: 140,
  startedAtMs: undefined,
  expectedEndMs: undefined,
  message: 'Nothing answered.',
  found: [],
  ...change,
});
const check = (outcome: PlausibilityCheck['outcome']): PlausibilityCheck => ({
  name: 'voltage',
  outcome,
  sentence: '',
});

test('nothing found says why and what to look at, by the kind of meter', () => {
  expect(sayBench(bench({}), how).next.join(' ')).toContain('Swap the two wires A and B');
  expect(sayBench(bench({}), { ...how, kind: 'optical' }).next.join(' ')).toContain('head sits right');
  expect(sayBench(bench({}), { ...how, kind: 'p1' }).next.join(' ')).toContain('P1 cable');
});

test('each state has its word, and a bench with another line’s meters says so', () => {
  expect(sayBench(undefined, how).title).toBe('No line is being tried');
  expect(sayBench(bench({ state: 'opening' }), how).title).toBe('The line is being opened');
  expect(sayBench(bench({ state: 'scanning' }), how).title).toBe('Nothing has answered yet');
  expect(sayBench(bench({ state: 'failed', message: 'Unplugged.' }), how)).toMatchObject({ says: 'Unplugged.' });
  expect(sayBench(bench({ found: [madeFound()] }), how).title).toBe('What answered belongs to another line');
});

test('a line that was lost in the middle of a search is still being searched', () => {
  expect(isSearching(bench({ state: 'failed', trying: '9600 8N1, address 4' }))).toBe(true);
  expect(isSearching(bench({ state: 'failed' }))).toBe(false);
  expect(isSearching(bench({ state: 'open' }))).toBe(false);
  expect(isSearching(undefined)).toBe(false);
});

test('the worst of the checks counts, and what a meter does not tell is not held against it', () => {
  expect(verdictOf([check('passed'), check('not-told')])).toBe('passed');
  expect(verdictOf([check('doubtful'), check('failed')])).toBe('failed');
  expect(verdictOf([check('doubtful'), check('passed')])).toBe('doubtful');
  expect(checksWords([check('passed'), check('doubtful'), check('not-told')])).toBe('1 of 2 passed');
  expect(checksWords([])).toBe('nothing to check');
});

test('the time left runs in minutes and seconds, and never below nought', () => {
  expect([41_000, 725_000, 400, -5].map(clockTime)).toEqual(['0:41', '12:05', '0:01', '0:00']);
});

test('what is tried is said in a line', () => {
  expect(triesWords('p1')).toBe('Tries 115200 8N1, 9600 7E1.');
  expect(triesWords('modbus')).toBe('Tries 9600 8N1, 9600 8E1, 19200 8E1 and 11 more settings.');
});
