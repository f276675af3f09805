/** The chain notices every altered, lost or inserted row, and with an anchor a cut tail. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../../../src/main/database/open-store.ts';
import { appendAction, readActionLogHead, verifyActionLog } from '../../../../src/main/outbox/action-log.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function writtenLog() {
  const store = openStore({ path: path.join(temporaryFolder(), 'profile.sqlite') });
  for (let n = 1; n <= 20; n++)
    store.write((tx) =>
      appendAction(tx, { atMs: n, operator: 'Asha', commandId: `c${n}`, kind: 'START_SESSION', body: { n } }),
    );
  return store;
}

describe('the record of actions', () => {
  test('is intact as written', () => {
    const store = writtenLog();
    expect(verifyActionLog(store)).toEqual({ ok: true, value: readActionLogHead(store) });
  });

  test.for([
    ['an operator changed', `UPDATE action_log SET operator = 'Ben' WHERE sequence = 7`],
    ['a time changed', 'UPDATE action_log SET at_ms = at_ms + 1 WHERE sequence = 7'],
    ['a body changed', `UPDATE action_log SET body = '{"n":8}' WHERE sequence = 7`],
    ['a row lost', 'DELETE FROM action_log WHERE sequence = 7'],
    [
      'two rows exchanged',
      'UPDATE action_log SET sequence = CASE sequence WHEN 7 THEN -8 ELSE -7 END WHERE sequence IN (7, 8)',
    ],
    ['the first row lost', 'DELETE FROM action_log WHERE sequence = 1'],
  ])('%s is noticed', ([, sql = '']) => {
    const store = writtenLog();
    store.prepare(sql).run();
    expect(verifyActionLog(store)).toMatchObject({ ok: false, code: 'action-log-broken' });
  });

  test('a cut tail is noticed against an anchor', () => {
    const store = writtenLog();
    const anchor = readActionLogHead(store);
    store.prepare('DELETE FROM action_log WHERE sequence > 15').run();
    expect(verifyActionLog(store).ok).toBe(true);
    expect(verifyActionLog(store, anchor)).toMatchObject({ ok: false, code: 'action-log-cut' });
  });
});
