import { describe, expect, it } from 'vitest';
import { availableOf, exposureOf, mayAuthorise, type Funds } from '../../../../../src/shared/domain/account/credit.ts';
import { madeContract } from '../../../../support/account/made-account.ts';

const WALLET: Funds & { name: string } = {
  name: 'Wallet',
  kind: 'prepaid',
  currency: 'EUR',
  balanceMinor: 5000,
  holdsMinor: 2000,
  creditLimitMinor: undefined,
  startMinimumMinor: 1000,
};
const CREDIT = { ...WALLET, kind: 'postpaid', balanceMinor: -5000, creditLimitMinor: 10_000 } as const;

const judge = (change: Partial<Parameters<typeof mayAuthorise>[0]>) =>
  mayAuthorise({
    atMs: Date.UTC(2026, 5, 9),
    token: { valid: true },
    contract: madeContract(),
    account: WALLET,
    ...change,
  });

describe('credit', () => {
  it('is what is not held of a wallet, and what is neither owed nor held of a limit', () => {
    expect(availableOf(WALLET)).toBe(3000);
    expect(exposureOf(CREDIT)).toBe(7000);
    expect(availableOf(CREDIT)).toBe(3000);
  });

  it('is refused below the start minimum, with what to do', () => {
    expect(judge({}).ok).toBe(true);
    expect(judge({ account: { ...WALLET, holdsMinor: 4000 } }).ok).toBe(true);
    expect(judge({ account: { ...WALLET, holdsMinor: 4001 } })).toEqual({
      ok: false,
      code: 'no-credit',
      message:
        '“Wallet” has 9.99 EUR available and a start needs 10.00 EUR, so it would be answered NO_CREDIT. Top up the wallet, or wait until a running session is settled.',
    });
    expect(judge({ account: { ...CREDIT, balanceMinor: -7001 } })).toMatchObject({ code: 'no-credit' });
  });

  it('is refused on an overdrawn wallet even where no minimum is stated', () => {
    const account = { ...WALLET, startMinimumMinor: 0, holdsMinor: 0 };
    expect(judge({ account: { ...account, balanceMinor: 0 } }).ok).toBe(true);
    expect(judge({ account: { ...account, balanceMinor: -1 } }).ok).toBe(false);
  });

  it('has no bound where no limit is stated', () => {
    expect(judge({ account: { ...CREDIT, creditLimitMinor: undefined, balanceMinor: -9_000_000 } }).ok).toBe(true);
  });

  it('leaves vehicles of which nothing is known to the marketplace', () => {
    expect(judge({ token: undefined, contract: undefined, account: undefined }).ok).toBe(true);
  });

  it('names a blocked token and a contract that is not in force', () => {
    expect(judge({ token: { valid: false } })).toMatchObject({ code: 'token-not-valid' });
    expect(judge({ contract: madeContract({ validToMs: Date.UTC(2026, 5, 9) }) })).toMatchObject({
      code: 'contract-not-in-force',
    });
  });
});
