/** What of money an operator has to answer, and what to do then (ISA-18.2). */
import type { AccountStanding } from '../../shared/domain/account/account.ts';
import type { AlarmCondition, AlarmRule } from '../../shared/domain/alarm/alarm.ts';
import { isLimited } from '../../shared/domain/account/credit.ts';
import { sayMinor } from '../../shared/domain/account/minor-units.ts';

/** What accounts need of the alarm list. */
export type AlarmsOfAccounts = {
  readonly register: (noun: string, rules: readonly AlarmRule[]) => void;
  readonly say: (rule: string, conditions: readonly AlarmCondition[]) => void;
};

const SOON_MS = 4 * 3_600_000;
const HOUR_MS = 3_600_000;

export const NO_CREDIT: AlarmRule = {
  name: 'no-credit',
  noun: 'account',
  priority: 2,
  title: 'No credit for a start',
  response:
    'Top up the wallet, or pay an invoice or have the limit raised. Until then send vehicles to places under another account.',
  consequence: 'The next vehicle that plugs in is answered NO_CREDIT. Sessions that run go on.',
  onDelayMs: 10_000,
  offDelayMs: 30_000,
};

export const CREDIT_SOON_USED: AlarmRule = {
  name: 'credit-soon-used',
  noun: 'account',
  priority: 3,
  title: 'Credit soon used up',
  response: 'Top up the wallet, or pay an invoice or have the limit raised, before the time that is named.',
  consequence: 'From then on starts are answered NO_CREDIT.',
  onDelayMs: 60_000,
  offDelayMs: 300_000,
};

export const ACCOUNT_RULES: readonly AlarmRule[] = [NO_CREDIT, CREDIT_SOON_USED];

export function accountConditions(standings: readonly AccountStanding[]): ReadonlyMap<string, AlarmCondition[]> {
  const limited = standings.filter(isLimited);
  const isShort = (standing: AccountStanding): boolean =>
    standing.availableMinor < Math.max(standing.startMinimumMinor, 0);
  const short = limited.filter(isShort);
  const soon = limited.filter(
    (standing) =>
      !isShort(standing) && standing.noCreditAtMs !== undefined && standing.noCreditAtMs <= standing.asOfMs + SOON_MS,
  );
  return new Map([
    [NO_CREDIT.name, short.map((standing) => condition(NO_CREDIT, standing, sayShort(standing)))],
    [CREDIT_SOON_USED.name, soon.map((standing) => condition(CREDIT_SOON_USED, standing, saySoon(standing)))],
  ]);
}

function sayShort({ availableMinor, currency, startMinimumMinor }: AccountStanding): string {
  return `${sayMinor(availableMinor, currency)} is available and a start needs ${sayMinor(startMinimumMinor, currency)}.`;
}

function saySoon({
  asOfMs,
  availableMinor,
  currency,
  noCreditAtMs = asOfMs,
  noCreditVehicleId,
}: AccountStanding): string {
  const hours = Math.max((noCreditAtMs - asOfMs) / HOUR_MS, 0);
  const when = hours < 1 ? `${Math.round(hours * 60)} minutes` : `${hours.toFixed(1)} hours`;
  const whose = noCreditVehicleId === undefined ? '' : ` ${noCreditVehicleId} meets it first.`;
  return `${sayMinor(availableMinor, currency)} is available and will not be enough for a start in ${when}, as things run.${whose}`;
}

function condition(rule: AlarmRule, standing: AccountStanding, sentence: string): AlarmCondition {
  return {
    rule: rule.name,
    subject: standing.accountId,
    subjectName: standing.name,
    depotId: undefined,
    sentence,
    causedBy: undefined,
    link: '/terms?tab=credit',
  };
}
