/** A flood begins above ten alarms in ten minutes and is over below five. */
import { expect, test } from 'vitest';
import { judgeFlood } from '../../../../../src/shared/domain/alarm/alarm-flood.ts';

const raised = (count: number) => Array.from({ length: count }, (_, index) => index * 1000);

test('the eleventh begins it, and it lasts until fewer than five are left', () => {
  const calm = { sinceMs: undefined };
  expect(judgeFlood(calm, raised(10), 20_000).sinceMs).toBeUndefined();
  const flood = judgeFlood(calm, raised(11), 20_000);
  expect(flood).toEqual({ sinceMs: 20_000, raisedCount: 11 });
  expect(judgeFlood(flood, raised(11), 606_000)).toEqual({ sinceMs: 20_000, raisedCount: 5 });
  expect(judgeFlood(flood, raised(11), 606_001)).toEqual({ sinceMs: undefined, raisedCount: 4 });
});
