import { expect, test } from 'vitest';
import { findFault } from '../../../../../src/main/metering/lines/declared-line.ts';
import { aLine } from '../../../../support/metering-console.ts';

test('lines that can be read together have no fault', () => {
  const other = aLine(4002, [1], { id: 'LINE-2', meters: aLine(1, [9]).meters });
  expect(findFault([aLine(4001, [1, 2]), other])).toBeUndefined();
  expect(findFault([])).toBeUndefined();
});

test('what is declared twice is named', () => {
  expect(findFault([aLine(4001, [1]), aLine(4002, [2])])).toContain('The line LINE-1 is declared twice.');
  expect(findFault([aLine(4001, [1]), aLine(4002, [1], { id: 'LINE-2' })])).toContain(
    'The meter MTR-1 is declared twice.',
  );
  const [meter] = aLine(1, [5]).meters;
  const twice = aLine(4001, [5], { meters: [meter, { ...meter, id: 'MTR-6' }] as never });
  expect(findFault([twice])).toContain('have the address 5');
});
