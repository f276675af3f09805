import { expect, test } from 'vitest';
import { sortFromText, sortToText } from '../../../../../src/renderer/instruments/grid/sort-in-link.ts';

const columns = new Set(['charge', 'registration']);

test('what is written is read again, strongest first', () => {
  const text = sortToText([
    { colId: 'registration', sort: 'asc', sortIndex: 1 },
    { colId: 'charge', sort: 'desc', sortIndex: 0 },
    { colId: 'speed', sort: null, sortIndex: null },
  ]);
  expect(text).toBe('charge:desc,registration:asc');
  expect(sortFromText(text, columns).map(({ colId }) => colId)).toEqual(['charge', 'registration']);
});

test('a mistyped link loses only what is wrong', () => {
  expect(sortFromText('nonsense:asc,charge:up,charge:asc,charge:desc,', columns)).toEqual([
    { colId: 'charge', sort: 'asc', sortIndex: 0 },
  ]);
});
