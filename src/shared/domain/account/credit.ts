/**
 * What an account can still pay for, and whether a start may be authorised on it. Prepaid: what is in the wallet and not held.
 * Postpaid: the credit limit less the exposure, which is all that is owed and all that is held for what runs.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import { accept, refuse, type Result } from '../../kernel/result.ts';
import type { AccountKind, MinorUnits } from './account.ts';
import type { Contract, Token } from './contract.ts';
import { sayMinor } from './minor-units.ts';

export type Funds = {
  readonly kind: AccountKind;
  readonly currency: string;
  readonly balanceMinor: MinorUnits;
  readonly holdsMinor: MinorUnits;
  /** Postpaid; undefined: none is stated, and starts are not refused for it. */
  readonly creditLimitMinor: MinorUnits | undefined;
  readonly startMinimumMinor: MinorUnits;
};

/** Owed and running: unpaid invoices, records that are not paid, and estimates of what runs. */
export function exposureOf(funds: Pick<Funds, 'balanceMinor' | 'holdsMinor'>): MinorUnits {
  return funds.holdsMinor - funds.balanceMinor;
}

/** May be negative: records are booked whatever they come to. Without a stated limit it is what a limit of nought would leave. */
export function availableOf(funds: Funds): MinorUnits {
  if (funds.kind === 'prepaid') return funds.balanceMinor - funds.holdsMinor;
  return (funds.creditLimitMinor ?? 0) - exposureOf(funds);
}

/** Is there any amount at which this account refuses a start? */
export function isLimited(funds: Pick<Funds, 'kind' | 'creditLimitMinor'>): boolean {
  return funds.kind === 'prepaid' || funds.creditLimitMinor !== undefined;
}

export type AuthoriseRefusal = 'no-credit' | 'token-not-valid' | 'contract-not-in-force';

/**
 * May a start be authorised (OCPI 2.2.1, 12.4.1: ALLOWED, BLOCKED, EXPIRED, NO_CREDIT)? A vehicle of which nothing is known here is
 * left to the marketplace to judge. A running session is never ended by this: it is asked before a start and at no other time.
 */
export function mayAuthorise(facts: {
  readonly atMs: EpochMs;
  readonly token: Pick<Token, 'valid'> | undefined;
  readonly contract: Pick<Contract, 'name' | 'validFromMs' | 'validToMs'> | undefined;
  readonly account: (Funds & { readonly name: string }) | undefined;
}): Result<'authorised', AuthoriseRefusal> {
  const { account, atMs, contract, token } = facts;
  if (token !== undefined && !token.valid)
    return refuse(
      'token-not-valid',
      'This vehicle’s token is blocked, so its start would be refused. Ask FLO to release it.',
    );
  if (contract !== undefined && (atMs < contract.validFromMs || atMs >= (contract.validToMs ?? Infinity)))
    return refuse(
      'contract-not-in-force',
      `The contract “${contract.name}” is not in force at this time. Give the vehicle a token of another contract, or ask for a new one.`,
    );
  if (account === undefined || !isLimited(account)) return accept('authorised');
  const available = availableOf(account);
  if (available >= account.startMinimumMinor && available >= 0) return accept('authorised');
  const remedy = account.kind === 'prepaid' ? 'Top up the wallet' : 'Pay an invoice or raise the limit';
  return refuse(
    'no-credit',
    `“${account.name}” has ${sayMinor(available, account.currency)} available and a start needs ${sayMinor(account.startMinimumMinor, account.currency)}, so it would be answered NO_CREDIT. ${remedy}, or wait until a running session is settled.`,
  );
}
