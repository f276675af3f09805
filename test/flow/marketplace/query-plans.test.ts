/** Tables that are kept for ever are not read whole for what is present. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../src/main/database/open-store.ts';
import type { ReadableStore } from '../../../src/main/database/sqlite.ts';
import {
  readOpenSessionCommands,
  readSessionCommandsSince,
  readSettledBetween,
} from '../../../src/main/marketplace/commands/session-command-table.ts';
import {
  readEndedBetween,
  readRunningSessions,
  readSessionsSince,
} from '../../../src/main/marketplace/sessions/session-table.ts';
import {
  readOpenReservations,
  readOverBetween,
  readReservationsOf,
  readReservationsSince,
} from '../../../src/main/marketplace/reservations/reservation-table.ts';
import { countOpenCommands, readBacklog, readOpenCommands } from '../../../src/main/outbox/outbox-table.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const queries: Readonly<Record<string, (store: ReadableStore) => unknown>> = {
  readRunningSessions,
  readEndedBetween: (store) => readEndedBetween(store, 1, 2),
  readSessionsSince: (store) => readSessionsSince(store, 1),
  readOpenSessionCommands,
  readSessionCommandsSince: (store) => readSessionCommandsSince(store, 1),
  readSettledBetween: (store) => readSettledBetween(store, 1, 2),
  readOpenReservations,
  readReservationsSince: (store) => readReservationsSince(store, 1),
  readReservationsOf: (store) => readReservationsOf(store, 'L1/E1'),
  readOverBetween: (store) => readOverBetween(store, 1, 2),
  readOpenCommands,
  readBacklog,
  countOpenCommands,
};

test.for(Object.keys(queries))('%s goes by an index', (name) => {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => store.close());
  const asked: string[] = [];
  queries[name]?.({ prepare: (sql) => (asked.push(sql), store.prepare(sql)) });
  expect(asked.length).toBe(1);
  const parameters = [1, 2].slice(0, (asked[0] ?? '').split('?').length - 1);
  const plan = store
    .prepare<number[], { detail: string }>(`EXPLAIN QUERY PLAN ${asked[0]}`)
    .all(...parameters)
    .map(({ detail }) => detail);
  const reads = plan.filter((detail) => /^(SCAN|SEARCH)/u.test(detail));
  expect(reads.length).toBeGreaterThan(0);
  for (const detail of reads)
    expect(detail).toMatch(/INDEX (session_running|session_by_end|\w+_open|\w+_recent|reservation_of_evse)/u);
});
