import { expect, test } from 'vitest';
import { parseNetworkSearch } from '../../../../../src/renderer/pages/network/network-search.ts';

test('a mistyped link loses only the part that is wrong', () => {
  const cell = '8761892eaffffff';
  expect(parseNetworkSearch({ tab: 'gaps', window: '30d', cell, least: 5 })).toEqual({
    tab: 'gaps',
    window: '30d',
    cell,
    least: 5,
  });
  expect(parseNetworkSearch({ tab: 'gaps', window: '3d', cell: 'x', least: 1 })).toEqual({ tab: 'gaps' });
  expect(parseNetworkSearch('nonsense')).toEqual({});
});
