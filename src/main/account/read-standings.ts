/**
 * How each account stands: what the books say, what runs on it, and what that will come to. FLO's own figures stand beside ours, never
 * instead of them.
 */
import type { AccountStanding, Hold, MinorUnits } from '../../shared/domain/account/account.ts';
import { availableOf, exposureOf } from '../../shared/domain/account/credit.ts';
import { toMinorUnits } from '../../shared/domain/account/minor-units.ts';
import { minorDigitsOf } from '../../shared/kernel/minor-digits.ts';
import {
  expectedCost,
  predictCredit,
  type ExpectedStart,
  type RunningCost,
} from '../../shared/domain/account/predict-credit.ts';
import type { DecimalText } from '../../shared/domain/tariff/tariff.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore } from '../database/sqlite.ts';
import { readAccounts, type StoredAccount } from './account-table.ts';
import { readHeld, readHoldsOf, type StoredHold } from './hold-table.ts';
import { readFigures } from './ledger-table.ts';
import { accountOfVehicle } from './move-holds.ts';

/** A running session as the marketplace hands it down. */
export type RunningCharge = {
  readonly sessionId: string;
  readonly vehicleId: string | undefined;
  readonly beganAtMs: EpochMs;
  /** When its cost was told. */
  readonly toldAtMs: EpochMs;
  /** Undefined where the CPO tells none, which is not free. */
  readonly cost: DecimalText | undefined;
  readonly currency: string;
  /** The whole session's, by a preview of its price; undefined: as it went so far. */
  readonly expectedCost: DecimalText | undefined;
  readonly expectedEndMs: EpochMs | undefined;
};

export type WhatRuns = {
  readonly sessions: readonly RunningCharge[];
  /** Vehicles that are expected to start, such as those with a reservation. */
  readonly starts: readonly ExpectedStart[];
};

export const NOTHING_RUNS: WhatRuns = { sessions: [], starts: [] };

export function readAccountStandings(store: ReadableStore, runs: WhatRuns, nowMs: EpochMs): AccountStanding[] {
  const heldOn = byAccount(readHeld(store));
  const sessions = byId(runs.sessions);
  const accounts = readAccounts(store);
  const starts = runs.starts.map((start) => ({
    ...start,
    accountId: accountOfVehicle(store, start.vehicleId, nowMs)?.id,
  }));
  return accounts.map((account) => {
    const ofAccount = starts.filter(({ accountId }) => accountId === account.id);
    return standingOf(
      store,
      account,
      heldOn.get(account.id.toLowerCase()) ?? [],
      { sessions, starts: ofAccount },
      nowMs,
    );
  });
}

function standingOf(
  store: ReadableStore,
  account: StoredAccount,
  held: readonly StoredHold[],
  runs: Pick<WhatRuns, 'starts'> & { readonly sessions: SessionsById },
  nowMs: EpochMs,
): AccountStanding {
  const funds = { ...account, ...readFigures(store, account.id, account.currency) };
  const running = held.flatMap((hold) => {
    const session = sessionOf(hold, runs.sessions);
    return session === undefined ? [] : [costOf(hold, session, account.currency)];
  });
  return {
    accountId: account.id,
    name: account.name,
    kind: account.kind,
    currency: account.currency,
    minorDigits: minorDigitsOf(account.currency),
    balanceMinor: funds.balanceMinor,
    holdsMinor: funds.holdsMinor,
    availableMinor: availableOf(funds),
    creditLimitMinor: account.creditLimitMinor,
    exposureMinor: account.kind === 'postpaid' ? exposureOf(funds) : undefined,
    startMinimumMinor: account.startMinimumMinor,
    runningSessions: running.length,
    ...predictCredit(funds, running, runs.starts, nowMs),
    stated: account.stated,
    asOfMs: nowMs,
  };
}

/** Newest first, with what a running session is expected to come to. */
export function readHolds(
  store: ReadableStore,
  account: StoredAccount,
  runs: WhatRuns,
  at: { readonly nowMs: EpochMs; readonly limit: number },
): Hold[] {
  const sessions = byId(runs.sessions);
  return readHoldsOf(store, account.id, at.limit).map(({ revision: _, ...hold }) => {
    const session = hold.state === 'held' ? sessionOf(hold, sessions) : undefined;
    const cost = session && costOf(hold, session, account.currency);
    const isKnown = cost?.costMinor !== undefined || cost?.expectedMinor !== undefined;
    return { ...hold, predictedMinor: cost && isKnown ? expectedCost(cost, at.nowMs) : undefined };
  });
}

function byAccount(held: readonly StoredHold[]): ReadonlyMap<string, readonly StoredHold[]> {
  const grouped = new Map<string, StoredHold[]>();
  for (const hold of held) {
    const key = hold.accountId.toLowerCase();
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, [hold]);
    else group.push(hold);
  }
  return grouped;
}

/** Thousands run at once, and standings are read every second: no hold looks through them all. */
type SessionsById = ReadonlyMap<string, RunningCharge>;

function byId(sessions: readonly RunningCharge[]): SessionsById {
  return new Map(sessions.map((session) => [session.sessionId.toLowerCase(), session]));
}

function sessionOf(hold: Pick<Hold, 'sessionId'>, sessions: SessionsById): RunningCharge | undefined {
  return hold.sessionId === undefined ? undefined : sessions.get(hold.sessionId.toLowerCase());
}

function costOf(hold: Pick<Hold, 'amountMinor'>, session: RunningCharge, currency: string): RunningCost {
  const minorOf = (amount: DecimalText | undefined): MinorUnits | undefined =>
    amount === undefined || session.currency !== currency
      ? undefined
      : toMinorUnits(amount, minorDigitsOf(currency)).minor;
  return {
    vehicleId: session.vehicleId,
    beganAtMs: session.beganAtMs,
    toldAtMs: session.toldAtMs,
    costMinor: minorOf(session.cost),
    heldMinor: hold.amountMinor,
    expectedMinor: minorOf(session.expectedCost),
    expectedEndMs: session.expectedEndMs,
  };
}
