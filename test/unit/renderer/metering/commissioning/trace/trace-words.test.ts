import { expect, test } from 'vitest';
import {
  addEntries,
  filterEntries,
  MOST_ENTRIES,
  spacedBytes,
  traceFileName,
  traceText,
  traceTime,
} from '../../../../../../src/renderer/metering/commissioning/trace/trace-words.ts';
import type { TraceEntry } from '../../../../../../src/shared/ipc/metering/commissioning-contract.ts';

const entry = (sequence: number, change: Partial<TraceEntry> = {}): TraceEntry => ({
  sequence,
  atMs: 1_800_000_000_000 + sequence,
  kind: 'sent',
  bytes: '01040bd3',
  byteCount: 4,
  meaning: 'unit 1: read 2 input registers',
  ...change,
});
const all = { kind: 'all', text: '' } as const;

test('what was read before is not taken twice, and the oldest leave a full window', () => {
  const held = addEntries([entry(1)], [entry(1), entry(2)]);
  expect(held.map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(addEntries(held, [entry(2)])).toBe(held);
  const full = addEntries(
    [],
    Array.from({ length: MOST_ENTRIES + 5 }, (_, place) => entry(place + 1)),
  );
  expect(full).toHaveLength(MOST_ENTRIES);
  expect(full[0]?.sequence).toBe(6);
});

test('words and bytes are found alike', () => {
  const entries = [entry(1), entry(2, { kind: 'discarded', bytes: '00FE', meaning: 'noise' })];
  const found = (text: string, kind: 'all' | 'discarded' = 'all') =>
    filterEntries(entries, { kind, text }).map(({ sequence }) => sequence);
  expect(found('')).toEqual([1, 2]);
  expect(found('UNIT 1')).toEqual([1]);
  expect(found('0b d3')).toEqual([1]);
  expect(found('fe')).toEqual([2]);
  expect(found('', 'discarded')).toEqual([2]);
  expect(found('unit', 'discarded')).toEqual([]);
});

test('bytes stand in pairs, however they came', () => {
  expect(spacedBytes('01040bd3')).toBe('01 04 0B D3');
  expect(spacedBytes('01 04')).toBe('01 04');
  expect(spacedBytes('')).toBe('');
});

test('a time carries its milliseconds', () => {
  expect(traceTime(Date.UTC(2026, 5, 9, 4, 10, 3, 7), 'UTC')).toBe('04:10:03.007');
});

test('a file names its line, its zone and what it leaves out, and holds one line an entry', () => {
  const text = traceText([entry(1), entry(2, { meaning: 'two\nlines\tand a tab' })], {
    line: 'Hall B',
    filter: { ...all, text: 'unit' },
  });
  const lines = text.split('\n');
  expect(lines[0]).toBe('Trace of Hall B');
  expect(lines[1]).toContain('times in UTC');
  expect(lines[2]).toBe('Shown: everything, with “unit”');
  expect(lines[5]).toBe('2027-01-15T08:00:00.001Z\tsent\t4\t01 04 0B D3\tunit 1: read 2 input registers');
  expect(lines[6]).toContain('two lines and a tab');
  expect(traceText([], { line: 'Hall B', filter: all })).toContain('0 entries, no entries');
});

test('a file name is one that every system takes', () => {
  const atMs = Date.UTC(2026, 5, 9, 4, 10, 3);
  expect(traceFileName('Hall B: “upper/row”', atMs)).toBe('trace-Hall-B-upper-row-20260609-041003Z.txt');
  expect(traceFileName('///', atMs)).toBe('trace-line-20260609-041003Z.txt');
});
