import { expect, test } from 'vitest';
import { minorDigitsOf } from '../../../../src/shared/kernel/minor-digits.ts';

test('currencies whose minor unit is not a hundredth are known', () => {
  expect(['EUR', 'INR', 'JPY', 'KWD', 'HUF', 'jpy'].map(minorDigitsOf)).toEqual([2, 2, 0, 3, 2, 0]);
});
