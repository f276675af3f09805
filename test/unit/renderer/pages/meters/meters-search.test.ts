import { expect, test } from 'vitest';
import { parseMetersSearch } from '../../../../../src/renderer/pages/meters/meters-search.ts';

test('a mistyped link loses only the part that is wrong', () => {
  expect(parseMetersSearch({ meter: 'MTR-1', hours: 5, sort: 'power:desc' })).toEqual({
    meter: 'MTR-1',
    sort: 'power:desc',
  });
  expect(parseMetersSearch({ hours: 24 })).toEqual({ hours: 24 });
  expect(parseMetersSearch('nonsense')).toEqual({});
});

test('the view of a meter and its time stand in the link', () => {
  const search = { meter: 'MTR-1', view: 'intervals', per: 'month', date: '2026-06-01', table: true } as const;
  expect(parseMetersSearch(search)).toEqual(search);
  expect(parseMetersSearch({ view: 'registers', before: 17, date: 'yesterday' })).toEqual({
    view: 'registers',
    before: 17,
  });
});
