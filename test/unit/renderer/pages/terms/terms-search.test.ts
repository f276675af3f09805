import { expect, test } from 'vitest';
import { parseTermsSearch } from '../../../../../src/renderer/pages/terms/terms-search.ts';

test('the tab, what is open and the two times stand in the link', () => {
  const search = { tab: 'tariffs', tariff: 'DE*ALL*8', version: 'a'.repeat(64), at: 17, known: 18 } as const;
  expect(parseTermsSearch(search)).toEqual(search);
});

test('a mistyped link loses only the part that is wrong', () => {
  expect(parseTermsSearch({ tab: 'money', contract: 'C1', at: -1, version: 'short' })).toEqual({ contract: 'C1' });
  expect(parseTermsSearch(undefined)).toEqual({});
});
