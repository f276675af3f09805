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
