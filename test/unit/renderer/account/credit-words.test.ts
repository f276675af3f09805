import { expect, test } from 'vitest';
import type { AccountStanding } from '../../../../src/shared/domain/account/account.ts';
import { compareStated, creditOutlook, firstWithoutCredit } from '../../../../src/renderer/account/credit-words.ts';

const NOW_MS = Date.parse('2026-11-24T12:00:00Z');
const HOUR_MS = 3_600_000;

const wallet: AccountStanding = {
  accountId: 'A',
  name: 'India wallet',
  kind: 'prepaid',
  currency: 'INR',
  minorDigits: 2,
  balanceMinor: 100_000,
  holdsMinor: 20_000,
  availableMinor: 80_000,
  creditLimitMinor: undefined,
  exposureMinor: undefined,
  startMinimumMinor: 50_000,
  runningSessions: 2,
  predictedMinor: 10_000,
  noCreditAtMs: undefined,
  noCreditVehicleId: undefined,
  stated: undefined,
  asOfMs: NOW_MS,
};
const outlook = (changes: Partial<AccountStanding>) =>
  creditOutlook({ ...wallet, ...changes }, NOW_MS, 'Asia/Kolkata', (id) => `KA-01 ${id}`);

test('an account with enough in it is calm', () => {
  expect(outlook({})).toEqual({ priority: undefined, sentence: 'As things run, no start is refused within a day.' });
});

test('who is refused first, when, and what helps', () => {
  const soon = outlook({ noCreditAtMs: NOW_MS + 3 * HOUR_MS, noCreditVehicleId: 'E 2217' });
  expect(soon).toEqual({
    priority: 3,
    sentence:
      'A start of KA-01 E 2217 is the first to be answered NO_CREDIT, Tue 24 Nov 20:30 IST, in 3 h 00 min. Pay money in before then.',
  });
  expect(outlook({ noCreditAtMs: NOW_MS + 20 * HOUR_MS }).priority).toBeUndefined();
});

test('too little for a start now is said with both amounts', () => {
  const { priority, sentence } = outlook({ availableMinor: -1_050, kind: 'postpaid' });
  expect(priority).toBe(2);
  expect(sentence).toContain('−10.50 INR is available and a start needs 500.00 INR');
  expect(sentence).toContain('Pay an invoice or have the limit raised');
});

test('of several accounts the first to run dry is told, and none that has hours left', () => {
  const at = (accountId: string, hours: number) => ({ ...wallet, accountId, noCreditAtMs: NOW_MS + hours * HOUR_MS });
  expect(firstWithoutCredit([at('late', 9), wallet], NOW_MS)).toBeUndefined();
  expect(firstWithoutCredit([at('second', 4), at('first', 2)], NOW_MS)?.account.accountId).toBe('first');
  const dry = { ...wallet, accountId: 'dry', availableMinor: 0 };
  expect(firstWithoutCredit([at('first', 2), dry], NOW_MS)).toEqual({ account: dry, atMs: NOW_MS });
});

test('FLO’s statement stands beside ours, and a difference is never hidden', () => {
  expect(compareStated(wallet)).toBeUndefined();
  const same = { balanceMinor: 100_000, holdsMinor: 20_000, atMs: NOW_MS };
  expect(compareStated({ ...wallet, stated: same })).toEqual({ isSame: true, sentence: 'FLO states the same.' });
  expect(compareStated({ ...wallet, stated: { ...same, balanceMinor: 99_999, holdsMinor: 20_500 } })).toEqual({
    isSame: false,
    sentence: 'FLO states otherwise: balance −0.01 INR, holds +5.00 INR against our books.',
  });
});
