import { expect, test } from 'vitest';
import { parseCommissioningSearch } from '../../../../../src/renderer/pages/commissioning/commissioning-search.ts';

test('what the link says of the bench is read, and what it says wrongly is left out', () => {
  expect(parseCommissioningSearch({ trace: 'north-L1', panel: 'trace' })).toEqual({
    trace: 'north-L1',
    panel: 'trace',
  });
  expect(parseCommissioningSearch({ panel: 'kitchen', saved: 7 })).toEqual({});
  expect(parseCommissioningSearch('nonsense')).toEqual({});
});
