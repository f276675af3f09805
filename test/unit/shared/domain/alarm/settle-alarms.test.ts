/** Causes: one lost line is one alarm, not as many as it bears meters, in whatever order it is told. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alarmIdOf, type AlarmCondition } from '../../../../../src/shared/domain/alarm/alarm.ts';
import { settleAlarms, type AlarmBook } from '../../../../../src/shared/domain/alarm/settle-alarms.ts';
import { madeCondition, madeRule } from '../../../../support/made-alarm.ts';

const line = madeRule({ onDelayMs: 30_000 });
// Its name comes before its cause's: causes are judged first by what they explain, not by the alphabet.
const silent = madeRule({ name: 'bus-silent', priority: 3, onDelayMs: 10_000 });
const rules = new Map([line, silent].map((rule) => [rule.name, rule] as const));
const lost = madeCondition();
const silentMeter = (subject: string): AlarmCondition =>
  madeCondition({ rule: 'bus-silent', subject, causedBy: { rule: 'line-lost', subject: 'L1' } });

function told(conditions: readonly AlarmCondition[]) {
  return new Map(conditions.map((condition) => [alarmIdOf(condition), condition] as const));
}
const at = (ms: number) => ({ monotonicMs: ms, wallMs: ms });
const standing = (book: AlarmBook) => [...book.values()].flatMap(({ alarm }) => (alarm === undefined ? [] : [alarm]));

test('meters behind a lost line wait for the line, and are then explained by it', () => {
  const all = told([silentMeter('M1'), silentMeter('M2'), lost]);
  let { book } = settleAlarms(new Map(), rules, all, at(0));
  book = settleAlarms(book, rules, all, at(20_000)).book;
  expect(standing(book)).toEqual([]);
  const { book: after, moves } = settleAlarms(book, rules, all, at(30_000));
  expect(moves.map(({ alarm, what }) => [alarm.id, what])).toEqual([['line-lost/L1', 'raised']]);
  expect(standing(after).map(({ id, suppressedBy }) => [id, suppressedBy])).toEqual(
    expect.arrayContaining([
      ['line-lost/L1', undefined],
      ['bus-silent/M1', 'line-lost/L1'],
      ['bus-silent/M2', 'line-lost/L1'],
    ]),
  );
});

test('a rule that has not spoken leaves its stored alarms as they are', () => {
  const raised = settleAlarms(new Map(), new Map([['line-lost', madeRule()]]), told([lost]), at(0)).book;
  expect(settleAlarms(raised, new Map(), new Map(), at(1e9)).book.get('line-lost/L1')?.alarm?.state).toBe(
    'active-unacknowledged',
  );
});

test('of two that explain each other one is shown', () => {
  const one = madeCondition({ subject: 'A', causedBy: { rule: 'line-lost', subject: 'B' } });
  const other = madeCondition({ subject: 'B', causedBy: { rule: 'line-lost', subject: 'A' } });
  const now = new Map([['line-lost', madeRule()]]);
  const { book } = settleAlarms(new Map(), now, told([one, other]), at(0));
  expect(standing(book).some(({ suppressedBy }) => suppressedBy === undefined)).toBe(true);
});

test('the order in which conditions are told does not matter', () => {
  const conditions = [lost, silentMeter('M1'), silentMeter('M2'), silentMeter('M3')];
  const looks = fc.array(
    fc.record({ ms: fc.integer({ min: 0, max: 40_000 }), mask: fc.integer({ min: 0, max: 15 }) }),
    {
      maxLength: 20,
    },
  );
  const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(looks, order, (list, places) => {
      let [one, other]: AlarmBook[] = [new Map(), new Map()];
      let atMs = 0;
      for (const { ms, mask } of list) {
        atMs += ms;
        const here = conditions.filter((_, place) => (mask >> place) % 2 === 1);
        const shuffled = places.flatMap((place) => here.filter((condition) => condition === conditions[place]));
        one = settleAlarms(one ?? new Map(), rules, told(here), at(atMs)).book;
        const reversed = new Map([...(other ?? new Map())].toReversed());
        other = settleAlarms(reversed, rules, told(shuffled), at(atMs)).book;
      }
      expect(Object.fromEntries(other ?? [])).toEqual(Object.fromEntries(one ?? []));
    }),
    { numRuns: 500 },
  );
});
