/**
 * Money with the marketplace: a prepaid wallet or a postpaid credit line. The books are our own, double entry, in integer minor units
 * of one currency; what FLO states of the same account stands beside them and a difference is shown, never hidden.
 */
import type { EpochMs } from '../../kernel/instant.ts';

export type AccountKind = 'prepaid' | 'postpaid';

/** Integer minor units of the account's currency (cents, paise). */
export type MinorUnits = number;

export type AccountStanding = {
  readonly accountId: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly currency: string;
  /** Decimals of the currency's minor unit (ISO 4217). */
  readonly minorDigits: number;
  /** Prepaid: paid in and not used. Postpaid: what is owed, negative. */
  readonly balanceMinor: MinorUnits;
  readonly holdsMinor: MinorUnits;
  /** Prepaid: balance less holds. Postpaid: limit less exposure, where none is stated of a limit of nought. May be negative. */
  readonly availableMinor: MinorUnits;
  /** Postpaid only. */
  readonly creditLimitMinor: MinorUnits | undefined;
  /** Postpaid: unpaid invoices + unbilled CDRs + running estimates. */
  readonly exposureMinor: MinorUnits | undefined;
  /** Least that must be available for a start. */
  readonly startMinimumMinor: MinorUnits;
  readonly runningSessions: number;
  /** What running sessions will cost at their expected end, beyond what is held. */
  readonly predictedMinor: MinorUnits;
  /** When, as things run, a start will first be answered NO_CREDIT; undefined: not within a day. */
  readonly noCreditAtMs: EpochMs | undefined;
  /** Who meets it first. */
  readonly noCreditVehicleId: string | undefined;
  /** FLO's own statement, when it made one; it need not say what is held. */
  readonly stated:
    | { readonly balanceMinor: MinorUnits; readonly holdsMinor: MinorUnits | undefined; readonly atMs: EpochMs }
    | undefined;
  readonly asOfMs: EpochMs;
};

export type Hold = {
  readonly holdId: string;
  readonly accountId: string;
  readonly sessionId: string | undefined;
  readonly commandId: string | undefined;
  readonly vehicleId: string | undefined;
  readonly amountMinor: MinorUnits;
  readonly predictedMinor: MinorUnits | undefined;
  readonly state: 'held' | 'captured' | 'released';
  readonly openedAtMs: EpochMs;
  readonly changedAtMs: EpochMs;
};

export type LedgerLine = {
  readonly entryId: number;
  readonly atMs: EpochMs;
  readonly kind: 'top-up' | 'payout' | 'hold' | 'hold-change' | 'release' | 'capture' | 'credit' | 'invoice-payment';
  /** What it is about: payment id, session id, CDR key. */
  readonly reference: string;
  /** What it did to the balance; of holds, which move none, what it did to what is held. */
  readonly amountMinor: MinorUnits;
  readonly balanceAfterMinor: MinorUnits;
  readonly note: string | undefined;
};
