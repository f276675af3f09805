/** Accounts, contracts and tokens as tests need them: whole, plain, and changed where the test says. */
import type { StoredAccount } from '../../../src/main/account/account-table.ts';
import type { Contract, ContractTerms, Token } from '../../../src/shared/domain/account/contract.ts';

export const JUNE_9_MS = Date.UTC(2026, 5, 9);

export function madeAccount(change: Partial<StoredAccount> = {}): StoredAccount {
  return {
    id: 'ACC-1',
    name: 'Fleet wallet',
    kind: 'prepaid',
    currency: 'EUR',
    creditLimitMinor: undefined,
    startMinimumMinor: 1000,
    stated: undefined,
    updatedAtMs: JUNE_9_MS,
    ...change,
  };
}

export function madeTerms(change: Partial<ContractTerms> = {}): ContractTerms {
  return {
    partner: undefined,
    countries: [],
    tariffId: undefined,
    discountPercent: '0',
    caps: [],
    volumeSteps: [],
    tax: { name: 'VAT', percent: '19', parts: [] },
    rounding: { mode: 'half-up', scale: 2, stage: 'total', first: 'net' },
    tolerance: { amount: '0.01', percent: '0', energyWh: 10 },
    ...change,
  };
}

export function madeContract(change: Partial<Contract> = {}): Contract {
  return {
    id: 'CON-1',
    name: 'Northern contract',
    accountId: 'ACC-1',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    validFromMs: Date.UTC(2026, 0, 1),
    validToMs: undefined,
    terms: [madeTerms()],
    updatedAtMs: JUNE_9_MS,
    ...change,
  };
}

export function madeToken(change: Partial<Token> = {}): Token {
  return {
    uid: 'TOK-1',
    countryCode: 'DE',
    partyId: 'FLO',
    type: 'RFID',
    contractId: 'CON-1',
    vehicleId: 'VEH-1',
    valid: true,
    whitelist: 'ALLOWED',
    updatedAtMs: JUNE_9_MS,
    ...change,
  };
}
