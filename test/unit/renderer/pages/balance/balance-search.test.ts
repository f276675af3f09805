import { expect, test } from 'vitest';
import { parseBalanceSearch } from '../../../../../src/renderer/pages/balance/balance-search.ts';

test('a mistyped link loses only the part that is wrong', () => {
  expect(
    parseBalanceSearch({ depot: 'DEPOT-1', per: 'year', date: '2026-02-30', node: 'MTR-1', quarter: 'x' }),
  ).toEqual({
    depot: 'DEPOT-1',
    node: 'MTR-1',
  });
  expect(parseBalanceSearch({ per: 'week', date: '2026-02-28' })).toEqual({ per: 'week', date: '2026-02-28' });
});
