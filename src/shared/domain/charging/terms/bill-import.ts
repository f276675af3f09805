/**
 * What metered import costs under a depot's terms: energy interval by interval, and each peak. Sums are exact fractions; nothing is
 * rounded before a person reads it.
 */
import { add, compare, divide, exactOf, fraction, larger, multiply, ZERO, type Exact } from '../../../kernel/exact.ts';
import type { EpochMs } from '../../../kernel/instant.ts';
import type { LocalTime } from '../../../kernel/local-time.ts';
import type { SiteTerms } from '../site-terms.ts';
import { demandPricePerKw, importPrice, isCounted, termsAt } from './site-prices.ts';

export type ImportInterval = {
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  readonly importWh: number;
};

export type ImportBill = {
  readonly energy: Exact;
  readonly demand: Exact;
  readonly importWh: number;
  /** Highest mean power of an interval, and when it began. */
  readonly peakW: number;
  readonly peakAtMs: EpochMs | undefined;
  /** Energy of intervals for which no price is known; it is in no sum of money. */
  readonly unpricedWh: number;
};

const HOUR_MS = 3_600_000;
const WH_PER_KWH = 1000;

/** The intervals of one calendar month, whose demand charges are those in force at `termsAtMs`. */
export function billImport(
  terms: readonly SiteTerms[],
  local: LocalTime,
  intervals: readonly ImportInterval[],
  termsAtMs: EpochMs,
): ImportBill {
  let energy = ZERO;
  let importWh = 0;
  let unpricedWh = 0;
  for (const { beginMs, endMs, importWh: wh } of intervals) {
    importWh += wh;
    const price = importPrice(terms, local, beginMs, endMs);
    if (price === undefined) unpricedWh += wh;
    else energy = add(energy, multiply(price, divide(exactWh(wh), fraction(WH_PER_KWH))));
  }
  const now = termsAt(terms, termsAtMs);
  let demand = ZERO;
  for (const each of now?.demand ?? []) {
    if (now === undefined) break;
    const counted = intervals.filter(({ beginMs }) => isCounted(each, local, beginMs));
    const peakKw = counted.reduce((most, interval) => larger(most, meanKw(interval)), ZERO);
    demand = add(demand, multiply(peakKw, demandPricePerKw(each, now)));
  }
  const peak = intervals.reduce<ImportInterval | undefined>(
    (most, each) => (most === undefined || compare(meanKw(each), meanKw(most)) > 0 ? each : most),
    undefined,
  );
  return {
    energy,
    demand,
    importWh,
    peakW: peak === undefined ? 0 : (peak.importWh * HOUR_MS) / (peak.endMs - peak.beginMs),
    peakAtMs: peak?.beginMs,
    unpricedWh,
  };
}

/** Quarter hours are kept as numbers; no meter counts finer than a thousandth of a watt hour. */
function exactWh(wh: number): Exact {
  return exactOf(wh.toFixed(3));
}

function meanKw({ beginMs, endMs, importWh }: ImportInterval): Exact {
  return divide(multiply(exactWh(importWh), fraction(HOUR_MS)), fraction((endMs - beginMs) * WH_PER_KWH));
}
