/**
 * How long a period was charged, parked or reserved. A CDR states hours with few decimals, and its instants tell the same time to the
 * second: where both agree the instants are exact, so that 25 minutes are five steps of five and not a trace more.
 *
 * Invariant: times that disagree are priced as stated, and the disagreement is said.
 */
import {
  compare,
  exactOf,
  fraction,
  isZero,
  magnitude,
  subtract,
  sum,
  ZERO,
  type Exact,
} from '../../../../kernel/exact.ts';
import type { EpochMs } from '../../../../kernel/instant.ts';
import type { Readings } from '../readings.ts';
import type { Warnings } from '../warnings.ts';

const HOUR_MS = 3_600_000;
/** h a period: what OCPI's four decimals may hide (domain rule 10). */
const TOLERANCE = exactOf('0.0001');

/** h. */
export type Times = { readonly time: Exact; readonly parking: Exact; readonly reservation: Exact };

export type TimedPeriod = {
  readonly periodIndex: number;
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  /** As the period states them. */
  readonly stated: Times;
  /** Energy flowed, and the tariff prices time, and no period of the charge states any time. */
  readonly isTimeMissing: boolean;
};

export const NO_TIMES: Times = { time: ZERO, parking: ZERO, reservation: ZERO };

export function hoursBetween(beginMs: EpochMs, endMs: EpochMs): Exact {
  return fraction(endMs - beginMs, HOUR_MS);
}

export function settleTimes(period: TimedPeriod, readings: Readings, warnings: Warnings): Times {
  const { periodIndex, stated } = period;
  const hours = hoursBetween(period.beginMs, period.endMs);
  if (period.isTimeMissing && readings.missingTime === 'instants') {
    warnings.add(
      'time-not-stated',
      periodIndex,
      (periods) =>
        `The tariff has a price for time, and no time is stated for ${periods}. The time between the instants is billed; ask the operator whether time was to be billed at all.`,
    );
    return { ...NO_TIMES, time: hours };
  }
  const statedTotal = sum([stated.time, stated.parking, stated.reservation]);
  if (isZero(statedTotal)) return NO_TIMES;
  const isAgreed = compare(magnitude(subtract(statedTotal, hours)), TOLERANCE) <= 0;
  if (!isAgreed)
    warnings.add(
      'time-differs',
      periodIndex,
      (periods) =>
        `The hours stated for ${periods} are not those between its begin and end. ${readings.time === 'instants' ? 'The instants are' : 'The stated hours are'} billed; compare them with the session.`,
    );
  if (readings.time === 'volumes' || (readings.time === 'agreed' && !isAgreed)) return stated;
  return takeInstants(stated, statedTotal, hours);
}

/** Only one kind of time can be told from instants; a period of several is left as stated. */
function takeInstants(stated: Times, statedTotal: Exact, hours: Exact): Times {
  const kind = (['time', 'parking', 'reservation'] as const).find((each) => compare(stated[each], statedTotal) === 0);
  return kind === undefined ? stated : { ...NO_TIMES, [kind]: hours };
}
