import { expect, test } from 'vitest';
import { parseRecordsSearch } from '../../../../../src/renderer/pages/records/records-search.ts';

test('the whole view of the records stands in the link', () => {
  const search = {
    record: 'DE*ALL*CDR-1',
    verdict: 'differs',
    party: 'DE*ALL',
    vehicle: 'V1',
    text: 'ring',
    per: 'week',
    date: '2026-11-24',
    sort: 'difference:desc',
  } as const;
  expect(parseRecordsSearch(search)).toEqual(search);
});

test('a mistyped link loses only the part that is wrong', () => {
  expect(parseRecordsSearch({ record: 'A', verdict: 'maybe', per: 'year', date: 'soon', view: 'keys' })).toEqual({
    record: 'A',
    view: 'keys',
  });
  expect(parseRecordsSearch('nonsense')).toEqual({});
});
