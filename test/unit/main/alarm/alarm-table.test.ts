/** What the store keeps of alarms: the records as they are, and a journal that is bounded. */
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  appendJournal,
  KEPT_JOURNAL_ENTRIES,
  putAlarm,
  readAlarms,
  readJournal,
  readRaisedSince,
  removeAlarm,
} from '../../../../src/main/alarm/alarm-table.ts';
import { openStore } from '../../../../src/main/database/open-store.ts';
import { stepLife, UNBORN } from '../../../../src/shared/domain/alarm/alarm-life.ts';
import { madeCondition, madeRule } from '../../../support/made-alarm.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const { alarm } = stepLife(UNBORN, madeRule(), madeCondition({ depotId: undefined }), 'none', {
  wallMs: 5,
  monotonicMs: 0,
}).life;
if (alarm === undefined) throw new Error('A rule without delay raises at once.');

test('an alarm is read as it was put, replaced by its id and removed', () => {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  store.write((tx) => putAlarm(tx, { alarm, wasShown: false }));
  store.write((tx) => putAlarm(tx, { alarm: { ...alarm, raisedCount: 2 }, wasShown: true }));
  expect(readAlarms(store)).toEqual([{ alarm: { ...alarm, raisedCount: 2 }, wasShown: true }]);
  store.write((tx) => removeAlarm(tx, alarm.id));
  expect(readAlarms(store)).toEqual([]);
  store.close();
});

test('the journal keeps its newest entries, and says when alarms were raised', () => {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  const entry = (atMs: number) => ({ atMs, alarm, what: 'raised', operator: undefined, note: '' }) as const;
  const count = KEPT_JOURNAL_ENTRIES + 10;
  store.write((tx) =>
    appendJournal(
      tx,
      Array.from({ length: count }, (_, index) => entry(index)),
    ),
  );
  const kept = store.prepare<[], { n: number; oldest: number }>(
    'SELECT count(*) n, min(at_ms) oldest FROM alarm_journal',
  );
  expect(kept.get()).toEqual({ n: KEPT_JOURNAL_ENTRIES, oldest: 10 });
  expect(readJournal(store, alarm.id, 2).map(({ atMs }) => atMs)).toEqual([count - 1, count - 2]);
  expect(readJournal(store, 'other/alarm', 2)).toEqual([]);
  expect(readRaisedSince(store, count - 3)).toEqual([count - 1, count - 2]);
  store.close();
});
