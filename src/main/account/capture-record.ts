/**
 * A charge record reaches the books, once, whatever else came before it or did not: it takes what was held for its session, gives the
 * rest back, and may take more than that. A credit record gives back once what the record it names has taken.
 */
import { enterMovement, type Movement } from '../../shared/domain/account/ledger.ts';
import { sayMinor, toMinorUnits } from '../../shared/domain/account/minor-units.ts';
import { minorDigitsOf } from '../../shared/kernel/minor-digits.ts';
import type { DecimalText } from '../../shared/domain/tariff/tariff.ts';
import type { Transaction } from '../database/sqlite.ts';
import { readAccount, type StoredAccount } from './account-table.ts';
import type { RecordToBook } from './booking.ts';
import { readContract } from './contract-table.ts';
import { changeHold, findHold, insertHold, nameSession, readHold, type StoredHold } from './hold-table.ts';
import { holdsEntry, readEntry, writeEntry } from './ledger-table.ts';
import { releaseHold } from './move-holds.ts';
import { parkBooking } from './payments/parked-booking-table.ts';

export type { RecordToBook };

/** `parked`: the account it belongs to is not known yet; it is booked as soon as it is. */
export type RecordBooking = 'booked' | 'repeated' | 'parked';

export function captureRecord(tx: Transaction, record: RecordToBook): RecordBooking {
  const key = entryKey(record.recordKey);
  if (holdsEntry(tx, key) || isItsCredit(tx, record)) return 'repeated';
  const hold = record.isCredit ? undefined : findHold(tx, record.sessionId, record.authorizationReference);
  const accountId = readContract(tx, record.contractId)?.accountId ?? hold?.accountId;
  const account = accountId === undefined ? undefined : readAccount(tx, accountId);
  if (account === undefined) {
    parkBooking(tx, { type: 'record', key, booking: record });
    return 'parked';
  }
  if (record.isCredit) bookCredit(tx, account, record, key);
  else bookCharge(tx, account, record, key, hold);
  return 'booked';
}

function bookCharge(
  tx: Transaction,
  account: StoredAccount,
  record: RecordToBook,
  key: string,
  hold: StoredHold | undefined,
): void {
  const { atMs, currency } = record;
  const { minor, remainder } = toMinorUnits(record.amount, minorDigitsOf(currency));
  const isOurs = hold?.state === 'held' && hold.accountId === account.id && currency === account.currency;
  if (hold?.state === 'held' && !isOurs)
    releaseHold(tx, hold, atMs, 'Its record was charged to another account or in another currency.');
  const heldMinor = isOurs ? hold.amountMinor : 0;
  // Only a credit takes money back; a charge below nought (paid for feeding in, say) is a gift of the network all the same.
  const movement: Movement =
    minor >= 0 ? { kind: 'capture', chargedMinor: minor, heldMinor } : { kind: 'credit', amountMinor: -minor };
  if (minor < 0 && isOurs) releaseHold(tx, hold, atMs, 'Its record charges nothing.');
  writeEntry(tx, enterMovement(account.kind, movement), {
    key,
    accountId: account.id,
    currency,
    reference: record.recordKey,
    atMs,
    remainder,
    note: sayBooking(account, record, minor, remainder, hold),
  });
  markPaid(tx, account, record, hold);
}

/** From now on nothing that the session still says moves money. */
function markPaid(tx: Transaction, account: StoredAccount, record: RecordToBook, hold: StoredHold | undefined): void {
  const { atMs, authorizationReference, sessionId } = record;
  if (hold !== undefined) {
    if (sessionId !== undefined) nameSession(tx, hold.holdId, sessionId);
    changeHold(tx, hold.holdId, { state: 'captured', amountMinor: hold.amountMinor, atMs });
    return;
  }
  const commandId = sessionId === undefined ? authorizationReference?.toLowerCase() : undefined;
  const holdId = sessionId === undefined ? commandId : `session:${sessionId}`;
  // What a record says may name a hold that is not of its charge.
  if (holdId === undefined || readHold(tx, holdId) !== undefined) return;
  insertHold(tx, {
    holdId,
    accountId: account.id,
    sessionId,
    commandId,
    vehicleId: undefined,
    amountMinor: 0,
    revision: 0,
    state: 'captured',
    openedAtMs: atMs,
    changedAtMs: atMs,
  });
}

/** The entry bears the name of the record that is taken back, so that a second credit of it finds the first. */
function bookCredit(tx: Transaction, account: StoredAccount, record: RecordToBook, key: string): void {
  const { atMs, creditReferenceKey, currency, recordKey } = record;
  const { minor, remainder } = toMinorUnits(record.amount, minorDigitsOf(currency));
  const amountMinor = Math.abs(minor);
  const onceKey = creditReferenceKey === undefined ? key : creditKey(creditReferenceKey);
  const facts = { accountId: account.id, currency, reference: recordKey, atMs };
  const note = sayBooking(account, record, minor, remainder, undefined);
  const credit = enterMovement(account.kind, { kind: 'credit', amountMinor });
  if (writeEntry(tx, credit, { ...facts, key: onceKey, remainder, note })) return;
  writeEntry(
    tx,
    { kind: 'credit', postings: [] },
    {
      ...facts,
      key,
      note: `${creditReferenceKey} was credited before, so this second credit of ${sayMinor(amountMinor, currency)} is not booked. Ask the network which of the two stands.`,
    },
  );
}

function isItsCredit(tx: Transaction, { creditReferenceKey, isCredit, recordKey }: RecordToBook): boolean {
  if (!isCredit || creditReferenceKey === undefined) return false;
  return readEntry(tx, creditKey(creditReferenceKey))?.reference.toLowerCase() === recordKey.toLowerCase();
}

function sayBooking(
  account: StoredAccount,
  record: RecordToBook,
  minor: number,
  remainder: DecimalText,
  hold: StoredHold | undefined,
): string | undefined {
  const { amount, currency } = record;
  const said: string[] = [];
  if (remainder !== '0')
    said.push(
      `${amount} ${currency} was rounded to ${sayMinor(minor, currency)}; ${remainder} ${currency} stays with the record.`,
    );
  if (currency !== account.currency)
    said.push(`Charged in ${currency} to an account in ${account.currency}: kept apart, and part of no balance.`);
  if (hold?.state === 'released') said.push('It came after its hold was released.');
  return said.length === 0 ? undefined : said.join(' ');
}

function entryKey(recordKey: string): string {
  return `cdr:${recordKey}`;
}

function creditKey(recordKey: string): string {
  return `credit-of:${recordKey}`;
}
