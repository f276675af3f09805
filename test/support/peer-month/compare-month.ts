/** The month by each algorithm, beside what was published of it. */
import { loadLinearEngine } from '../../../src/main/charging/linear/linear-engine.ts';
import { garageLines, heaviestShare, type GarageLine } from './garage-lines.ts';
import { readPeerMonth, runMonth, type Algorithm, type MonthOutcome, type PeerMonth } from './month.ts';
import { earliestDeadline, leastLaxity, roundRobin, uncontrolled } from './plain-algorithms.ts';
import { foresight, replanning } from './planned-month.ts';
import { urgentThroughput } from './urgent-throughput.ts';

export type Published = {
  readonly energyPercent: number;
  readonly peakKw: number | undefined;
  readonly total: number | undefined;
  /** Why ours of the same name differs; empty where it does not. */
  readonly why: string;
};

export type Compared = {
  readonly capacityKw: number;
  readonly name: string;
  readonly isOurs: boolean;
  readonly outcome: MonthOutcome;
  /** Of the limit, on the line that was loaded most. */
  readonly heaviest: number;
  readonly published: Published | undefined;
};

export type MonthComparison = {
  readonly rows: readonly Compared[];
  readonly plans: number;
  readonly offline: ReturnType<typeof foresight>;
};

const SORTED_WHY =
  'ours cuts the current of whoever comes last to what every line carries, to the last watt; the published run searches for it in steps';
const ROUND_WHY =
  'ours goes round by one ampere and begins one further each period; the published run always begins with the same charger';
const PUBLISHED: Readonly<Record<string, Published>> = {
  '150 uncontrolled': { energyPercent: 99.88, peakKw: 99, total: 2187, why: '' },
  '150 earliest deadline first': { energyPercent: 99.88, peakKw: 99.06, total: 2189, why: SORTED_WHY },
  '150 least laxity first': { energyPercent: 99.88, peakKw: 99.06, total: 2189, why: SORTED_WHY },
  '150 round robin': { energyPercent: 99.72, peakKw: 94.8, total: 2122, why: ROUND_WHY },
  '30 earliest deadline first': { energyPercent: 86.2, peakKw: 30, total: undefined, why: SORTED_WHY },
  '30 least laxity first': { energyPercent: 86.5, peakKw: 30, total: undefined, why: SORTED_WHY },
  '30 round robin': { energyPercent: 83.3, peakKw: 30, total: undefined, why: ROUND_WHY },
};

export async function compareMonth(): Promise<MonthComparison> {
  const month = readPeerMonth();
  const engine = await loadLinearEngine();
  const wide = garageLines(month, 150);
  const narrow = garageLines(month, 30);
  const planned = replanning(month, 150);
  const rows = [
    compared(month, 150, wide, 'uncontrolled', uncontrolled),
    ...plainOnes(month, 150, wide),
    compared(month, 150, wide, 're-planned at each event', planned.algorithm, true),
    ...plainOnes(month, 30, narrow),
    compared(
      month,
      30,
      narrow,
      'most through the lines, urgent first',
      urgentThroughput(narrow, month.periodHours, engine),
      true,
    ),
  ];
  engine.dispose();
  return { rows, plans: planned.plans(), offline: foresight(month, 150) };
}

function plainOnes(month: PeerMonth, capacityKw: number, lines: readonly GarageLine[]): readonly Compared[] {
  const { periodHours, volts } = month;
  return [
    compared(month, capacityKw, lines, 'earliest deadline first', earliestDeadline(lines, periodHours)),
    compared(month, capacityKw, lines, 'least laxity first', leastLaxity(lines, periodHours)),
    compared(month, capacityKw, lines, 'round robin', roundRobin(lines, periodHours, volts)),
  ];
}

function compared(
  month: PeerMonth,
  capacityKw: number,
  lines: readonly GarageLine[],
  name: string,
  algorithm: Algorithm,
  isOurs = false,
): Compared {
  let heaviest = 0;
  const outcome = runMonth(month, (period, plugged) => {
    const powers = algorithm(period, plugged);
    heaviest = Math.max(heaviest, heaviestShare(lines, plugged, powers));
    return powers;
  });
  return { capacityKw, name, isOurs, outcome, heaviest, published: PUBLISHED[`${capacityKw} ${name}`] };
}
