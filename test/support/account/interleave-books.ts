/**
 * Interleavings of all that can happen to an account, over a real store that is closed and opened again in between: starts, refusals,
 * running costs, records early, late, twice and without a hold, credits, payments, invalid sessions. Each interleaving is its own
 * few sessions on fresh accounts, its events in random order with repetitions; afterwards the books are held against plain ones.
 */
import { openStore } from '../../../src/main/database/open-store.ts';
import type { Store, Transaction } from '../../../src/main/database/sqlite.ts';
import { putAccount } from '../../../src/main/account/account-table.ts';
import { captureRecord } from '../../../src/main/account/capture-record.ts';
import { putContract } from '../../../src/main/account/contract-table.ts';
import { findHold } from '../../../src/main/account/hold-table.ts';
import { readFigures } from '../../../src/main/account/ledger-table.ts';
import { growHold, openHold, releaseSession, settleHold } from '../../../src/main/account/move-holds.ts';
import { bookParkedForAccount } from '../../../src/main/account/payments/book-parked.ts';
import { bookPayment } from '../../../src/main/account/payments/book-payment.ts';
import { putToken } from '../../../src/main/account/token-table.ts';
import { seededRandom } from '../seeded-random.ts';
import { auditBooks, type Audit } from './audit-books.ts';
import { madeAccount, madeContract, madeToken } from './made-account.ts';
import { keepPlainBooks, type PlainBooks } from './plain-books.ts';

export type InterleavingReport = Audit & {
  readonly interleavings: number;
  readonly events: number;
  readonly restarts: number;
  readonly records: number;
  /** Interleavings whose balance or holds are not what the plain books say. */
  readonly disagreements: readonly string[];
};

type Event = (tx: Transaction) => void;
type Round = {
  readonly id: string;
  readonly random: () => number;
  readonly books: PlainBooks;
  /** Sessions whose record has come: nothing may be held for them any more. */
  readonly settled: Set<string>;
  readonly atMs: number;
};

const BEGIN_MS = Date.UTC(2026, 5, 9);
/** Interleavings are stored in the same transactions as others are, but for those after which the store is closed. */
const ROUNDS_A_TRANSACTION = 8;

export function interleaveBooks(options: {
  readonly path: string;
  readonly interleavings: number;
  readonly seed: number;
  readonly restartEvery: number;
}): InterleavingReport {
  const random = seededRandom(options.seed);
  let store = openStore({ path: options.path });
  let events = 0;
  let restarts = 0;
  let records = 0;
  const disagreements: string[] = [];
  const checks: (() => string | undefined)[] = [];

  const check = (): void => {
    for (const one of checks.splice(0)) {
      const said = one();
      if (said !== undefined) disagreements.push(said);
    }
  };
  try {
    for (let number = 0; number < options.interleavings; number += ROUNDS_A_TRANSACTION) {
      const rounds = Array.from({ length: Math.min(ROUNDS_A_TRANSACTION, options.interleavings - number) }, (_, at) =>
        makeRound(`${options.seed}-${number + at}`, random),
      );
      // The halves of every round are in different transactions, and now and then in different lives of the store.
      for (const half of [0, 1]) {
        store.write((tx) => {
          for (const round of rounds) for (const event of round.halves[half] ?? []) event(tx);
        });
        const isRestart = (number / ROUNDS_A_TRANSACTION) % options.restartEvery === 0;
        if (isRestart) {
          store.close();
          store = openStore({ path: options.path });
          restarts += 1;
        }
      }
      for (const round of rounds) {
        events += round.halves.flat().length;
        records += round.books.charged();
        checks.push(() => compareRound(store, round));
      }
      check();
    }
    return { interleavings: options.interleavings, events, restarts, records, disagreements, ...auditBooks(store) };
  } finally {
    store.close();
  }
}

function makeRound(id: string, random: () => number) {
  const books = keepPlainBooks();
  const round: Round = { id, random, books, settled: new Set(), atMs: BEGIN_MS };
  const account = madeAccount({
    id: `ACC-${id}`,
    kind: random() < 0.6 ? 'prepaid' : 'postpaid',
    startMinimumMinor: random() < 0.2 ? 0 : 1000,
  });
  // One account in four is told of only after money has moved on it.
  const isLate = random() < 0.25;
  const introduce: Event = (tx) => {
    putAccount(tx, account);
    putContract(tx, madeContract({ id: `CON-${id}`, accountId: account.id }), BEGIN_MS);
    putToken(tx, madeToken({ uid: `TOK-${id}`, contractId: `CON-${id}`, vehicleId: `VEH-${id}` }));
    bookParkedForAccount(tx, account.id);
  };
  const events = [
    ...Array.from({ length: 1 + pick(random, 3) }, (_, at) => sessionEvents(round, at)).flat(),
    ...paymentEvents(round),
  ];
  const repeated = [...events, ...events.filter(() => random() < 0.35)];
  const shuffled = shuffle(repeated, random);
  if (isLate) shuffled.splice(pick(random, shuffled.length + 1), 0, introduce);
  else shuffled.unshift(introduce);
  const cut = pick(random, shuffled.length + 1);
  return { ...round, halves: [shuffled.slice(0, cut), shuffled.slice(cut)] };
}

/** Whether each of these comes first, last, twice or not at all is left to chance. */
function sessionEvents({ atMs, books, id, random, settled }: Round, at: number): Event[] {
  const sessionId = `SES-${id}-${at}`;
  const commandId = `cmd-${id}-${at}`;
  const recordKey = `DE*CPO*CDR-${id}-${at}`;
  const vehicleId = `VEH-${id}`;
  const reference = random() < 0.7 ? commandId : undefined;
  const totalMinor = pick(random, 9000);
  const cost = (totalMinor / 100).toFixed(2);
  const events: Event[] = [];
  if (reference !== undefined) {
    events.push((tx) => openHold(tx, { commandId, vehicleId, atMs }));
    const outcome = ['done', 'refused', 'expired', 'unknown', 'accepted'][pick(random, 5)] ?? 'done';
    events.push((tx) => settleHold(tx, { commandId, outcome, atMs }));
  }
  for (const share of [0.2, 0.6, 1])
    if (random() < 0.7)
      events.push((tx) =>
        growHold(tx, {
          sessionId,
          authorizationReference: reference,
          vehicleId,
          runningCost: random() < 0.9 ? ((totalMinor * share) / 100).toFixed(2) : undefined,
          currency: 'EUR',
          atMs,
        }),
      );
  if (random() < 0.15) events.push((tx) => releaseSession(tx, { sessionId, authorizationReference: reference, atMs }));
  if (random() < 0.9) events.push(recordEvent(recordKey, cost, totalMinor));
  if (random() < 0.2) {
    const creditKey = `${recordKey}-C`;
    events.push(creditEvent(creditKey));
    if (random() < 0.3) events.push(creditEvent(`${recordKey}-D`));
  }
  return events;

  function recordEvent(key: string, amount: string, minor: number): Event {
    const named = random() < 0.9 ? sessionId : undefined;
    return (tx) => {
      // Ids compare without case, and a repetition may be spelled otherwise.
      const spelled = random() < 0.2 ? key.toLowerCase() : key;
      books.charge(key, minor);
      if (named !== undefined) settled.add(named);
      captureRecord(tx, { ...bookingOf(spelled, named), amount, isCredit: false, creditReferenceKey: undefined });
    };
  }

  function creditEvent(key: string): Event {
    return (tx) => {
      books.credit(key, recordKey, totalMinor);
      const sign = random() < 0.8 ? '-' : '';
      captureRecord(tx, {
        ...bookingOf(key, undefined),
        amount: `${sign}${cost}`,
        isCredit: true,
        creditReferenceKey: recordKey,
      });
    };
  }

  function bookingOf(key: string, named: string | undefined) {
    return {
      recordKey: key,
      sessionId: named,
      authorizationReference: reference,
      contractId: `CON-${id}`,
      currency: 'EUR',
      atMs,
    };
  }
}

function paymentEvents({ atMs, books, id, random }: Round): Event[] {
  return Array.from({ length: pick(random, 4) }, (_, at): Event => {
    const paymentId = `PAY-${id}-${at}`;
    const minor = 1 + pick(random, 20_000);
    const kind = (['top-up', 'payout', 'invoice-payment'] as const)[pick(random, 3)] ?? 'top-up';
    return (tx) => {
      books.pay(paymentId, kind === 'payout' ? -minor : minor);
      bookPayment(tx, {
        id: paymentId,
        accountId: `ACC-${id}`,
        kind,
        amount: (minor / 100).toFixed(2),
        currency: 'EUR',
        atMs,
        note: undefined,
      });
    };
  });
}

function compareRound(store: Store, { books, id, settled }: Round): string | undefined {
  const { balanceMinor } = readFigures(store, `ACC-${id}`, 'EUR');
  const held = [...settled].filter((sessionId) => findHold(store, sessionId, undefined)?.state === 'held');
  if (balanceMinor === books.balanceMinor() && held.length === 0) return undefined;
  return `${id}: the books say ${balanceMinor}, the plain ones ${books.balanceMinor()}; held after their record: ${held.join(', ')}`;
}

function pick(random: () => number, count: number): number {
  return Math.floor(random() * count);
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
