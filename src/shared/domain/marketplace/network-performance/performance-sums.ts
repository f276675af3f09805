/**
 * Sums of what charge points did for us, and the row they make. Invariant: a row of a CPO or a site is the sum of the rows below it, and
 * every share keeps its numerator and denominator.
 */
import type { EpochMs } from '../../../kernel/instant.ts';
import { add, divide, exactOf, isZero, toDecimalText, ZERO, type Exact } from '../../../kernel/exact.ts';
import type { EvseStatus } from '../evse.ts';
import type { PerformanceRow } from '../performance.ts';

export type PerformanceSums = {
  evses: number;
  starts: number;
  startsDone: number;
  startsUnknown: number;
  sessions: number;
  energyWh: number;
  /** Of the sessions that were long enough to tell. */
  judgedSessions: number;
  judgedWh: number;
  promisedWh: number;
  downMs: number;
  knownMs: number;
  windowMs: number;
  records: number;
  recordsInDoubt: number;
  /** By currency. */
  readonly billed: Map<string, { net: Exact; energyWh: number }>;
};

export function noSums(): PerformanceSums {
  return {
    evses: 0,
    starts: 0,
    startsDone: 0,
    startsUnknown: 0,
    sessions: 0,
    energyWh: 0,
    judgedSessions: 0,
    judgedWh: 0,
    promisedWh: 0,
    downMs: 0,
    knownMs: 0,
    windowMs: 0,
    records: 0,
    recordsInDoubt: 0,
    billed: new Map(),
  };
}

/** Below this a session says more of plugging and negotiating than of power. */
const LEAST_JUDGED_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

/** Delivered against promised: what would have come at the lesser of connector and vehicle for as long. */
export function addSession(
  sums: PerformanceSums,
  session: { readonly energyWh: number; readonly durationMs: number; readonly promisedW: number | undefined },
): void {
  sums.sessions += 1;
  sums.energyWh += session.energyWh;
  if (session.promisedW === undefined || session.promisedW <= 0 || session.durationMs < LEAST_JUDGED_MS) return;
  sums.judgedSessions += 1;
  sums.judgedWh += session.energyWh;
  sums.promisedWh += (session.promisedW * session.durationMs) / HOUR_MS;
}

export function addBilled(sums: PerformanceSums, currency: string, net: string, energyWh: number): void {
  const known = sums.billed.get(currency) ?? { net: ZERO, energyWh: 0 };
  sums.billed.set(currency, { net: add(known.net, exactOf(net)), energyWh: known.energyWh + energyWh });
}

const DOWN: ReadonlySet<EvseStatus> = new Set(['BLOCKED', 'INOPERATIVE', 'OUTOFORDER', 'UNKNOWN']);

/**
 * @param changes oldest first; the first may lie before the window
 * @returns of the window: how long the charge point served nobody, and for how long its status is known at all
 */
export function addStatuses(
  sums: PerformanceSums,
  changes: readonly { readonly atMs: EpochMs; readonly status: EvseStatus }[],
  fromMs: EpochMs,
  toMs: EpochMs,
): void {
  sums.windowMs += toMs - fromMs;
  changes.forEach(({ atMs, status }, index) => {
    const beginMs = Math.max(fromMs, atMs);
    const endMs = Math.min(toMs, changes[index + 1]?.atMs ?? toMs);
    if (endMs <= beginMs) return;
    sums.knownMs += endMs - beginMs;
    if (DOWN.has(status)) sums.downMs += endMs - beginMs;
  });
}

export function mergeSums(into: PerformanceSums, other: PerformanceSums): void {
  const { billed, ...counts } = other;
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) into[name] += counts[name];
  for (const [currency, { net, energyWh }] of billed) {
    const known = into.billed.get(currency) ?? { net: ZERO, energyWh: 0 };
    into.billed.set(currency, { net: add(known.net, net), energyWh: known.energyWh + energyWh });
  }
}

export function performanceRow(
  place: Pick<PerformanceRow, 'key' | 'name' | 'parentName'>,
  sums: PerformanceSums,
  tariffs: Pick<PerformanceRow, 'tariffChanges' | 'lastTariffChangeAtMs'>,
): PerformanceRow {
  const price = priceLevel(sums);
  return {
    ...place,
    evses: sums.evses,
    starts: sums.starts,
    startsDone: sums.startsDone,
    startsUnknown: sums.startsUnknown,
    sessions: sums.sessions,
    energyKwh: sums.energyWh / 1000,
    deliveredShare: sums.promisedWh > 0 ? sums.judgedWh / sums.promisedWh : undefined,
    deliveredSessions: sums.judgedSessions,
    downShare: sums.knownMs > 0 ? sums.downMs / sums.knownMs : undefined,
    knownShare: sums.windowMs > 0 ? sums.knownMs / sums.windowMs : 0,
    pricePerKwh: price?.perKwh,
    currency: price?.currency,
    records: sums.records,
    recordsInDoubt: sums.recordsInDoubt,
    ...tariffs,
  };
}

/** Net a kWh, in the currency in which most energy was billed; currencies are never added. */
function priceLevel({ billed }: PerformanceSums): { readonly perKwh: string; readonly currency: string } | undefined {
  const [most] = [...billed].toSorted(([, a], [, b]) => b.energyWh - a.energyWh);
  if (most === undefined) return undefined;
  const [currency, { net, energyWh }] = most;
  const kwh = exactOf((energyWh / 1000).toFixed(3));
  return isZero(kwh) || energyWh < 0 ? undefined : { currency, perKwh: toDecimalText(divide(net, kwh), 4, 'half-up') };
}
