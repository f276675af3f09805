/** Records against holds, over a real store: early, late, twice, without a hold, credited, in another currency, before their account. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { putAccount } from '../../../../src/main/account/account-table.ts';
import { captureRecord, type RecordToBook } from '../../../../src/main/account/capture-record.ts';
import { putContract } from '../../../../src/main/account/contract-table.ts';
import { findHold } from '../../../../src/main/account/hold-table.ts';
import { readFigures, readLedger } from '../../../../src/main/account/ledger-table.ts';
import {
  growHold,
  openHold,
  releaseSession,
  releaseUnheardOf,
  settleHold,
} from '../../../../src/main/account/move-holds.ts';
import { bookParkedForAccount } from '../../../../src/main/account/payments/book-parked.ts';
import { bookPayment } from '../../../../src/main/account/payments/book-payment.ts';
import { putToken } from '../../../../src/main/account/token-table.ts';
import { openStore } from '../../../../src/main/database/open-store.ts';
import type { Transaction } from '../../../../src/main/database/sqlite.ts';
import { UNBILLED_DAYS, UNHEARD_OF_MS } from '../../../../src/shared/domain/account/hold-life.ts';
import { JUNE_9_MS, madeAccount, madeContract, madeToken } from '../../../support/account/made-account.ts';
import { auditBooks } from '../../../support/account/audit-books.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const AT = { atMs: JUNE_9_MS };
const OURS = { accountId: 'ACC-1', currency: 'EUR' };

function setUp(known = true) {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => {
    const { capturedTwice, holdsApart, misstated, unbalanced } = auditBooks(store);
    store.close();
    expect([capturedTwice, holdsApart, misstated, unbalanced]).toEqual([0, 0, 0, 0]);
  });
  const introduce = (tx: Transaction): void => {
    putAccount(tx, madeAccount());
    putContract(tx, madeContract(), JUNE_9_MS);
    putToken(tx, madeToken());
    bookParkedForAccount(tx, 'ACC-1');
  };
  const top = {
    id: 'P1',
    accountId: 'ACC-1',
    kind: 'top-up',
    amount: '100',
    currency: 'EUR',
    note: undefined,
  } as const;
  if (known)
    store.write((tx) => {
      introduce(tx);
      bookPayment(tx, { ...top, ...AT });
    });
  return {
    store,
    introduce: () => store.write(introduce),
    pay: (change: Partial<Parameters<typeof bookPayment>[1]> = {}) =>
      store.write((tx) => bookPayment(tx, { ...top, ...AT, ...change })),
    start: (commandId = 'cmd-1') => store.write((tx) => openHold(tx, { commandId, vehicleId: 'VEH-1', ...AT })),
    settle: (outcome: string) => store.write((tx) => settleHold(tx, { commandId: 'cmd-1', outcome, ...AT })),
    run: (runningCost: string | undefined, sessionId = 'SES-1') =>
      store.write((tx) =>
        growHold(tx, {
          sessionId,
          authorizationReference: 'cmd-1',
          vehicleId: 'VEH-1',
          runningCost,
          currency: 'EUR',
          ...AT,
        }),
      ),
    void: () => store.write((tx) => releaseSession(tx, { sessionId: 'SES-1', ...AT })),
    sweep: (nowMs: number) => store.write((tx) => releaseUnheardOf(tx, nowMs)),
    record: (change: Partial<RecordToBook> = {}) =>
      store.write((tx) =>
        captureRecord(tx, {
          recordKey: 'DE*CPO*C1',
          sessionId: 'SES-1',
          authorizationReference: 'cmd-1',
          contractId: 'CON-1',
          amount: '23.45',
          currency: 'EUR',
          isCredit: false,
          creditReferenceKey: undefined,
          ...AT,
          ...change,
        }),
      ),
    credit: (recordKey: string, amount = '-23.45') =>
      store.write((tx) =>
        captureRecord(tx, {
          recordKey,
          sessionId: undefined,
          authorizationReference: undefined,
          contractId: 'CON-1',
          amount,
          currency: 'EUR',
          isCredit: true,
          creditReferenceKey: 'DE*CPO*C1',
          ...AT,
        }),
      ),
    figures: (currency = 'EUR') => {
      const { balanceMinor, holdsMinor } = readFigures(store, 'ACC-1', currency);
      return [balanceMinor, holdsMinor];
    },
    kinds: () => readLedger(store, OURS, Infinity, 100).map(({ kind }) => kind),
    lastNote: () => readLedger(store, OURS, Infinity, 1)[0]?.note,
    hold: () => findHold(store, 'SES-1', 'cmd-1'),
  };
}

test('a start holds its minimum, the hold grows by steps, the record takes what it says and frees the rest', () => {
  const { figures, hold, kinds, record, run, settle, start } = setUp();
  start();
  start();
  expect(figures()).toEqual([10_000, 1000]);
  settle('done');
  run('3');
  expect(figures()).toEqual([10_000, 1000]);
  run('10.01');
  run('12');
  expect(figures()).toEqual([10_000, 2000]);
  expect(record()).toBe('booked');
  expect(figures()).toEqual([7655, 0]);
  expect(hold()).toMatchObject({ state: 'captured', sessionId: 'SES-1', amountMinor: 2000 });
  expect(kinds()).toEqual(['capture', 'hold-change', 'hold', 'top-up']);
});

test('the same record is booked once, however it is spelled', () => {
  const { figures, record, start } = setUp();
  start();
  expect([record(), record(), record({ recordKey: 'de*cpo*c1' })]).toEqual(['booked', 'repeated', 'repeated']);
  expect(figures()).toEqual([7655, 0]);
});

test('a record may take more than was held, and more than there is', () => {
  const { figures, record, start } = setUp();
  start();
  record({ amount: '123.45' });
  expect(figures()).toEqual([-2345, 0]);
});

test('a refused start costs nothing; a session that runs all the same holds again', () => {
  const { figures, run, settle, start } = setUp();
  start();
  settle('unknown');
  expect(figures()).toEqual([10_000, 1000]);
  settle('refused');
  settle('refused');
  expect(figures()).toEqual([10_000, 0]);
  run('4');
  expect(figures()).toEqual([10_000, 1000]);
  settle('expired');
  expect(figures()).toEqual([10_000, 1000]);
});

test('an invalid session frees its hold, and a record that comes all the same is booked', () => {
  const t = setUp();
  t.start();
  t.run('4');
  t.void();
  t.run('5');
  expect(t.figures()).toEqual([10_000, 0]);
  expect(t.record()).toBe('booked');
  expect(t.figures()).toEqual([7655, 0]);
  expect(t.lastNote()).toBe('It came after its hold was released.');
});

test('a record that comes before its session ends what the session could hold', () => {
  const { figures, record, run } = setUp();
  record({ authorizationReference: undefined });
  run('5');
  run('30');
  expect(figures()).toEqual([7655, 0]);
});

test('a record that names only its session frees the start that the session turns out to be of', () => {
  const { figures, record, run, start } = setUp();
  start();
  record({ authorizationReference: undefined });
  expect(figures()).toEqual([7655, 1000]);
  run('30');
  expect(figures()).toEqual([7655, 0]);
});

test('a second session of one order has a hold of its own', () => {
  const { figures, record, run, start } = setUp();
  start();
  run('5');
  record();
  run('5', 'SES-2');
  expect(figures()).toEqual([7655, 1000]);
  record({ recordKey: 'DE*CPO*C2', sessionId: 'SES-2', amount: '5' });
  expect(figures()).toEqual([7155, 0]);
});

test('a credit gives back once; a second one is written down and not booked', () => {
  const { credit, figures, lastNote, record } = setUp();
  record();
  expect([credit('DE*CPO*K1'), credit('DE*CPO*K1')]).toEqual(['booked', 'repeated']);
  expect(figures()).toEqual([10_000, 0]);
  expect(credit('DE*CPO*K2')).toBe('booked');
  expect(credit('DE*CPO*K2')).toBe('repeated');
  expect(figures()).toEqual([10_000, 0]);
  expect(lastNote()).toContain('was credited before, so this second credit of 23.45 EUR is not booked');
});

test('four decimals are rounded to the cent, and the rest stays visible', () => {
  const { figures, lastNote, record, store } = setUp();
  record({ amount: '23.4567' });
  expect(figures()).toEqual([7654, 0]);
  expect(lastNote()).toBe('23.4567 EUR was rounded to 23.46 EUR; -0.0033 EUR stays with the record.');
  expect(store.prepare<[], string>(`SELECT remainder FROM ledger_entry WHERE kind = 'capture'`).pluck().get()).toBe(
    '-0.0033',
  );
});

test('another currency is kept apart and frees what was held', () => {
  const { figures, record, start } = setUp();
  start();
  record({ currency: 'SEK', amount: '250' });
  expect([figures(), figures('SEK')]).toEqual([
    [10_000, 0],
    [-25_000, 0],
  ]);
});

test('money that comes before its account waits for it', () => {
  const { figures, introduce, pay, record } = setUp(false);
  pay();
  expect(record()).toBe('parked');
  record();
  expect(figures()).toEqual([0, 0]);
  introduce();
  introduce();
  expect(figures()).toEqual([7655, 0]);
  expect(record()).toBe('repeated');
});

test('a payment is booked once, and another under its id is set aside', () => {
  const { figures, pay } = setUp();
  expect(pay()).toBe('unchanged');
  expect(pay({ amount: '50' })).toMatchObject({ code: 'payment-changed' });
  pay({ id: 'P2', kind: 'payout', amount: '30' });
  expect(figures()).toEqual([7000, 0]);
});

test('a payment that waits for its account is not changed by another under its id', () => {
  const { figures, introduce, pay } = setUp(false);
  expect(pay()).toBeUndefined();
  expect(pay()).toBeUndefined();
  expect(pay({ amount: '50' })).toMatchObject({ code: 'payment-changed' });
  introduce();
  expect(figures()).toEqual([10_000, 0]);
});

test('a session that nobody bills lets its money go, and its late record is booked', () => {
  const { figures, record, run, start, sweep } = setUp();
  start();
  run('12');
  sweep(JUNE_9_MS + UNBILLED_DAYS * 24 * 3_600_000 - 1);
  expect(figures()).toEqual([10_000, 2000]);
  sweep(JUNE_9_MS + UNBILLED_DAYS * 24 * 3_600_000);
  run('13');
  expect(figures()).toEqual([10_000, 0]);
  expect(record()).toBe('booked');
  expect(figures()).toEqual([7655, 0]);
});

test('a record whose authorisation bears the name of another hold is booked all the same', () => {
  const { figures, record } = setUp();
  record({ authorizationReference: undefined });
  expect(record({ recordKey: 'DE*CPO*C2', sessionId: undefined, authorizationReference: 'session:ses-1' })).toBe(
    'booked',
  );
  expect(figures()).toEqual([5310, 0]);
});

test('a start of which nothing is heard for a day lets its money go', () => {
  const { figures, start, sweep } = setUp();
  start();
  sweep(JUNE_9_MS + UNHEARD_OF_MS - 1);
  expect(figures()).toEqual([10_000, 1000]);
  sweep(JUNE_9_MS + UNHEARD_OF_MS);
  expect(figures()).toEqual([10_000, 0]);
});
