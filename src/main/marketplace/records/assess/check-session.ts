/** A record against the session it bills: did it happen, was it as much, is it billed once and in time? */
import type { ChargeCheck, ChargeRecord } from '../../../../shared/domain/marketplace/charge-record.ts';
import { isFinalStatus } from '../../../../shared/domain/marketplace/session.ts';
import { energyFromKwh } from '../../../../shared/kernel/quantity.ts';
import type { RecordFacts } from './record-facts.ts';

const DAY_MS = 86_400_000;
/** Later than this a CPO can hardly prove what happened, and contracts commonly refuse to pay. */
const LATE_AFTER_DAYS = 90;
/** Clocks of charge points differ by as much. */
const CLOCK_SLACK_MS = 5 * 60_000;
/** OCPI carries kWh with four decimals; sessions here are kept in whole Wh. */
const SAME_ENERGY_WH = 1;

export function checkSession(
  record: ChargeRecord,
  facts: Pick<RecordFacts, 'session' | 'rivals' | 'vehicleId' | 'terms'>,
): ChargeCheck[] {
  const { session, rivals } = facts;
  const checks: ChargeCheck[] = [];
  if (session === undefined)
    checks.push({
      code: 'session-unknown',
      severity: 'warning',
      message:
        'The console knows no session that this record could bill. It may still come; if not, ask the CPO who charged.',
    });
  else checks.push(...compareSession(record, session, facts.terms?.tolerance.energyWh ?? SAME_ENERGY_WH));
  if (facts.vehicleId === undefined)
    checks.push({
      code: 'vehicle-unknown',
      severity: 'note',
      message: `Neither a session nor the token ${record.tokenUid} tells which vehicle charged.`,
    });
  if (rivals.length > 0)
    checks.push({
      code: 'session-billed-twice',
      severity: 'breach',
      message: `${rivals.join(', ')} bills the same session and is not credited. Pay one of them and ask for a credit record.`,
    });
  return [...checks, ...checkTimes(record)];
}

function compareSession(
  record: ChargeRecord,
  session: NonNullable<RecordFacts['session']>,
  toleranceWh: number,
): ChargeCheck[] {
  if (session.status === 'INVALID')
    return [
      {
        code: 'session-invalid',
        severity: 'breach',
        message: `The session ${session.id} was declared invalid, and nothing is owed for it. Ask for a credit record.`,
      },
    ];
  if (!isFinalStatus(session.status)) return [];
  const billedWh = energyFromKwh(Number(record.totals.energyKwh));
  if (Math.abs(billedWh - session.energyWh) <= Math.max(toleranceWh, SAME_ENERGY_WH)) return [];
  return [
    {
      code: 'session-energy-differs',
      severity: 'warning',
      message: `The record bills ${record.totals.energyKwh} kWh, and the session ended with ${session.energyWh / 1000} kWh. Ask the CPO which is right.`,
    },
  ];
}

/** Late is what the CPO wrote late: when it was read here says nothing, for a new console reads of a whole year at once. */
function checkTimes({ charge, receivedAtMs, updatedAtMs }: ChargeRecord): ChargeCheck[] {
  const daysLate = Math.floor((Math.min(updatedAtMs, receivedAtMs) - charge.endMs) / DAY_MS);
  if (daysLate > LATE_AFTER_DAYS)
    return [
      {
        code: 'late-record',
        severity: 'warning',
        message: `The record was written ${daysLate} days after the charge. Look into the contract whether it is still to be paid.`,
      },
    ];
  if (charge.endMs <= receivedAtMs + CLOCK_SLACK_MS) return [];
  return [
    {
      code: 'ends-in-future',
      severity: 'warning',
      message:
        'The record came before the end that it states for the charge. Ask the CPO to look at the clock of the charge point.',
    },
  ];
}
