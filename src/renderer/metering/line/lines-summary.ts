/** All serial lines in one phrase for the status bar: the worst first, counted, and what goes on all the same. */
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { judgeLine, leastRecentAnswer, type LineCondition } from './line-condition.ts';

export type LinesSummary = {
  /** `Meter line` or `2 meter lines`. */
  readonly subject: string;
  readonly word: string;
  readonly priority: 3 | undefined;
  /** Since when something is lost; the longest loss counts. */
  readonly lostSinceMs: EpochMs | undefined;
  /** While nothing is wrong: when the meter heard longest ago last answered. */
  readonly answeredAtMs: EpochMs | undefined;
  /** Which are not as they should be, by name. */
  readonly names: string;
  readonly stillWorks: string | undefined;
};

/** Where the age of the answers says more than a word could. */
const DO_ANSWER: ReadonlySet<LineCondition['kind']> = new Set(['missed', 'troubled', 'answering']);
/** The worst first: the summary speaks of the worst there is. */
const ORDER: readonly LineCondition['kind'][] = [
  'lost',
  'silent',
  'partly',
  'opening',
  'waiting',
  'missed',
  'troubled',
  'no-meters',
  'answering',
];
const SHORT: Readonly<Record<LineCondition['kind'], string>> = {
  lost: 'lost',
  silent: 'silent',
  partly: 'answering in part',
  opening: 'opening',
  waiting: 'waiting for answers',
  missed: 'missing answers',
  troubled: 'answering, with faults',
  'no-meters': 'without a meter',
  answering: 'answering',
};

export function summariseLines(
  lines: readonly LineRecord[],
  metersOf: (lineId: string) => readonly MeterRecord[],
  wallNowMs: EpochMs,
): LinesSummary | undefined {
  const judged = lines.map((line) => ({ line, condition: judgeLine(line, metersOf(line.id), wallNowMs) }));
  const worst = ORDER.find((kind) => judged.some(({ condition }) => condition.kind === kind));
  if (worst === undefined) return undefined;
  const those = judged.filter(({ condition }) => condition.kind === worst);
  const lost = those.filter(({ line }) => line.state === 'lost').map(({ line }) => line);
  const meters = lines.flatMap((line) => metersOf(line.id));
  return {
    subject: lines.length === 1 ? 'Meter line' : `${lines.length} meter lines`,
    word: phrase(worst, those.length, lines.length),
    priority: those[0]?.condition.priority,
    names: those.map(({ line }) => line.name).join('; '),
    lostSinceMs: lost.length === 0 ? undefined : Math.min(...lost.map((line) => line.sinceMs)),
    answeredAtMs: DO_ANSWER.has(worst) ? leastRecentAnswer(meters) : undefined,
    stillWorks: lost.length === 0 ? undefined : sayStillWorks(lost.length, lines.length),
  };
}

function phrase(kind: LineCondition['kind'], those: number, all: number): string {
  if (all === 1) return SHORT[kind];
  // The worst is a fault that healed: all of them answer.
  if (kind === 'troubled') return `all answering, faults on ${those}`;
  return those === all ? `all ${SHORT[kind]}` : `${those} of ${all} ${SHORT[kind]}`;
}

function sayStillWorks(lost: number, all: number): string {
  const others = lost === all ? '' : lost + 1 === all ? '; the other line goes on' : '; the other lines go on';
  return `Last readings stay, with their age${others}.`;
}
