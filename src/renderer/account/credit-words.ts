/** What is said of an account: who will be refused for want of credit and when, and whether FLO's books say the same. */
import type { AccountStanding, LedgerLine } from '../../shared/domain/account/account.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import { wholeAge } from '../instruments/clock/profile-clock.ts';
import { formatInZone, zoneName } from '../instruments/clock/zone-time.ts';
import { minorWords } from '../tariff/money-text.ts';

export const LEDGER_WORDS: Readonly<Record<LedgerLine['kind'], string>> = {
  'top-up': 'paid in',
  payout: 'paid out',
  hold: 'held',
  'hold-change': 'hold changed',
  release: 'hold released',
  capture: 'charged',
  credit: 'credited',
  'invoice-payment': 'invoice paid',
};

export function accountMoney(minor: number, { minorDigits, currency }: AccountStanding): string {
  return `${minorWords(minor, minorDigits)} ${currency}`;
}

export type CreditOutlook = {
  readonly priority: 2 | 3 | undefined;
  readonly sentence: string;
};

/** Within this time somebody at the desk can still do something about it. */
const SOON_MS = 6 * 3_600_000;

/** @param vehicleName the name a vehicle goes by */
export function creditOutlook(
  account: AccountStanding,
  nowMs: EpochMs,
  zone: string,
  vehicleName: (vehicleId: string) => string,
): CreditOutlook {
  const { availableMinor, startMinimumMinor, noCreditAtMs, noCreditVehicleId, kind } = account;
  const remedy = kind === 'prepaid' ? 'Pay money in' : 'Pay an invoice or have the limit raised';
  if (availableMinor < startMinimumMinor)
    return {
      priority: 2,
      sentence: `The next start is answered NO_CREDIT: ${accountMoney(availableMinor, account)} is available and a start needs ${accountMoney(startMinimumMinor, account)}. ${remedy}; what runs goes on.`,
    };
  if (noCreditAtMs === undefined)
    return { priority: undefined, sentence: 'As things run, no start is refused within a day.' };
  const who = noCreditVehicleId === undefined ? 'A start' : `A start of ${vehicleName(noCreditVehicleId)}`;
  const when = `${formatInZone(noCreditAtMs, zone, 'day')} ${formatInZone(noCreditAtMs, zone, 'minute')} ${zoneName(zone, noCreditAtMs)}`;
  return {
    priority: noCreditAtMs - nowMs <= SOON_MS ? 3 : undefined,
    sentence: `${who} is the first to be answered NO_CREDIT, ${when}, in ${wholeAge(noCreditAtMs - nowMs)}. ${remedy} before then.`,
  };
}

/** Of several accounts the one that meets it first; undefined while none does within hours. */
export function firstWithoutCredit(
  accounts: Iterable<AccountStanding>,
  nowMs: EpochMs,
): { readonly account: AccountStanding; readonly atMs: EpochMs } | undefined {
  let first: { readonly account: AccountStanding; readonly atMs: EpochMs } | undefined;
  for (const account of accounts) {
    const atMs = account.availableMinor < account.startMinimumMinor ? nowMs : account.noCreditAtMs;
    if (atMs === undefined || atMs - nowMs > SOON_MS) continue;
    if (first === undefined || atMs < first.atMs) first = { account, atMs };
  }
  return first;
}

export type StatedComparison = { readonly isSame: boolean; readonly sentence: string };

/** FLO's own statement beside our books; a difference is shown, never hidden. */
export function compareStated(account: AccountStanding): StatedComparison | undefined {
  const { stated, balanceMinor, holdsMinor, minorDigits, currency } = account;
  if (stated === undefined) return undefined;
  const apart = [
    { name: 'balance', minor: stated.balanceMinor - balanceMinor },
    { name: 'holds', minor: (stated.holdsMinor ?? holdsMinor) - holdsMinor },
  ].filter(({ minor }) => minor !== 0);
  if (apart.length === 0) return { isSame: true, sentence: 'FLO states the same.' };
  const parts = apart.map(
    ({ name, minor }) => `${name} ${minorWords(minor, minorDigits, { signed: true })} ${currency}`,
  );
  return { isSame: false, sentence: `FLO states otherwise: ${parts.join(', ')} against our books.` };
}
