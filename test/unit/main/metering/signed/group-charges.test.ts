import { expect, test } from 'vitest';
import { groupCharges } from '../../../../../src/main/metering/signed/group-charges.ts';
import { beginReading, endReading, madePayload, openSignedMeter } from '../../../../support/signed-meter.ts';

const meter = openSignedMeter();
const begin = meter.sign(madePayload({ RD: [beginReading()] }));
const middle = meter.sign(madePayload({ RD: [beginReading({ TX: 'C' })] }));
const end = meter.sign(madePayload({ RD: [endReading()] }));
const whole = meter.sign(madePayload());

function grouped(...texts: readonly (readonly [sent: string, transactionId?: string])[]): readonly number[] {
  const filed = texts.map(([sent, transactionId = '']) => ({
    sent,
    transactionId,
    format: '',
    nature: '',
    offered: [],
  }));
  return groupCharges(filed).map(({ length }) => length);
}

test.each([
  ['one whole record after another', [[whole], [whole]], [1, 1]],
  ['begin, between and end', [[begin], [middle], [end], [whole]], [3, 1]],
  ['a begin that nothing ends', [[begin], [begin], [end]], [1, 2]],
  ['an end that nothing began', [[end], [end]], [1, 1]],
  [
    'numbered transactions, mixed',
    [
      [begin, '1'],
      [begin, '2'],
      [end, '1'],
      [end, '2'],
    ],
    [2, 2],
  ],
  [
    'whole records that all carry one number',
    [
      [whole, '1'],
      [whole, '1'],
    ],
    [1, 1],
  ],
  ['what is no record', [['x'], [whole]], [1, 1]],
] as const)('%s', (_, texts, sizes) => {
  expect(grouped(...texts)).toEqual(sizes);
});
