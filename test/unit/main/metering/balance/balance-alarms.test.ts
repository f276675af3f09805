import { describe, expect, it } from 'vitest';
import type { BalanceFinding, DepotBalance } from '../../../../../src/shared/domain/metering/balance/balance.ts';
import { DEFAULT_SETTINGS } from '../../../../../src/shared/domain/metering/balance/balance-depot.ts';
import { BALANCE_RULES, balanceConditions } from '../../../../../src/main/metering/balance/balance-alarms.ts';

function finding(meterId: string, severity: BalanceFinding['severity'], sentence: string): BalanceFinding {
  return {
    kind: 'failing-meter',
    severity,
    meterId,
    fromMs: 0,
    toMs: 1,
    energyWh: 1,
    sentence,
    evidence: [],
    advice: '',
  };
}

function balance(findings: readonly BalanceFinding[]): DepotBalance {
  return {
    depotId: 'DEPOT/1',
    fromMs: 0,
    toMs: 1,
    settings: DEFAULT_SETTINGS,
    meters: [{ id: 'MTR-1', name: 'Yard', role: 'feeder', parentId: undefined, importWh: 1, missingIntervals: 0 }],
    treeFaults: [],
    nodes: [],
    findings,
    billedWh: undefined,
    billedFromMs: 0,
    billedToMs: 1,
  };
}

const said = (findings: readonly BalanceFinding[]) =>
  [...balanceConditions([balance(findings)])].map(([rule, conditions]) => [
    rule,
    ...conditions.map(({ subjectName, sentence }) => `${subjectName}: ${sentence}`),
  ]);

describe('findings as alarms', () => {
  it('are one a meter, the gravest, by the rule of its severity', () => {
    const findings = [
      finding('MTR-1', 'alarm', 'It stopped.'),
      finding('MTR-1', 'warning', 'It drifts.'),
      finding('MTR-2', 'warning', 'Doubt.'),
    ];
    expect(said(findings)).toEqual([
      ['energy-balance', 'Yard: It stopped. One more finding concerns it.'],
      ['energy-balance-warning', 'MTR-2: Doubt.'],
    ]);
  });

  it('are none of notes, which takes back what was said before', () => {
    expect(said([finding('MTR-1', 'note', 'A clock.')])).toEqual([['energy-balance'], ['energy-balance-warning']]);
  });

  it('lead to the depot’s balance', () => {
    const conditions = balanceConditions([balance([finding('MTR-1', 'alarm', 'It stopped.')])]);
    expect(conditions.get('energy-balance')?.[0]).toMatchObject({
      link: '/balance?depot=DEPOT%2F1',
      depotId: 'DEPOT/1',
    });
  });

  it('come with what to do and what happens otherwise', () => {
    for (const { response, consequence } of BALANCE_RULES)
      for (const sentence of [response, consequence]) expect(sentence).toMatch(/^[A-Z].*\.$/u);
    expect(BALANCE_RULES.map(({ priority }) => priority)).toEqual([2, 3]);
  });
});
