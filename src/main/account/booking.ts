/** What is to be booked, as it is told: a charge record or a payment. */
import type { DecimalText } from '../../shared/domain/tariff/tariff.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';

export type RecordToBook = {
  /** `CC*PPP*id`: the idempotency key. */
  readonly recordKey: string;
  readonly sessionId: string | undefined;
  readonly authorizationReference: string | undefined;
  readonly contractId: string;
  /** What is to be paid: gross where it is stated. A credit record's may be written with its minus sign or without. */
  readonly amount: DecimalText;
  readonly currency: string;
  readonly isCredit: boolean;
  /** The record that a credit record takes back. */
  readonly creditReferenceKey: string | undefined;
  /** The profile's clock. */
  readonly atMs: EpochMs;
};

export type Payment = {
  readonly id: string;
  readonly accountId: string;
  readonly kind: 'top-up' | 'payout' | 'invoice-payment';
  /** Above nought. */
  readonly amount: DecimalText;
  readonly currency: string;
  readonly atMs: EpochMs;
  readonly note: string | undefined;
};
