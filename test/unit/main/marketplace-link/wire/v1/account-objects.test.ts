/** FLO's own objects of money: what is optional may be missing, and what would move money wrongly is refused. */
import { describe, expect, test } from 'vitest';
import { account, contract, payment } from '../../../../../../src/main/marketplace-link/wire/v1/account-objects.ts';

const AT = '2026-06-09T04:10:00Z';
const CONTRACT = {
  id: 'C1',
  name: 'Germany',
  account_id: 'A1',
  currency: 'EUR',
  time_zone: 'Europe/Berlin',
  valid_from: AT,
  terms: [{ discount_percent: 0, tax: { name: 'VAT', percent: 19 } }],
  last_updated: AT,
};
const PAYMENT = {
  id: 'P1',
  account_id: 'A1',
  kind: 'TOP_UP',
  amount: 100.5,
  currency: 'EUR',
  at: AT,
  last_updated: AT,
};
const ACCOUNT = { id: 'A1', name: 'Wallet', kind: 'PREPAID', currency: 'EUR', last_updated: AT };

test('the least of each', () => {
  expect(contract.parse(CONTRACT)).toEqual(CONTRACT);
  expect(payment.parse(PAYMENT)).toEqual(PAYMENT);
  expect(account.parse(ACCOUNT)).toEqual(ACCOUNT);
});

describe('refused', () => {
  test.for([0, -1, '1', null])('a payment of %j', (amount) =>
    expect(payment.safeParse({ ...PAYMENT, amount }).success).toBe(false),
  );
  test.for([
    { partner: 'DE-FLO' },
    { discount_percent: 101 },
    { caps: [{ dimension: 'ENERGY', max_price: -0.1 }] },
    { rounding: { mode: 'HALF_UP', scale: 5, stage: 'TOTAL', first: 'NET' } },
    { rounding: { mode: 'HALF_UP', scale: 2 } },
  ])('terms with %j', (change) => {
    const terms = [{ ...CONTRACT.terms[0], ...change }];
    expect(contract.safeParse({ ...CONTRACT, terms }).success).toBe(false);
  });
  test('a contract without terms', () => expect(contract.safeParse({ ...CONTRACT, terms: [] }).success).toBe(false));
  test('an account with a hold below nothing', () =>
    expect(account.safeParse({ ...ACCOUNT, holds: -1 }).success).toBe(false));
});
