/** Records and tariffs are kept for ever: neither a list nor the judging of what is due reads them whole. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../src/main/database/open-store.ts';
import type { ReadableStore } from '../../../src/main/database/sqlite.ts';
import { readDue, readLearntRounding } from '../../../src/main/marketplace/records/assessment-table.ts';
import {
  readCreditsOf,
  readEnergyWh,
  readRecordsOfSession,
  readStoredRecord,
  readUnplaced,
} from '../../../src/main/marketplace/records/charge-record-table.ts';
import { listRecords, readReceivedSince, readRecordRow } from '../../../src/main/marketplace/records/list-records.ts';
import { readCurrentVersion, readLearntAfter, readVersionAt } from '../../../src/main/tariff/tariff-version-table.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const name = { countryCode: 'DE', partyId: 'TST', id: 'T1' };
const day = { fromMs: 1, toMs: 2, limit: 100 };

const queries: Readonly<Record<string, (store: ReadableStore) => unknown>> = {
  listRecords: (store) => listRecords(store, day),
  'listRecords by verdict': (store) => listRecords(store, { ...day, verdict: 'differs' }),
  'listRecords, breaches': (store) => listRecords(store, { ...day, isBreach: true }),
  'listRecords by party': (store) => listRecords(store, { ...day, party: 'DE*TST' }),
  'listRecords by vehicle': (store) => listRecords(store, { ...day, vehicleId: 'V1' }),
  'listRecords by text': (store) => listRecords(store, { ...day, text: 'yard' }),
  'listRecords, a later page': (store) => listRecords(store, { ...day, before: { endMs: 2, key: 'K' } }),
  readReceivedSince: (store) => readReceivedSince(store, 1, 10),
  readRecordRow: (store) => readRecordRow(store, 'K'),
  readDue: (store) => readDue(store, 10),
  readLearntRounding: (store) => readLearntRounding(store, 'DE*TST'),
  readStoredRecord: (store) => readStoredRecord(store, 'K'),
  readRecordsOfSession: (store) => readRecordsOfSession(store, 'S1', 'K'),
  readCreditsOf: (store) => readCreditsOf(store, 'K'),
  readEnergyWh: (store) => readEnergyWh(store, 'C1', 1, 2),
  readUnplaced: (store) => readUnplaced(store, '', 10),
  readCurrentVersion: (store) => readCurrentVersion(store, name),
  readVersionAt: (store) => readVersionAt(store, name, 1, 2),
  readLearntAfter: (store) => readLearntAfter(store, 5),
};

test.for(Object.keys(queries))('%s goes by an index', (query) => {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => store.close());
  const asked: string[] = [];
  queries[query]?.({ prepare: (sql) => (asked.push(sql), store.prepare(sql)) });
  expect(asked.length).toBeGreaterThan(0);
  for (const sql of asked) {
    const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 1);
    const plan = store.prepare<number[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
    const reads = plan.map(({ detail }) => detail).filter((detail) => /^(SCAN|SEARCH)/u.test(detail));
    expect(reads.length).toBeGreaterThan(0);
    for (const detail of reads)
      expect(detail).toMatch(/^SEARCH .* USING (COVERING )?(INDEX|INTEGER PRIMARY KEY)|_due\b/u);
  }
});
