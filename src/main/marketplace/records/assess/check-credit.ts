/**
 * A credit record takes back a record of the same CPO (OCPI 2.2.1, 10.3.1 `credit`, `credit_reference_id`): its total cost is the negative
 * of what was billed, and only its total cost is negative. Energy is never taken back.
 */
import type { ChargeCheck, ChargeRecord } from '../../../../shared/domain/marketplace/charge-record.ts';
import {
  add,
  compare,
  exactOf,
  isNegative,
  isZero,
  magnitude,
  negate,
  toShortText,
} from '../../../../shared/kernel/exact.ts';
import type { RecordFacts } from './record-facts.ts';

export type CreditJudgement = {
  readonly verdict: 'agrees' | 'differs' | 'not-priced';
  /** What the credit should come to; undefined while the credited record is not here. */
  readonly net: string | undefined;
  readonly difference: string | undefined;
  readonly checks: readonly ChargeCheck[];
};

export function judgeCredit(
  record: ChargeRecord,
  { credited, otherCredits }: Pick<RecordFacts, 'credited' | 'otherCredits'>,
): CreditJudgement {
  const stated = record.totals.cost;
  const checks: ChargeCheck[] = [];
  if (!isNegative(exactOf(stated.net)))
    checks.push({
      code: 'credit-not-negative',
      severity: 'breach',
      message: `A credit record gives money back, but this one states ${stated.net} ${record.charge.currency}. Ask the CPO for a right one.`,
    });
  if (otherCredits.length > 0)
    checks.push({
      code: 'credited-twice',
      severity: 'warning',
      message: `${otherCredits.join(', ')} credits the same record. Together they may not give back more than was billed.`,
    });
  if (credited === undefined) {
    checks.push(sayMissing(record));
    return { verdict: 'not-priced', net: undefined, difference: undefined, checks };
  }
  const billed = credited.totals.cost;
  const bothGross = stated.gross !== undefined && billed.gross !== undefined;
  const [given, owed] = bothGross
    ? [exactOf(stated.gross ?? ''), exactOf(billed.gross ?? '')]
    : [exactOf(stated.net), exactOf(billed.net)];
  const rest = add(given, owed);
  if (!isZero(rest)) checks.push(sayRest(record, credited, toShortText(rest), compare(magnitude(given), owed) > 0));
  return {
    verdict: isZero(rest) ? 'agrees' : 'differs',
    net: toShortText(negate(exactOf(billed.net))),
    difference: toShortText(rest),
    checks,
  };
}

function sayMissing(record: ChargeRecord): ChargeCheck {
  if (record.creditReferenceId === undefined)
    return {
      code: 'credit-reference-missing',
      severity: 'warning',
      message: 'This credit record does not say which record it credits. Ask the CPO for the reference.',
    };
  return {
    code: 'credit-reference-unknown',
    severity: 'warning',
    message: `The record ${record.creditReferenceId} that this one credits is not here. It may still come.`,
  };
}

function sayRest(record: ChargeRecord, credited: ChargeRecord, rest: string, isTooMuch: boolean): ChargeCheck {
  return {
    code: 'credit-differs',
    severity: isTooMuch ? 'warning' : 'note',
    message: `The credit does not cancel ${credited.id}: ${rest} ${record.charge.currency} is left over. ${isTooMuch ? 'More was given back than billed.' : 'Part of the charge is still billed.'}`,
  };
}
