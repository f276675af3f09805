/** What is said of a charge record: how the operator's price stands to ours, and how much each check matters. */
import type {
  ChargeAssessment,
  ChargeCheck,
  ChargeRecordRow,
} from '../../../shared/domain/marketplace/charge-record.ts';
import { sayConvention } from '../../../shared/domain/tariff/say-convention.ts';
import { moneyWords, signOf } from '../../tariff/money-text.ts';

export type Verdict = ChargeRecordRow['verdict'];

/** What asks for somebody comes first. */
export const VERDICTS: readonly Verdict[] = ['differs', 'not-priced', 'explained', 'agrees'];

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  agrees: 'agrees',
  explained: 'explained',
  differs: 'differs',
  'not-priced': 'not priced',
};

export const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  agrees: 'Their price is the one that their own tariff gives.',
  explained: 'The price differs by a way to round or to read the tariff that is known and named.',
  differs: 'Their price is not the one that their tariff gives, and no known way to compute it explains that.',
  'not-priced': 'The console could not price it; the record says why.',
};

export const VERDICT_PRIORITY: Readonly<Record<Verdict, 2 | 3 | undefined>> = {
  agrees: undefined,
  explained: undefined,
  differs: 2,
  'not-priced': 3,
};

export const SEVERITY_PRIORITY: Readonly<Record<ChargeCheck['severity'], 2 | 3 | undefined>> = {
  breach: 2,
  warning: 3,
  note: undefined,
};

export const SEVERITY_WORDS: Readonly<Record<ChargeCheck['severity'], string>> = {
  breach: 'breach',
  warning: 'look at it',
  note: 'to be known',
};

export const BREACH_MEANING =
  'A check found what the contract or the rules do not allow, whatever the verdict on the price is.';

/** The verdict, and a breach beside it: a price that agrees with its tariff may still be one that was never agreed upon. */
export function standingWords(row: Pick<ChargeRecordRow, 'verdict' | 'worstCheck' | 'isCredit'>): string {
  return [VERDICT_WORDS[row.verdict], isBreach(row) && SEVERITY_WORDS.breach, row.isCredit && 'credit']
    .filter((word) => word !== false)
    .join(', ');
}

/** Smaller findings have their mark in the record itself: in a list of hundreds they would hide the breaches. */
export function standingPriority(row: Pick<ChargeRecordRow, 'verdict' | 'worstCheck'>): 2 | 3 | undefined {
  return isBreach(row) ? SEVERITY_PRIORITY.breach : VERDICT_PRIORITY[row.verdict];
}

export function isBreach({ worstCheck }: Pick<ChargeRecordRow, 'worstCheck'>): boolean {
  return worstCheck?.severity === 'breach';
}

/** The one sentence a clerk reads first. */
export function sayVerdict(row: ChargeRecordRow, assessment: ChargeAssessment): string {
  const { currency, verdict } = row;
  const { difference, explainedBy } = assessment;
  if (verdict === 'not-priced')
    return row.worstCheck === undefined ? VERDICT_MEANINGS['not-priced'] : row.worstCheck.message;
  const sign = difference === undefined ? 0 : signOf(difference);
  const amount = difference === undefined ? '' : `${moneyWords(difference.replace('-', ''), currency)} ${currency}`;
  if (sign === 0 || difference === undefined)
    return isBreach(row)
      ? `${VERDICT_MEANINGS.agrees} Even so a check found a breach, below.`
      : VERDICT_MEANINGS.agrees;
  const side = `They ask ${amount} ${sign === -1 ? 'less' : 'more'} than their tariff gives as we reckon.`;
  if (verdict === 'differs') return `${side} No known way to round or to read the tariff explains it.`;
  return explainedBy === undefined ? side : `${side} It is explained: the operator ${sayConvention(explainedBy)}.`;
}
