/** Simulated months of a depot, one fault in each: what was put in against what the energy balance found of it. */
import { FINDING_KINDS } from '../../../src/shared/domain/metering/balance/balance.ts';
import { runMonths, type MonthResult } from '../../support/balance-month/confuse.ts';
import { FAULTS } from '../../support/balance-month/fault-kinds.ts';

export type BalanceTable = {
  readonly lines: readonly string[];
  readonly months: number;
  /** In which exactly the expected was found, no more and no less; *open*: its meter stands among several. */
  readonly right: number;
  readonly wrong: readonly MonthResult[];
};

/** @param seeds a month of each fault for every one of them */
export function balanceTable(seeds: readonly number[], faults: readonly string[] = Object.keys(FAULTS)): BalanceTable {
  // A seed at a time, so that no more than one month stands in memory.
  const results = seeds.flatMap((seed) => runMonths([seed], faults));
  const width = Math.max(...faults.map((fault) => fault.length));
  const kinds = FINDING_KINDS.map((kind) => kind.padStart(19)).join('');
  const lines = faults.map((fault) => {
    const months = results.filter((result) => result.fault === fault);
    const counts = FINDING_KINDS.map((kind) =>
      String(months.filter(({ found }) => found.some((finding) => finding.kind === kind)).length).padStart(19),
    );
    const right = months.filter(isRight).length;
    const open = months.filter(({ isOpen }) => isOpen).length;
    return `${fault.padEnd(width)}${counts.join('')}${`${right} of ${months.length}`.padStart(14)}${String(open).padStart(14)}`;
  });
  return {
    lines: [
      `${'fault put in'.padEnd(width)}${kinds}${'as expected'.padStart(14)}${'meter open'.padStart(14)}`,
      ...lines,
    ],
    months: results.length,
    right: results.filter(isRight).length,
    wrong: results.filter((result) => !isRight(result)),
  };
}

function isRight({ missed, wrong }: MonthResult): boolean {
  return missed.length === 0 && wrong.length === 0;
}
