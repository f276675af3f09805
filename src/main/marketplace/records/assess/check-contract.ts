/** A charge record against what was negotiated, and against what its meter signed. */
import type { ChargeCheck, ChargeRecord } from '../../../../shared/domain/marketplace/charge-record.ts';
import { energyFromKwh } from '../../../../shared/kernel/quantity.ts';
import type { RecordFacts } from './record-facts.ts';

/** A CDR's total is commonly rounded to a hundredth of a kWh. */
const SAME_ENERGY_WH = 10;

export function checkContract({
  contractKnown,
  finding,
}: Pick<RecordFacts, 'contractKnown' | 'finding'>): ChargeCheck[] {
  if (!contractKnown)
    return [
      {
        code: 'contract-unknown',
        severity: 'note',
        message:
          'The contract that the record names is not known here for the time of the charge, so no agreed prices stand against it.',
      },
    ];
  if (finding === undefined) return [];
  const severity = finding.kind === 'record-above-terms' ? 'breach' : 'note';
  return [{ code: finding.kind, severity, message: finding.message }];
}

const SEVERITY_OF = {
  invalid: 'breach',
  malformed: 'warning',
  'unsupported-algorithm': 'warning',
  'key-unknown': 'note',
  'key-not-pinned': 'note',
} as const;

export function checkSigned(
  record: ChargeRecord,
  { signed, terms }: Pick<RecordFacts, 'signed' | 'terms'>,
): ChargeCheck[] {
  const { result, message, deliveredKwh } = signed;
  const checks: ChargeCheck[] = [];
  if (result !== 'valid' && result !== 'absent')
    checks.push({ code: `signature-${result}`, severity: SEVERITY_OF[result], message });
  if (deliveredKwh === undefined) return checks;
  const tooFarWh = Math.max(terms?.tolerance.energyWh ?? 0, SAME_ENERGY_WH);
  const differenceWh = energyFromKwh(Number(record.totals.energyKwh)) - energyFromKwh(Number(deliveredKwh));
  if (Math.abs(differenceWh) > tooFarWh)
    checks.push({
      code: 'signed-energy-differs',
      severity: result === 'valid' ? 'breach' : 'warning',
      message: `The record bills ${record.totals.energyKwh} kWh, and its meter signed ${deliveredKwh} kWh. What the meter signed counts; ask for a credit record.`,
    });
  return checks;
}
