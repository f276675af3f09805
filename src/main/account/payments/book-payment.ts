/** Money that was paid in or out reaches the books once, by its payment's id. */
import { enterMovement } from '../../../shared/domain/account/ledger.ts';
import { toMinorUnits } from '../../../shared/domain/account/minor-units.ts';
import { minorDigitsOf } from '../../../shared/kernel/minor-digits.ts';
import { refuse } from '../../../shared/kernel/result.ts';
import type { Transaction } from '../../database/sqlite.ts';
import type { ApplyAnswer } from '../../marketplace-link/stream-definition.ts';
import { readAccount } from '../account-table.ts';
import type { Payment } from '../booking.ts';
import { readEntry, writeEntry } from '../ledger-table.ts';
import { parkBooking } from './parked-booking-table.ts';

/** The same payment again is none; one that says something else under the same id is set aside, for booked money does not change. */
export function bookPayment(tx: Transaction, payment: Payment): ApplyAnswer {
  const key = `payment:${payment.id}`;
  const account = readAccount(tx, payment.accountId);
  if (account === undefined) {
    return parkBooking(tx, { type: 'payment', key, booking: payment }) ? undefined : refuseChanged(payment);
  }
  const { minor, remainder } = toMinorUnits(payment.amount, minorDigitsOf(payment.currency));
  const booked = readEntry(tx, key);
  if (booked !== undefined) {
    const isSame =
      booked.kind === payment.kind &&
      Math.abs(booked.amountMinor) === minor &&
      booked.currency === payment.currency &&
      booked.accountId.toLowerCase() === payment.accountId.toLowerCase();
    if (isSame) return 'unchanged';
    return refuseChanged(payment);
  }
  writeEntry(tx, enterMovement(account.kind, { kind: payment.kind, amountMinor: minor }), {
    key,
    accountId: account.id,
    currency: payment.currency,
    reference: payment.id,
    atMs: payment.atMs,
    remainder,
    note: payment.note,
  });
  return undefined;
}

function refuseChanged({ id }: Payment): ApplyAnswer {
  return refuse(
    'payment-changed',
    `The payment ${id} came again with another amount, kind or account. What came first stands; a correction needs a payment of its own.`,
  );
}
