/**
 * Holds along the life of a session: opened with the start, grown with the running cost, released when nothing is to be paid. Each
 * is called in the transaction of its cause, may be called again for the same cause, and moves money once.
 */
import type { Hold, MinorUnits } from '../../shared/domain/account/account.ts';
import {
  endsHold,
  growTo,
  isUnbilled,
  isUnheardOf,
  mayGrow,
  UNBILLED_DAYS,
} from '../../shared/domain/account/hold-life.ts';
import { enterMovement } from '../../shared/domain/account/ledger.ts';
import { toMinorUnits } from '../../shared/domain/account/minor-units.ts';
import { minorDigitsOf } from '../../shared/kernel/minor-digits.ts';
import type { DecimalText } from '../../shared/domain/tariff/tariff.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import { readAccount, type StoredAccount } from './account-table.ts';
import { contractOfVehicle } from './contract-table.ts';
import { changeHold, findHold, insertHold, nameSession, readHeld, readHold, type StoredHold } from './hold-table.ts';
import { writeEntry } from './ledger-table.ts';

/** Sets the start minimum aside. Without a contract or account for this vehicle nothing is held; its record is booked all the same. */
export function openHold(
  tx: Transaction,
  start: { readonly commandId: string; readonly vehicleId: string; readonly atMs: EpochMs },
): void {
  const holdId = start.commandId.toLowerCase();
  const account = accountOfVehicle(tx, start.vehicleId, start.atMs);
  if (account === undefined || readHold(tx, holdId) !== undefined) return;
  const { vehicleId, atMs } = start;
  beginHold(tx, account, { holdId, commandId: holdId, sessionId: undefined, vehicleId, atMs });
}

/** What became of a start. Refused or expired, it costs nothing; of one that is unknown the money stays set aside. */
export function settleHold(
  tx: Transaction,
  settled: { readonly commandId: string; readonly outcome: string; readonly atMs: EpochMs },
): void {
  const hold = findHold(tx, undefined, settled.commandId);
  // A session that names the command proves that it happened, whatever is said of the command later.
  if (hold === undefined || hold.sessionId !== undefined || !endsHold(settled.outcome)) return;
  releaseHold(tx, hold, settled.atMs, `The start was ${settled.outcome}.`);
}

/** A session runs, or has ended and its record is awaited. */
export function growHold(
  tx: Transaction,
  session: {
    readonly sessionId: string;
    readonly authorizationReference?: string | undefined;
    readonly vehicleId?: string | undefined;
    readonly runningCost: DecimalText | undefined;
    readonly currency: string;
    readonly atMs: EpochMs;
  },
): void {
  const { atMs, sessionId } = session;
  const hold = findHold(tx, sessionId, session.authorizationReference) ?? openForSession(tx, session);
  const account = hold && readAccount(tx, hold.accountId);
  if (hold === undefined || account === undefined) return;
  if (!mayGrow(hold)) return releaseForgotten(tx, hold, session);
  nameSession(tx, hold.holdId, sessionId);
  const minorDigits = minorDigitsOf(account.currency);
  const isOurCurrency = session.currency === account.currency;
  const amountMinor = growTo({
    heldMinor: hold.state === 'held' ? hold.amountMinor : 0,
    runningMinor:
      isOurCurrency && session.runningCost !== undefined
        ? toMinorUnits(session.runningCost, minorDigits).minor
        : undefined,
    startMinimumMinor: account.startMinimumMinor,
    minorDigits,
  });
  if (hold.state === 'held' && amountMinor === hold.amountMinor) return;
  moveHold(tx, account, hold, { state: 'held', amountMinor, atMs, note: undefined });
}

/** The session was declared invalid: nothing of it is owed. A record that comes all the same is booked. */
export function releaseSession(
  tx: Transaction,
  session: {
    readonly sessionId: string;
    readonly authorizationReference?: string | undefined;
    readonly atMs: EpochMs;
  },
): void {
  const hold = findHold(tx, session.sessionId, session.authorizationReference);
  if (hold === undefined) return;
  nameSession(tx, hold.holdId, session.sessionId);
  releaseHold(tx, hold, session.atMs, 'The session was declared invalid.');
}

/** Starts of which nothing was ever heard, and sessions that nobody bills, do not block money for ever. */
export function releaseUnheardOf(tx: Transaction, nowMs: EpochMs): void {
  for (const hold of readHeld(tx)) {
    if (isUnheardOf(hold, nowMs)) releaseHold(tx, hold, nowMs, 'Nothing was heard of this start for a day.');
    if (isUnbilled(hold, nowMs))
      releaseHold(tx, hold, nowMs, `This session gained nothing and no record came for ${UNBILLED_DAYS} days.`);
  }
}

export function releaseHold(tx: Transaction, hold: StoredHold, atMs: EpochMs, note: string): void {
  const account = readAccount(tx, hold.accountId);
  if (account === undefined || hold.state !== 'held') return;
  moveHold(tx, account, hold, { state: 'released', amountMinor: 0, atMs, note });
}

export function accountOfVehicle(store: ReadableStore, vehicleId: string, atMs: EpochMs): StoredAccount | undefined {
  const contract = contractOfVehicle(store, vehicleId, atMs);
  return contract && readAccount(store, contract.accountId);
}

/** The record came before its session did and could not know of the command: what that one held is free. */
function releaseForgotten(
  tx: Transaction,
  settled: StoredHold,
  session: { readonly authorizationReference?: string | undefined; readonly atMs: EpochMs },
): void {
  const hold = findHold(tx, undefined, session.authorizationReference);
  if (hold === undefined || hold.holdId === settled.holdId || hold.sessionId !== undefined) return;
  releaseHold(tx, hold, session.atMs, 'Its session had been settled before it was known to be of this start.');
}

/** A card at the post, or another console's start: no command of ours opened a hold. */
function openForSession(
  tx: Transaction,
  session: { readonly sessionId: string; readonly vehicleId?: string | undefined; readonly atMs: EpochMs },
): StoredHold | undefined {
  const { atMs, sessionId, vehicleId } = session;
  const account = vehicleId === undefined ? undefined : accountOfVehicle(tx, vehicleId, atMs);
  if (account === undefined) return undefined;
  const holdId = `session:${sessionId}`;
  beginHold(tx, account, { holdId, commandId: undefined, sessionId, vehicleId, atMs });
  return readHold(tx, holdId);
}

function beginHold(
  tx: Transaction,
  account: StoredAccount,
  begun: Pick<Hold, 'holdId' | 'commandId' | 'sessionId' | 'vehicleId'> & { readonly atMs: EpochMs },
): void {
  const { atMs, ...ids } = begun;
  const amountMinor = account.startMinimumMinor;
  insertHold(tx, {
    ...ids,
    accountId: account.id,
    amountMinor,
    revision: 0,
    state: 'held',
    openedAtMs: atMs,
    changedAtMs: atMs,
  });
  if (amountMinor === 0) return;
  const entry = enterMovement(account.kind, { kind: 'hold', amountMinor });
  writeEntry(tx, entry, { key: `hold:${ids.holdId}:0`, ...entryOf(account, ids, atMs) });
}

function moveHold(
  tx: Transaction,
  account: StoredAccount,
  hold: StoredHold,
  to: {
    readonly state: 'held' | 'released';
    readonly amountMinor: MinorUnits;
    readonly atMs: EpochMs;
    readonly note: string | undefined;
  },
): void {
  const fromMinor = hold.state === 'held' ? hold.amountMinor : 0;
  // What a released hold had held stays written on it; the money is counted by the books.
  const amountMinor = to.state === 'held' ? to.amountMinor : hold.amountMinor;
  changeHold(tx, hold.holdId, { state: to.state, amountMinor, atMs: to.atMs });
  if (fromMinor === to.amountMinor) return;
  const entry = enterMovement(
    account.kind,
    to.state === 'released'
      ? { kind: 'release', amountMinor: fromMinor }
      : { kind: 'hold-change', fromMinor, toMinor: to.amountMinor },
  );
  const key = `hold:${hold.holdId}:${hold.revision + 1}`;
  writeEntry(tx, entry, { key, ...entryOf(account, hold, to.atMs), note: to.note });
}

function entryOf(account: StoredAccount, hold: Pick<Hold, 'holdId' | 'sessionId'>, atMs: EpochMs) {
  return { accountId: account.id, currency: account.currency, reference: hold.sessionId ?? hold.holdId, atMs };
}
