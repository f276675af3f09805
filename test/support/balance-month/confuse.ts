/** Runs simulated months with one fault each through the balance, and sets what was found against what was put in. */
import type {
  BalanceFinding,
  BalanceSettings,
  DepotBalance,
} from '../../../src/shared/domain/metering/balance/balance.ts';
import { balanceDepot } from '../../../src/shared/domain/metering/balance/balance-depot.ts';
import { billMonth } from './bill-sessions.ts';
import { SECONDS, simulateDepot, type DepotMonth } from './depot-power.ts';
import { FAULTS, inject, type Injected } from './fault-kinds.ts';
import { MONTH_BEGINS_MS, readMonth } from './read-meters.ts';

/** Loss of 0.6 to 1.5 %, clocks within two seconds of each other. */
export const MONTH_SETTINGS: BalanceSettings = { lossShare: 0.01, lossUncertainty: 0.6, clockSlipMs: 2_000 };

/** What a finding says of the meters it cannot tell apart. */
const OPEN = 'It may be ';

export type MonthResult = {
  readonly fault: string;
  readonly seed: number;
  readonly found: readonly BalanceFinding[];
  /** It was pinned down to no single meter. */
  readonly isOpen: boolean;
  /** Expected and not found, found and not expected; as `kind meter`. */
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
};

export function balanceMonth(
  month: DepotMonth,
  seed: number,
  fault: string,
): MonthResult & { readonly balance: DepotBalance } {
  const injected = inject(fault, month, billMonth(month, seed), seed);
  const balance = balanceDepot({
    depotId: 'DEPOT-1',
    fromMs: MONTH_BEGINS_MS,
    toMs: MONTH_BEGINS_MS + SECONDS * 1000,
    settings: MONTH_SETTINGS,
    meters: readMonth(month, seed, injected.meters),
    billed: injected.billed,
  });
  const isOpen = balance.findings.some(({ evidence }) => evidence.some((line) => line.startsWith(OPEN)));
  return { fault, seed, balance, found: balance.findings, isOpen, ...compare(injected, balance.findings) };
}

export function runMonths(seeds: readonly number[], faults: readonly string[] = Object.keys(FAULTS)): MonthResult[] {
  return seeds.flatMap((seed) => {
    const month = simulateDepot(seed);
    return faults.map((fault): MonthResult => {
      const { balance: _balance, ...result } = balanceMonth(month, seed, fault);
      return result;
    });
  });
}

/** A finding that cannot name its meter says which it may be. */
function mayBe({ meterId, evidence }: BalanceFinding, wanted: string): boolean {
  const open = evidence.find((line) => line.startsWith(OPEN));
  if (open === undefined) return meterId === wanted;
  return open.includes(wanted.replace('-', ' '));
}

function compare({ expected }: Injected, found: readonly BalanceFinding[]): Pick<MonthResult, 'missed' | 'wrong'> {
  const fits = (finding: BalanceFinding, [kind, meterId]: Injected['expected'][number]) =>
    finding.kind === kind && mayBe(finding, meterId);
  return {
    missed: expected
      .filter((wanted) => !found.some((finding) => fits(finding, wanted)))
      .map(([kind, meterId]) => `${kind} ${meterId}`),
    wrong: found
      .filter((finding) => !expected.some((wanted) => fits(finding, wanted)))
      .map(({ kind, meterId }) => `${kind} ${meterId}`),
  };
}
