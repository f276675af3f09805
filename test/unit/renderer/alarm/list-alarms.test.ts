/** Each alarm stands in one place, and what a list leaves out is counted. */
import { expect, test } from 'vitest';
import type { Alarm } from '../../../../src/shared/domain/alarm/alarm.ts';
import { stepLife, UNBORN } from '../../../../src/shared/domain/alarm/alarm-life.ts';
import { listAlarms, tallyAlarms, type AlarmFilter } from '../../../../src/renderer/alarm/list-alarms.ts';
import { madeCondition, madeRule } from '../../../support/made-alarm.ts';

const ALL: AlarmFilter = {
  isShelf: false,
  depotId: undefined,
  priority: undefined,
  withExplained: false,
  isFlood: false,
};

function alarm(subject: string, change: Partial<Alarm> = {}): Alarm {
  const now = { wallMs: 0, monotonicMs: 0 };
  const { life } = stepLife(UNBORN, madeRule(), madeCondition({ subject }), 'none', now);
  if (life.alarm === undefined) throw new Error('A rule without delay raises at once.');
  return { ...life.alarm, ...change };
}

const line = alarm('L1');
const meters = ['M1', 'M2'].map((subject) => alarm(subject, { priority: 3, suppressedBy: line.id }));
const late = alarm('L2', { priority: 3, depotId: 'D2' });
const shelved = alarm('L3', { shelved: { untilMs: 1, operator: 'A', reason: 'known' } });
const everything = [line, ...meters, late, shelved];
const idsOf = (filter: Partial<AlarmFilter>) =>
  listAlarms(everything, { ...ALL, ...filter }).listed.map((row) => row.alarm.subject);

test('what another explains stands under it, what is shelved on the shelf', () => {
  expect(idsOf({})).toEqual(['L1', 'L2']);
  expect(listAlarms(everything, ALL)).toMatchObject({
    heldBack: 0,
    explained: 2,
    listed: [{ explains: 2 }, { explains: 0 }],
  });
  expect(idsOf({ withExplained: true })).toEqual(['L1', 'M1', 'M2', 'L2']);
  expect(idsOf({ isShelf: true })).toEqual(['L3']);
});

test('a flood holds back the third priority unless somebody asks for it', () => {
  expect(listAlarms(everything, { ...ALL, isFlood: true })).toMatchObject({ heldBack: 1, listed: [{ id: line.id }] });
  expect(idsOf({ isFlood: true, priority: 'all' })).toEqual(['L1', 'L2']);
  expect(idsOf({ isFlood: true, priority: 3 })).toEqual(['L2']);
  expect(idsOf({ isFlood: true, withExplained: true })).toEqual(['L1', 'M1', 'M2']);
  expect(idsOf({ depotId: 'D2' })).toEqual(['L2']);
});

test('the tally counts what asks for somebody', () => {
  expect(tallyAlarms(everything)).toEqual({ unacknowledged: { 1: 0, 2: 1, 3: 1 }, standing: 2, shelved: 1 });
});
