/**
 * Books what waited for its account, now that something more is known of accounts and contracts. Only what waited for just that is
 * looked at: streams come in no order, so a hundred thousand records may wait while contracts come one by one.
 */
import type { Transaction } from '../../database/sqlite.ts';
import { captureRecord } from '../capture-record.ts';
import { readContract } from '../contract-table.ts';
import { bookPayment } from './book-payment.ts';
import { readAwaitedContracts, readParkedFor, unparkBooking, type ParkedBooking } from './parked-booking-table.ts';

export function bookParkedForContract(tx: Transaction, contractId: string): void {
  book(tx, readParkedFor(tx, 'contract', contractId));
}

export function bookParkedForAccount(tx: Transaction, accountId: string): void {
  book(tx, readParkedFor(tx, 'account', accountId));
  for (const contractId of readAwaitedContracts(tx))
    if (readContract(tx, contractId)?.accountId.toLowerCase() === accountId.toLowerCase())
      bookParkedForContract(tx, contractId);
}

function book(tx: Transaction, bookings: readonly ParkedBooking[]): void {
  for (const parked of bookings) {
    // Taken out first: what still finds no account parks itself again.
    unparkBooking(tx, parked.key);
    if (parked.type === 'record') captureRecord(tx, parked.booking);
    else bookPayment(tx, parked.booking);
  }
}
