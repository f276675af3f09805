import { expect, test } from 'vitest';
import { parseChargeSearch } from '../../../../../src/renderer/pages/charge/charge-search.ts';

test('a mistyped link loses only the part that is wrong', () => {
  expect(parseChargeSearch({ vehicle: 'V1', to: 180, kw: 'much', current: 'DC', free: 'yes', place: 'LOC-1' })).toEqual(
    {
      vehicle: 'V1',
      current: 'DC',
      place: 'LOC-1',
    },
  );
  expect(parseChargeSearch('nothing')).toEqual({});
});
