/** SQL of `parked_booking`: money that came before the account it belongs to. It waits here, and is booked when that is known. */
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import type { Payment, RecordToBook } from '../booking.ts';

export type ParkedBooking =
  | { readonly type: 'record'; readonly key: string; readonly booking: RecordToBook }
  | { readonly type: 'payment'; readonly key: string; readonly booking: Payment };

/** @returns false when something else waits under this key already, which stays */
export function parkBooking(tx: Transaction, parked: ParkedBooking): boolean {
  const contractId = parked.type === 'record' ? parked.booking.contractId : null;
  const accountId = parked.type === 'payment' ? parked.booking.accountId : null;
  const booking = JSON.stringify(parked);
  tx.prepare(
    `INSERT INTO parked_booking (idempotency_key, contract_id, account_id, booking) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  ).run(parked.key, contractId, accountId, booking);
  const waits = tx
    .prepare<[string], string>('SELECT booking FROM parked_booking WHERE idempotency_key = ?')
    .pluck()
    .get(parked.key);
  return waits === booking;
}

/** In the order they came. */
export function readParkedFor(store: ReadableStore, known: 'contract' | 'account', id: string): ParkedBooking[] {
  return store
    .prepare<[string], string>(`SELECT booking FROM parked_booking WHERE ${known}_id = ? ORDER BY rowid`)
    .pluck()
    .all(id)
    .map((text) => JSON.parse(text) as ParkedBooking);
}

/** Contracts that records wait for, or for whose account. */
export function readAwaitedContracts(store: ReadableStore): string[] {
  return store
    .prepare<[], string>('SELECT DISTINCT contract_id FROM parked_booking WHERE contract_id IS NOT NULL')
    .pluck()
    .all();
}

export function unparkBooking(tx: Transaction, key: string): void {
  tx.prepare('DELETE FROM parked_booking WHERE idempotency_key = ?').run(key);
}
