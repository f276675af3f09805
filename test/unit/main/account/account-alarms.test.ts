import { expect, test } from 'vitest';
import { ACCOUNT_RULES, accountConditions } from '../../../../src/main/account/account-alarms.ts';
import type { AccountStanding } from '../../../../src/shared/domain/account/account.ts';

const HOUR_MS = 3_600_000;

function standing(change: Partial<AccountStanding> = {}): AccountStanding {
  return {
    accountId: 'ACC-1',
    name: 'Fleet wallet',
    kind: 'prepaid',
    currency: 'EUR',
    minorDigits: 2,
    balanceMinor: 5000,
    holdsMinor: 0,
    availableMinor: 5000,
    creditLimitMinor: undefined,
    exposureMinor: undefined,
    startMinimumMinor: 1000,
    runningSessions: 0,
    predictedMinor: 0,
    noCreditAtMs: undefined,
    noCreditVehicleId: undefined,
    stated: undefined,
    asOfMs: 0,
    ...change,
  };
}

const said = (change: Partial<AccountStanding>): string[] =>
  [...accountConditions([standing(change)]).values()].flat().map(({ rule, sentence }) => `${rule}: ${sentence}`);

test('every rule is spoken of, also when all is well', () => {
  expect([...accountConditions([]).keys()]).toEqual(ACCOUNT_RULES.map(({ name }) => name));
  expect(said({})).toEqual([]);
});

test('credit that is used up is one alarm, credit that will be soon another', () => {
  expect(said({ availableMinor: 999, noCreditAtMs: 0 })).toEqual([
    'no-credit: 9.99 EUR is available and a start needs 10.00 EUR.',
  ]);
  expect(said({ noCreditAtMs: 1.5 * HOUR_MS, noCreditVehicleId: 'VEH-7' })).toEqual([
    'credit-soon-used: 50.00 EUR is available and will not be enough for a start in 1.5 hours, as things run. VEH-7 meets it first.',
  ]);
  expect(said({ noCreditAtMs: 5 * HOUR_MS })).toEqual([]);
});

test('an account without a limit has neither', () => {
  expect(said({ kind: 'postpaid', availableMinor: -5_000_000 })).toEqual([]);
});
