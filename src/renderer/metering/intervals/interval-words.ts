/** What stands behind an energy, in words: people bill by it. */
import type { IntervalBasis } from '../../../shared/domain/metering/interval.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import type { BasisCounts } from './energy-bars.ts';

export const BASIS_WORDS: Readonly<Record<IntervalBasis | 'ahead', string>> = {
  measured: 'measured',
  spread: 'spread over a gap',
  partial: 'known in part',
  imported: 'imported',
  missing: 'missing',
  ahead: 'not over yet',
};

export const BASIS_MEANINGS: Readonly<Record<IntervalBasis, string>> = {
  measured: 'A difference of registers that were read close to both ends',
  spread: 'The sum over a gap is known; how it lies in the quarter hours is an estimate',
  partial: 'The meter or its register was changed here: some energy is missing',
  imported: 'From a file; nobody here read the meter',
  missing: 'Nothing is known of it',
};

export const BASES_IN_ORDER: readonly IntervalBasis[] = ['measured', 'imported', 'spread', 'partial', 'missing'];

/** `92 measured, 4 missing`. */
export function countWords(counts: BasisCounts): string {
  const parts = BASES_IN_ORDER.filter((basis) => counts[basis] > 0).map(
    (basis) => `${grouped(counts[basis])} ${BASIS_WORDS[basis]}`,
  );
  return parts.length === 0 ? 'none is over yet' : parts.join(', ');
}
