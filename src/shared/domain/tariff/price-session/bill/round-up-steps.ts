/**
 * Step sizes: amounts are billed in whole steps, once a session for energy and once for charging and parking time together, on the kind
 * that came last, at the step and the price of the last period that had a price (OCPI 2.2.1, 10.3.1). A reservation has its own.
 *
 * Invariant: a step is only ever added to a line that was billed, and never takes anything away.
 */
import { isZero, roundUpTo, subtract, sum, type Exact } from '../../../../kernel/exact.ts';
import type { BilledLine } from './bill-line.ts';
import type { Readings } from '../readings.ts';
import type { Usage } from '../usage/read-usage.ts';

/** The amount that a line is billed above what was used. */
export type AddedStep = { readonly line: BilledLine; readonly used: Exact; readonly added: Exact };

/** Amounts that are rounded up together. */
type Group = {
  readonly takes: (line: BilledLine) => boolean;
  readonly usedOf: (usage: Usage, last: BilledLine) => Exact;
};

const ENERGY: Group = {
  takes: ({ choice }) => choice.dimension === 'ENERGY',
  usedOf: ({ energy }) => energy,
};
const SESSION_TIME: Group = {
  takes: ({ choice }) =>
    choice.scope === 'session' && (choice.dimension === 'TIME' || choice.dimension === 'PARKING_TIME'),
  usedOf: (usage, last) => (last.choice.dimension === 'TIME' ? usage.time : usage.parking),
};
const CHARGING: Group = {
  ...SESSION_TIME,
  takes: (line) => SESSION_TIME.takes(line) && line.choice.dimension === 'TIME',
};
const PARKING: Group = {
  ...SESSION_TIME,
  takes: (line) => SESSION_TIME.takes(line) && line.choice.dimension !== 'TIME',
};
const RESERVATION: Group = {
  takes: ({ choice }) => choice.scope !== 'session' && choice.dimension === 'TIME',
  usedOf: ({ reservation }) => reservation,
};

export function roundUpSteps(
  lines: readonly BilledLine[],
  usages: readonly Usage[],
  { step, stepBase }: Pick<Readings, 'step' | 'stepBase'>,
): readonly AddedStep[] {
  if (step === 'never') return [];
  if (step === 'each-period') return lines.flatMap((line) => addStep(line, line.quantity));
  const groups = step === 'session' ? [RESERVATION, ENERGY, SESSION_TIME] : [RESERVATION, ENERGY, CHARGING, PARKING];
  return groups.flatMap((group) => {
    const last = lines.findLast(group.takes);
    if (last?.choice.price.step === undefined) return [];
    const priced = lines.filter((line) => group.takes(line) && line.choice.dimension === last.choice.dimension);
    const used =
      stepBase === 'used' ? usages.map((usage) => group.usedOf(usage, last)) : priced.map(({ quantity }) => quantity);
    return addStep(last, sum(used));
  });
}

function addStep(line: BilledLine, used: Exact): readonly AddedStep[] {
  const { step } = line.choice.price;
  if (step === undefined) return [];
  const added = subtract(roundUpTo(used, step), used);
  return isZero(added) ? [] : [{ line, used, added }];
}
