/** Findings of the energy balance as alarms: one a meter, the gravest of what was found of it. Notes explain and never alarm. */
import type { AlarmCondition, AlarmRule } from '../../../shared/domain/alarm/alarm.ts';
import type { BalanceFinding, DepotBalance } from '../../../shared/domain/metering/balance/balance.ts';

/** Looked at every quarter hour over a sliding day: what is gone must be gone twice. */
const OFF_DELAY_MS = 20 * 60_000;

const BALANCE_ALARM: AlarmRule = {
  name: 'energy-balance',
  noun: 'metering',
  priority: 2,
  title: 'Energy does not add up',
  response:
    'Open the balance of this depot, read what speaks for the finding and follow its advice; note what you found when you acknowledge.',
  consequence: 'Energy is paid for and not billed, or billed and not delivered, every day until it is found.',
  onDelayMs: 0,
  offDelayMs: OFF_DELAY_MS,
};

const BALANCE_WARNING: AlarmRule = {
  name: 'energy-balance-warning',
  noun: 'metering',
  priority: 3,
  title: 'Energy balance in doubt',
  response: 'Open the balance of this depot in this shift and see whether the finding holds over a week or a month.',
  consequence: 'A meter that drifts or a small load without a meter stays unseen and makes every balance coarser.',
  onDelayMs: 0,
  offDelayMs: OFF_DELAY_MS,
};

export const BALANCE_RULES = [BALANCE_ALARM, BALANCE_WARNING] as const;

const RULE_OF = { alarm: BALANCE_ALARM, warning: BALANCE_WARNING } as const;

/** What holds of these depots, by the rule's name. */
export function balanceConditions(balances: readonly DepotBalance[]): ReadonlyMap<string, readonly AlarmCondition[]> {
  const conditions = new Map<string, AlarmCondition[]>(BALANCE_RULES.map(({ name }) => [name, []]));
  for (const balance of balances) {
    const grave = balance.findings.filter(({ severity }) => severity !== 'note');
    for (const meterId of new Set(grave.map((finding) => finding.meterId))) {
      // The gravest comes first.
      const [worst, ...others] = grave.filter((finding) => finding.meterId === meterId);
      if (worst === undefined || worst.severity === 'note') continue;
      const { name } = RULE_OF[worst.severity];
      conditions.get(name)?.push({
        rule: name,
        subject: meterId,
        subjectName: balance.meters.find(({ id }) => id === meterId)?.name ?? meterId,
        depotId: balance.depotId,
        sentence: saySentence(worst, others.length),
        causedBy: undefined,
        link: `/balance?depot=${encodeURIComponent(balance.depotId)}`,
      });
    }
  }
  return conditions;
}

function saySentence({ sentence }: BalanceFinding, others: number): string {
  if (others === 0) return sentence;
  return `${sentence} ${others === 1 ? 'One more finding concerns it.' : `${others} more findings concern it.`}`;
}
