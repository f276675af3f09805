/** The alarm list over a real store: what is told, answered and shelved, through a restart and a store that refuses. */
import { expect, test } from 'vitest';
import { readActionLogHead, verifyActionLog } from '../../../src/main/outbox/action-log.ts';
import { openAlarmConsole } from '../../support/alarm-console.ts';
import { madeCondition, madeRule } from '../../support/made-alarm.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const RULE = madeRule({ onDelayMs: 30_000, offDelayMs: 5_000 });
const ID = 'line-lost/L1';

function open(folder: string, startMs?: number) {
  const console = openAlarmConsole(folder, startMs);
  console.register('metering', [RULE]);
  return console;
}

test('raised, acknowledged, shelved: all of it stands after a restart, and clears only once its noun has spoken', async () => {
  const folder = temporaryFolder();
  const first = open(folder);
  first.say('line-lost', [madeCondition(), madeCondition({ subject: 'L2', subjectName: 'Line 2' })]);
  first.pass(0);
  first.pass(30_000);
  expect(first.alarms().map(({ state }) => state)).toEqual(['active-unacknowledged', 'active-unacknowledged']);
  expect(await first.command('alarm/acknowledge', { alarmIds: [ID] })).toEqual({ outcome: 'accepted' });
  expect(
    await first.command('alarm/shelve', { alarmIds: ['line-lost/L2'], minutes: 60, reason: 'adapter is on its way' }),
  ).toEqual({ outcome: 'accepted' });
  const before = first.alarms();
  first.close();

  const second = open(folder, first.nowMs() + 60_000);
  expect(second.alarms()).toEqual(before.map((alarm) => JSON.parse(JSON.stringify(alarm)) as unknown));
  second.pass(600_000);
  expect(second.alarms()[0]).toMatchObject({
    id: ID,
    state: 'active-acknowledged',
    acknowledged: { operator: 'A. Operator' },
  });
  second.say('line-lost', [madeCondition({ subject: 'L2', subjectName: 'Line 2' })]);
  second.pass(0);
  second.pass(5_000);
  expect(second.alarms().map(({ id }) => id)).toEqual(['line-lost/L2']);
  second.pass(60 * 60_000);
  expect(second.alarms()[0]).toMatchObject({ state: 'active-unacknowledged' });
  expect(second.alarms()[0]?.shelved).toBeUndefined();
  expect((await second.journal()).map(({ what, subjectName }) => `${subjectName} ${what}`).toReversed()).toEqual([
    'Line 1 raised',
    'Line 2 raised',
    'Line 1 acknowledged',
    'Line 2 shelved',
    'Line 1 cleared',
    'Line 2 returned',
  ]);
  expect(verifyActionLog(second.store).ok).toBe(true);
  expect(readActionLogHead(second.store).sequence).toBe(2);
  second.close();
});

test('the same command twice is one; another intent under its id and an alarm that is gone are refused', async () => {
  const console = open(temporaryFolder());
  console.say('line-lost', [madeCondition()]);
  console.pass(0);
  console.pass(30_000);
  const commandId = '0198c0de-0000-7000-8000-000000000001';
  expect(await console.command('alarm/acknowledge', { alarmIds: [ID] }, commandId)).toEqual({ outcome: 'accepted' });
  expect(await console.command('alarm/acknowledge', { alarmIds: [ID] }, commandId)).toEqual({ outcome: 'accepted' });
  expect((await console.journal()).filter(({ what }) => what === 'acknowledged')).toHaveLength(1);
  expect(await console.command('alarm/unshelve', { alarmIds: [ID] }, commandId)).toMatchObject({
    outcome: 'refused',
    error: { code: 'command-id-reused' },
  });
  expect(await console.command('alarm/acknowledge', { alarmIds: ['line-lost/NONE'] })).toMatchObject({
    outcome: 'refused',
    error: { code: 'alarm-gone' },
  });
  expect(await console.command('alarm/shelve', { alarmIds: [ID], minutes: 60, reason: '  ' })).toMatchObject({
    error: { code: 'bad-input' },
  });
  console.close();
});

test('two windows: what one acknowledges the other sees, after the commit', async () => {
  const console = open(temporaryFolder());
  console.say('line-lost', [madeCondition()]);
  console.pass(0);
  console.pass(30_000);
  const states: string[] = [];
  const ends = [1, 2].map((window) =>
    console.feeds.subscribe('alarm/alarms', {
      snapshot: () => {},
      delta: ({ upserted }) => {
        const stored = console.store.prepare<[], { record: string }>('SELECT record FROM alarm').get()?.record ?? '';
        for (const record of upserted) {
          const { state } = record as { state: string };
          states.push(`${window} ${state} ${stored.includes(state)}`);
        }
      },
    }),
  );
  await console.command('alarm/acknowledge', { alarmIds: [ID] });
  await expect.poll(() => states).toEqual(['1 active-acknowledged true', '2 active-acknowledged true']);
  for (const end of ends) end();
  console.close();
});

test('a flood begins above ten in ten minutes and is known again after a restart', () => {
  const folder = temporaryFolder();
  const console = openAlarmConsole(folder);
  console.register('metering', [madeRule()]);
  const many = Array.from({ length: 11 }, (_, index) => madeCondition({ subject: `L${index}` }));
  console.say('line-lost', many.slice(0, 10));
  console.pass(0);
  expect(console.flood()).toEqual({ sinceMs: undefined, raisedCount: 10 });
  console.say('line-lost', many);
  console.pass(0);
  expect(console.flood()).toMatchObject({ sinceMs: console.nowMs(), raisedCount: 11 });
  console.close();
  const again = openAlarmConsole(folder, console.nowMs() + 60_000);
  expect(again.flood()?.sinceMs).toBeDefined();
  again.close();
});

test('a store that refuses loses nothing: the next look tries again', () => {
  const console = open(temporaryFolder());
  console.say('line-lost', [madeCondition()]);
  console.pass(0);
  console.store.prepare("CREATE TRIGGER full BEFORE INSERT ON alarm BEGIN SELECT RAISE(ABORT, 'full'); END").run();
  console.pass(30_000);
  console.pass(500);
  expect(console.alarms()).toEqual([]);
  expect(console.logged).toHaveLength(1);
  console.store.prepare('DROP TRIGGER full').run();
  console.pass(500);
  expect(console.alarms()).toHaveLength(1);
  console.close();
});

test('an alarm whose rule is no more is taken off the list; a rule without words is refused', () => {
  const folder = temporaryFolder();
  const first = open(folder);
  first.say('line-lost', [madeCondition()]);
  first.pass(0);
  first.pass(30_000);
  first.close();
  const second = openAlarmConsole(folder);
  expect(() => second.register('metering', [madeRule({ response: '' })])).toThrow('says what the operator is to do');
  expect(() => second.register('metering', [madeRule({ consequence: 'bad' })])).toThrow('if nobody does');
  second.close();
  const third = openAlarmConsole(folder);
  third.register('metering', [madeRule({ name: 'meter-silent' })]);
  expect(third.alarms()).toEqual([]);
  third.close();
});
