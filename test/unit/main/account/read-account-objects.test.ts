import { expect, test } from 'vitest';
import {
  readWireAccount,
  readWireContract,
  readWirePayment,
  readWireToken,
} from '../../../../src/main/account/read-account-objects.ts';
import { itemKinds } from '../../../../src/main/marketplace-link/wire/v1/item-kinds.ts';

const AT = '2026-06-09T04:10:00Z';
const AT_MS = Date.parse(AT);

test('a contract keeps its decimals, and what it leaves out is the usual', () => {
  const wire = {
    id: 'CON-1',
    name: 'Contract',
    account_id: 'ACC-1',
    currency: 'INR',
    time_zone: 'Asia/Kolkata',
    valid_from: AT,
    terms: [
      {
        discount_percent: 7.5,
        caps: [{ dimension: 'ENERGY', current: 'DC', max_price: 0.0000001 }],
        volume_steps: [{ from_kwh: 1000.5, discount_percent: 10 }],
        tax: { name: 'GST', percent: 18, parts: [{ name: 'CGST', percent: 9 }] },
      },
      {
        partner: 'IN*CPO',
        countries: ['IN'],
        tariff_id: 'T1',
        discount_percent: 0,
        tax: { name: 'GST', percent: 18 },
        rounding: { mode: 'HALF_EVEN', scale: 4, stage: 'LINE', first: 'GROSS' },
        tolerance: { amount: 0.05, percent: 1, energy_kwh: 0.0205 },
      },
    ],
    last_updated: AT,
  };
  const contract = readWireContract(itemKinds.accounts['contract.put'].parse(wire));
  expect(contract).toMatchObject({ accountId: 'ACC-1', validFromMs: AT_MS, validToMs: undefined, updatedAtMs: AT_MS });
  expect(contract.terms).toEqual([
    {
      partner: undefined,
      countries: [],
      tariffId: undefined,
      discountPercent: '7.5',
      caps: [{ dimension: 'ENERGY', current: 'DC', maxPrice: '0.0000001' }],
      volumeSteps: [{ fromKwh: '1000.5', discountPercent: '10' }],
      tax: { name: 'GST', percent: '18', parts: [{ name: 'CGST', percent: '9' }] },
      rounding: { mode: 'half-up', scale: 2, stage: 'total', first: 'net' },
      tolerance: { amount: '0.01', percent: '0', energyWh: 10 },
    },
    {
      partner: 'IN*CPO',
      countries: ['IN'],
      tariffId: 'T1',
      discountPercent: '0',
      caps: [],
      volumeSteps: [],
      tax: { name: 'GST', percent: '18', parts: [] },
      rounding: { mode: 'half-even', scale: 4, stage: 'line', first: 'gross' },
      tolerance: { amount: '0.05', percent: '1', energyWh: 21 },
    },
  ]);
});

test('an account is in minor units of its currency', () => {
  const wire = { id: 'A', name: 'A', kind: 'POSTPAID', credit_limit: 5000, start_minimum: 10.5, last_updated: AT };
  const read = (change: object) => readWireAccount(itemKinds.accounts['account.put'].parse({ ...wire, ...change }));
  expect(read({ currency: 'KWD' })).toMatchObject({
    creditLimitMinor: 5_000_000,
    startMinimumMinor: 10_500,
    stated: undefined,
  });
  expect(read({ currency: 'EUR', balance: -12.34 }).stated).toEqual({
    balanceMinor: -1234,
    holdsMinor: undefined,
    atMs: AT_MS,
  });
  expect(
    read({ currency: 'JPY', start_minimum: undefined, balance: 7, holds: 2, balance_at: '2026-06-09T04:09:00Z' }),
  ).toMatchObject({
    startMinimumMinor: 0,
    stated: { balanceMinor: 7, holdsMinor: 2, atMs: AT_MS - 60_000 },
  });
});

test('payments and tokens', () => {
  const paid = {
    id: 'P',
    account_id: 'A',
    kind: 'INVOICE_PAYMENT',
    amount: 0.1,
    currency: 'EUR',
    at: AT,
    last_updated: AT,
  };
  expect(readWirePayment(itemKinds.accounts['payment.put'].parse(paid))).toMatchObject({
    kind: 'invoice-payment',
    amount: '0.1',
    atMs: AT_MS,
  });
  const token = {
    country_code: 'DE',
    party_id: 'FLO',
    uid: 'T',
    type: 'RFID',
    contract_id: 'C',
    issuer: 'FLO',
    valid: false,
    whitelist: 'NEVER',
    last_updated: AT,
  };
  expect(readWireToken(itemKinds.accounts['token.put'].parse(token))).toMatchObject({
    vehicleId: undefined,
    valid: false,
    updatedAtMs: AT_MS,
  });
});
