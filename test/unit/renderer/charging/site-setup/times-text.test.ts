import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printTimes, readTimes } from '../../../../../src/renderer/charging/site-setup/times-text.ts';

it('reads months, weekdays and a time of day in any order, over the end of the year too', () => {
  expect(readTimes('12:00-18:00 Mon-Fri Jun-Sep')).toMatchObject({
    value: { months: [6, 7, 8, 9], weekdays: [1, 2, 3, 4, 5], fromMinute: 720, toMinute: 1080 },
  });
  expect(readTimes('nov-feb')).toMatchObject({ value: { months: [1, 2, 11, 12] } });
  expect(readTimes('  ')).toMatchObject({ ok: true, value: {} });
});

it.each(['Monday', '25:00-26:00', 'Jun-', '07:00', '07:00-22:60', 'Mon-Fri-Sun'])(
  'says what is wrong with %s',
  (text) => {
    expect(readTimes(text)).toMatchObject({ ok: false });
  },
);

it('reads back whatever it prints', () => {
  const some = (most: number) => fc.uniqueArray(fc.integer({ min: 1, max: most }), { minLength: 1 });
  const minutes = fc.integer({ min: 0, max: 1440 });
  fc.assert(
    fc.property(
      fc.record({ months: some(12), weekdays: some(7), fromMinute: minutes, toMinute: minutes }),
      ({ months, weekdays, ...clock }) => {
        const times = {
          ...clock,
          months: months.toSorted((a, b) => a - b),
          weekdays: weekdays.toSorted((a, b) => a - b),
        };
        expect(readTimes(printTimes(times))).toMatchObject({ ok: true, value: times });
      },
    ),
  );
});
