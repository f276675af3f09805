/** What charge points did: one row a change, the same whatever is read again, and no longer kept than stated. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { EvseStatus } from '../../../../../src/shared/domain/marketplace/evse.ts';
import { openStore } from '../../../../../src/main/database/open-store.ts';
import { forgetOldStatuses, noteStatus } from '../../../../../src/main/marketplace/network/status-change-table.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const DAY_MS = 86_400_000;

function openTable() {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => store.close());
  const rows = () =>
    store
      .prepare<[], { at_ms: number; status: string }>('SELECT at_ms, status FROM evse_status_change ORDER BY at_ms')
      .all();
  const note = (...news: readonly (readonly [number, EvseStatus])[]) =>
    store.write((tx) => news.forEach(([atMs, status]) => noteStatus(tx, 'L1/E1', status, atMs)));
  return { store, rows, note };
}

test('only changes are rows, and the same news read again change nothing', () => {
  const { rows, note } = openTable();
  const news = [
    [1, 'AVAILABLE'],
    [2, 'AVAILABLE'],
    [3, 'CHARGING'],
    [4, 'AVAILABLE'],
  ] as const;
  note(...news);
  const before = rows();
  expect(before.map(({ at_ms }) => at_ms)).toEqual([1, 3, 4]);
  note(...news);
  expect(rows()).toEqual(before);
});

test('what is older than 400 days goes, but for the last word before', () => {
  const { store, rows, note } = openTable();
  note([1 * DAY_MS, 'AVAILABLE'], [2 * DAY_MS, 'CHARGING'], [3 * DAY_MS, 'AVAILABLE'], [410 * DAY_MS, 'CHARGING']);
  store.write((tx) => forgetOldStatuses(tx, 405 * DAY_MS));
  expect(rows().map(({ at_ms }) => at_ms / DAY_MS)).toEqual([3, 410]);
  store.write((tx) => forgetOldStatuses(tx, 405 * DAY_MS));
  expect(rows().length).toBe(2);
});
