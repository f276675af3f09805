import { expect, test } from 'vitest';
import { compareKeys, makeFrozenOrder } from '../../../../../src/renderer/instruments/grid/frozen-order.ts';

test('an order stands while the values move, until it is thawed', () => {
  const order = makeFrozenOrder();
  let value = 1;
  const key = () => order.keyOf('charge', 'v1', () => value);
  expect(key()).toBe(1);
  value = 2;
  expect(key()).toBe(1);
  order.thaw();
  expect(key()).toBe(2);
});

test('text sorts as people sort it', () => {
  const sorted = ['Bay 10', 'bay 9', 'Bay 1', 'Ä 2', 'b'].toSorted((one, other) => compareKeys(one, other, false));
  expect(sorted).toEqual(['Ä 2', 'b', 'Bay 1', 'bay 9', 'Bay 10']);
});

test('what is not known comes last in both directions', () => {
  const values = [3, undefined, 1];
  const sort = (isDescending: boolean) =>
    values
      .map((value) => ({ value }))
      // The grid turns the answer round for a descending column.
      .toSorted((one, other) => (isDescending ? -1 : 1) * compareKeys(one.value, other.value, isDescending))
      .map(({ value }) => value);
  expect(sort(false)).toEqual([1, 3, undefined]);
  expect(sort(true)).toEqual([3, 1, undefined]);
});
