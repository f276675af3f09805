/** Stored records judged over a real store: a defect concerns one record alone, and what a record is tied to stays true. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { putToken } from '../../../../../src/main/account/token-table.ts';
import { openStore } from '../../../../../src/main/database/open-store.ts';
import { chargeDetailRecord } from '../../../../../src/main/marketplace-link/wire/v1/ocpi/charge-detail-record.ts';
import { assessRecord } from '../../../../../src/main/marketplace/records/assess-record.ts';
import { keepAssessment, readLearntRounding } from '../../../../../src/main/marketplace/records/assessment-table.ts';
import { readStoredRecord } from '../../../../../src/main/marketplace/records/charge-record-table.ts';
import { openCauses } from '../../../../../src/main/marketplace/records/follow-causes.ts';
import { readRecordRow } from '../../../../../src/main/marketplace/records/list-records.ts';
import { takeRecord } from '../../../../../src/main/marketplace/records/take-record.ts';
import { madeToken } from '../../../../support/account/made-account.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';
import { sampleChargeRecord } from '../../../../support/wire-samples.ts';

const NOW_MS = Date.parse('2026-06-09T05:00:00Z');

function setUp() {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => store.close());
  const logged: string[] = [];
  const causes = openCauses(store);
  return {
    store,
    logged,
    take: (id: string, change: object = {}) => {
      const body = sampleChargeRecord(id, change);
      const parts = { clock: { nowMs: () => NOW_MS }, onTaken: () => undefined };
      store.write((tx) => takeRecord(tx, chargeDetailRecord.parse(body), JSON.stringify(body), parts));
      return `DE*TST*${id}`;
    },
    assess: (key: string) =>
      store.write((tx) => assessRecord(tx, key, { nowMs: NOW_MS, log: (line) => logged.push(line) })),
    /** Carried by this vehicle from the given instant on. */
    carry: (vehicleId: string, updatedAtMs: number) => {
      const { uid } = chargeDetailRecord.parse(sampleChargeRecord('C')).cdr_token;
      store.write((tx) => putToken(tx, madeToken({ uid, vehicleId, updatedAtMs })));
    },
    follow: (): number => {
      causes.follow();
      return Number(store.prepare('SELECT count(*) FROM charge_assessment WHERE is_due = 1').pluck().get());
    },
  };
}

test('a record that cannot be judged says so and stands in the way of no other', () => {
  const { assess, logged, store, take } = setUp();
  const [broken, whole] = [take('C1'), take('C2')];
  store.write((tx) =>
    tx
      .prepare(`UPDATE charge_record_text SET record = json_remove(record, '$.charge.tariffs') WHERE record_key = ?`)
      .run(broken),
  );
  assess(broken);
  assess(whole);
  expect(readRecordRow(store, broken)).toMatchObject({
    verdict: 'not-priced',
    worstCheck: { code: 'assessment-failed' },
    signature: 'absent',
  });
  expect(readRecordRow(store, whole)?.verdict).toBe('agrees');
  expect(logged).toEqual(['The record DE*TST*C1 could not be judged.']);
});

test('a record stays with the vehicle that carried its token, though another carries it now', () => {
  const { assess, carry, follow, store, take } = setUp();
  carry('V1', 1);
  const key = take('C1');
  carry('V2', 2);
  assess(key);
  expect(readStoredRecord(store, key)?.vehicleId).toBe('V1');
  follow();
  assess(key);
  store.write((tx) => tx.prepare('DELETE FROM token').run());
  expect(follow()).toBe(0);
  assess(key);
  expect(readStoredRecord(store, key)?.vehicleId).toBe('V1');
});

test('what is learnt of a CPO goes by its newest charges', () => {
  const { store, take } = setUp();
  const end = (at: number): string => new Date(NOW_MS - 3_600_000 + at * 1000).toISOString();
  const explainAs = (at: number, mode: 'down' | 'half-up'): void => {
    const stored = readStoredRecord(store, take(`C${at}`, { end_date_time: end(at) }));
    if (stored === undefined) throw new Error('it was taken');
    const explainedBy = { mode, scale: 2, stage: 'total', first: 'net' } as const;
    const kept = { verdict: 'agrees', signature: 'absent', explainedBy } as const;
    const none = { pricedNet: undefined, difference: undefined, worstCheck: undefined };
    store.write((tx) => keepAssessment(tx, stored, { ...kept, ...none }, NOW_MS));
  };
  for (let at = 0; at < 150; at += 1) explainAs(at, 'down');
  expect(readLearntRounding(store, 'de*tst')?.mode).toBe('down');
  for (let at = 150; at < 260; at += 1) explainAs(at, 'half-up');
  expect(readLearntRounding(store, 'DE*TST')?.mode).toBe('half-up');
});
