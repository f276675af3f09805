import { expect, test } from 'vitest';
import { NO_COUNTS } from '../../../../../src/renderer/metering/intervals/energy-bars.ts';
import { countWords } from '../../../../../src/renderer/metering/intervals/interval-words.ts';

test('counts are said by what stands behind them, the surest first', () => {
  expect(countWords({ ...NO_COUNTS, missing: 4, measured: 92 })).toBe('92 measured, 4 missing');
  expect(countWords(NO_COUNTS)).toBe('none is over yet');
});
