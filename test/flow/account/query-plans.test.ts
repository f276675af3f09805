/** The books are kept for ever, so nothing that is asked often reads them whole. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readContract, readContractVersions } from '../../../src/main/account/contract-table.ts';
import { readGuardFindings } from '../../../src/main/account/guard/guard-finding-table.ts';
import { findHold, readHeld, readHold } from '../../../src/main/account/hold-table.ts';
import { holdsEntry, readEntry, readFigures, readLedger } from '../../../src/main/account/ledger-table.ts';
import { readAwaitedContracts, readParkedFor } from '../../../src/main/account/payments/parked-booking-table.ts';
import { tokensOfContract, tokensOfVehicle, vehicleOfToken } from '../../../src/main/account/token-table.ts';
import { openStore } from '../../../src/main/database/open-store.ts';
import type { ReadableStore } from '../../../src/main/database/sqlite.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const queries: Readonly<Record<string, (store: ReadableStore) => unknown>> = {
  readFigures: (store) => readFigures(store, 'A', 'EUR'),
  readLedger: (store) => readLedger(store, { accountId: 'A', currency: 'EUR' }, 9, 9),
  holdsEntry: (store) => holdsEntry(store, 'K'),
  readEntry: (store) => readEntry(store, 'K'),
  readHold: (store) => readHold(store, 'H'),
  findHold: (store) => findHold(store, 'S', 'C'),
  readHeld,
  readContract: (store) => readContract(store, 'C'),
  readContractVersions: (store) => readContractVersions(store, 'C'),
  tokensOfVehicle: (store) => tokensOfVehicle(store, 'V'),
  tokensOfContract: (store) => tokensOfContract(store, 'C'),
  readParkedForContract: (store) => readParkedFor(store, 'contract', 'C'),
  readParkedForAccount: (store) => readParkedFor(store, 'account', 'A'),
  readAwaitedContracts,
  vehicleOfToken: (store) => vehicleOfToken(store, 'T'),
  readGuardFindings: (store) => readGuardFindings(store, 1, 2),
};

test.for(Object.keys(queries))('%s goes by an index and sorts nothing of the books', (name) => {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => store.close());
  const asked: string[] = [];
  queries[name]?.({ prepare: (sql) => (asked.push(sql), store.prepare(sql)) });
  expect(asked.length).toBeGreaterThan(0);
  for (const sql of asked) {
    const parameters = Array.from({ length: sql.split('?').length - 1 }, (_, at) => at);
    const plan = store
      .prepare<number[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail);
    const reads = plan.filter((detail) => /^(SCAN|SEARCH)/u.test(detail));
    expect(reads.length).toBeGreaterThan(0);
    for (const detail of reads) expect(detail).toMatch(/USING (COVERING )?(INDEX|INTEGER PRIMARY KEY)/u);
    const isOfBooks = sql.includes('ledger_entry');
    expect(isOfBooks && plan.some((detail) => detail.includes('TEMP B-TREE'))).toBe(false);
  }
});
