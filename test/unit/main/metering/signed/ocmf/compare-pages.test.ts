import { expect, test } from 'vitest';
import { comparePages } from '../../../../../../src/main/metering/signed/ocmf/compare-pages.ts';

test.each([
  ['T1', 'T2', 'next', 0],
  ['T1', 'T3', 'gap', 1],
  ['T1', 'T10', 'gap', 8],
  ['T5', 'T5', 'same', 0],
  ['T5', 'T4', 'back', 0],
  ['T5', 'F6', 'other-context', 0],
] as const)('%s then %s: %s', (before, after, kind, missing) => {
  const page = (text: string) => ({ context: text.slice(0, 1), number: Number(text.slice(1)) });
  expect(comparePages(page(before), page(after))).toMatchObject({ kind, missing });
});
