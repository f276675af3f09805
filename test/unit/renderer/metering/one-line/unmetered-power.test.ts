import { expect, test } from 'vitest';
import { unmeteredPower } from '../../../../../src/renderer/metering/one-line/unmetered-power.ts';

const now = (name: string, powerW: number | undefined, isCurrent = true) => ({ name, powerW, isCurrent });

test('what no outgoing meter has is the difference, also when a vehicle gives back', () => {
  expect(unmeteredPower(now('I', 100_000), [now('A', 70_000), now('B', -10_000)])).toEqual({
    kind: 'known',
    powerW: 40_000,
  });
});

test('it is never guessed: one value that is old or absent, and it is not known', () => {
  expect(unmeteredPower(now('I', 100, false), [now('A', 70)])).toEqual({
    kind: 'unknown',
    reason: 'Not known while I is not measured',
  });
  expect(unmeteredPower(now('I', 100), [now('A', 70, false), now('B', undefined)])).toEqual({
    kind: 'unknown',
    reason: 'Not known while 2 meters are not measured',
  });
});

test('less than nothing is not shown as a power: the meters differ', () => {
  expect(unmeteredPower(now('I', 100_000), [now('A', 70_000), now('B', 32_740)])).toEqual({
    kind: 'unknown',
    reason: 'Not known: the meters under it show 2.7 kW more than comes in',
  });
});

test('without outgoing meters there is nothing to be left', () => {
  expect(unmeteredPower(now('I', 100), [])).toBeUndefined();
});
