/**
 * What the console makes of a charge record: its price by its own tariffs, how that stands to the figures of the CPO, and every check
 * around it. Pure: the same record and the same facts give the same answer, so it may be asked for as often as facts change.
 */
import type {
  ChargeAssessment,
  ChargeCheck,
  ChargeRecord,
} from '../../../../shared/domain/marketplace/charge-record.ts';
import { checkVolumes } from '../../../../shared/domain/tariff/check-volumes.ts';
import type { Convention } from '../../../../shared/domain/tariff/find-convention.ts';
import type { PricedCharge } from '../../../../shared/domain/tariff/price.ts';
import type { KeptAssessment } from '../assessment-table.ts';
import { checkContract, checkSigned } from './check-contract.ts';
import { judgeCredit } from './check-credit.ts';
import { checkSession } from './check-session.ts';
import { checkTariffs } from './check-tariffs.ts';
import { comparePrice } from './compare-price.ts';
import type { RecordFacts } from './record-facts.ts';

export type RecordJudgement = { readonly assessment: ChargeAssessment; readonly kept: KeptAssessment };

export function judgeRecord(record: ChargeRecord, facts: RecordFacts): RecordJudgement {
  return record.isCredit ? judgeAsCredit(record, facts) : judgeAsCharge(record, facts);
}

function judgeAsCredit(record: ChargeRecord, facts: RecordFacts): RecordJudgement {
  const credit = judgeCredit(record, facts);
  return conclude(facts, {
    verdict: credit.verdict,
    priced: undefined,
    pricedNet: credit.net,
    difference: credit.difference,
    explainedBy: undefined,
    checks: [...credit.checks, ...checkSigned(record, facts)],
  });
}

function judgeAsCharge(record: ChargeRecord, facts: RecordFacts): RecordJudgement {
  const price = comparePrice(record, facts);
  const volumes = leaveOut(checkVolumes(record.charge, record.totals), price.checks);
  return conclude(facts, {
    ...price,
    pricedNet: price.priced?.total.net,
    checks: [
      ...price.checks,
      ...checkContract(facts),
      ...checkTariffs(record, facts.held, price.explainedBy?.rounding),
      ...checkSession(record, facts),
      ...checkSigned(record, facts),
      ...volumes,
      ...leaveOut(price.remarks, volumes),
    ],
  });
}

/** What is odd about volumes is found both where they are priced and where they are added up. */
function leaveOut(checks: readonly ChargeCheck[], said: readonly ChargeCheck[]): readonly ChargeCheck[] {
  return checks.filter(({ code }) => said.every((other) => other.code !== code));
}

function conclude(
  facts: RecordFacts,
  found: {
    readonly verdict: KeptAssessment['verdict'];
    readonly priced: PricedCharge | undefined;
    readonly pricedNet: string | undefined;
    readonly difference: string | undefined;
    readonly explainedBy: Convention | undefined;
    readonly checks: readonly ChargeCheck[];
  },
): RecordJudgement {
  const { verdict, priced, pricedNet, difference, explainedBy, checks } = found;
  return {
    assessment: { priced, difference, explainedBy, checks },
    kept: {
      verdict,
      pricedNet,
      difference,
      explainedBy: explainedBy?.rounding,
      worstCheck: worstOf(checks),
      signature: facts.signed.result,
    },
  };
}

const SEVERITIES: readonly ChargeCheck['severity'][] = ['breach', 'warning', 'note'];

/** Of equals the first: checks stand in the order of their weight. */
function worstOf(checks: readonly ChargeCheck[]): ChargeCheck | undefined {
  for (const severity of SEVERITIES) {
    const found = checks.find((check) => check.severity === severity);
    if (found !== undefined) return found;
  }
  return undefined;
}
