import { expect, test } from 'vitest';
import { parseOneLineSearch } from '../../../../../src/renderer/pages/one-line/one-line-search.ts';

test('a mistyped link loses only the part that is wrong', () => {
  expect(parseOneLineSearch({ depot: 'DEPOT-1', node: 7 })).toEqual({ depot: 'DEPOT-1' });
  expect(parseOneLineSearch('nonsense')).toEqual({});
});
