/**
 * Energy of a meter by the quarter hour, or by the hour, day or month of its depot's clocks.
 *
 * Invariant: what is given covers the range without gap or overlap, and the counts of a span add up to its quarter hours
 * that are over. Days are read as they were summed; a day that is not is summed on the way.
 */
import { beginOfQuarter } from '../../../shared/domain/metering/derive-intervals.ts';
import { fromMilliwattHours } from '../../../shared/domain/metering/energy-between.ts';
import { INTERVAL_MS, type EnergyInterval, type IntervalBasis } from '../../../shared/domain/metering/interval.ts';
import { openLocalTime, type LocalSpan, type LocalTime } from '../../../shared/kernel/local-time.ts';
import type { QueryInput } from '../../../shared/ipc/console-api.ts';
import type { EnergySpan, MeterIntervals } from '../../../shared/ipc/metering/interval-contract.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { numberOfMeter } from '../meters/meter-table.ts';
import { readDays, sumIntervals, zoneOfMeter, type SumRow } from './day-table.ts';
import { BASIS_OF_CODE, readIntervalRows, readIntervals } from './interval-table.ts';

/** More than a year of quarter hours; of a longer range the end is answered. */
const MOST_SPANS = 40_000;
const LENGTH_MS = { quarter: INTERVAL_MS, hour: 3_600_000, day: 86_400_000, month: 28 * 86_400_000 } as const;

export function readEnergy(
  store: ReadableStore,
  { meterId, fromMs, toMs, per }: QueryInput<'metering/intervals'>,
  nowMs: EpochMs,
): MeterIntervals {
  const number = numberOfMeter(store, meterId);
  const endMs = Math.min(toMs, nowMs);
  const beginMs = Math.max(fromMs, endMs - MOST_SPANS * LENGTH_MS[per]);
  if (number === undefined) return per === 'quarter' ? { per, intervals: [] } : { per, spans: [] };
  if (per === 'quarter') return { per, intervals: readQuarters(store, number, beginMs, endMs) };
  const local = zoneOfMeter(store, number) ?? openLocalTime('UTC');
  const spans = local === undefined ? [] : listSpans(local, per, beginMs, endMs);
  const sums = per === 'hour' ? sumHours(store, number, spans) : sumDays(store, number, local, spans);
  return { per, spans: sums.map((sum) => toSpan(sum, nowMs)) };
}

function readQuarters(store: ReadableStore, number: number, fromMs: EpochMs, endMs: EpochMs): EnergyInterval[] {
  const known = readIntervals(store, number, beginOfQuarter(fromMs), endMs);
  const intervals: EnergyInterval[] = [];
  let next = 0;
  for (let beginMs = beginOfQuarter(fromMs); beginMs + INTERVAL_MS <= endMs; beginMs += INTERVAL_MS) {
    const interval = known[next];
    if (interval?.beginMs === beginMs) {
      intervals.push(interval);
      next += 1;
    } else intervals.push({ beginMs, importWh: undefined, exportWh: undefined, basis: 'missing', bracketMs: 0 });
  }
  return intervals;
}

function listSpans(local: LocalTime, per: 'hour' | 'day' | 'month', fromMs: EpochMs, endMs: EpochMs): LocalSpan[] {
  const spans: LocalSpan[] = [];
  for (let atMs = fromMs; atMs < endMs; atMs = spans.at(-1)?.endMs ?? endMs) spans.push(local.spanOf(per, atMs));
  return spans;
}

function sumHours(store: ReadableStore, number: number, spans: readonly LocalSpan[]): SumRow[] {
  const rows = readIntervalRows(store, number, spans[0]?.beginMs ?? 0, spans.at(-1)?.endMs ?? 0);
  let next = 0;
  return spans.map((span) => {
    const sum = emptySum(span);
    for (let row = rows[next]; row !== undefined && row.begin_ms < span.endMs; row = rows[++next]) {
      if (row.import_mwh !== null) sum.importMwh = (sum.importMwh ?? 0) + row.import_mwh;
      if (row.export_mwh !== null) sum.exportMwh = (sum.exportMwh ?? 0) + row.export_mwh;
      sum.counts[BASIS_OF_CODE[row.basis] ?? 'missing'] += 1;
    }
    return sum;
  });
}

/** Of days or of whole months. */
function sumDays(
  store: ReadableStore,
  number: number,
  local: LocalTime | undefined,
  spans: readonly LocalSpan[],
): SumRow[] {
  const [first, last] = [spans[0], spans.at(-1)];
  if (local === undefined || first === undefined || last === undefined) return [];
  const known = new Map(readDays(store, number, first.beginMs, last.endMs).map((day) => [day.beginMs, day]));
  return spans.map((span) => {
    const sum = emptySum(span);
    for (const day of listSpans(local, 'day', span.beginMs, span.endMs)) {
      const summed = known.get(day.beginMs);
      const { importMwh, exportMwh, counts } = summed?.endMs === day.endMs ? summed : sumIntervals(store, number, day);
      if (importMwh !== null) sum.importMwh = (sum.importMwh ?? 0) + importMwh;
      if (exportMwh !== null) sum.exportMwh = (sum.exportMwh ?? 0) + exportMwh;
      for (const basis of BASIS_OF_CODE) sum.counts[basis] += counts[basis];
    }
    return sum;
  });
}

type GrowingSum = LocalSpan & {
  importMwh: number | null;
  exportMwh: number | null;
  readonly counts: Record<IntervalBasis, number>;
};

function emptySum(span: LocalSpan): GrowingSum {
  return {
    ...span,
    importMwh: null,
    exportMwh: null,
    counts: { measured: 0, spread: 0, partial: 0, imported: 0, missing: 0 },
  };
}

function toSpan({ beginMs, endMs, importMwh, exportMwh, counts }: SumRow, nowMs: EpochMs): EnergySpan {
  const over = Math.floor((Math.min(endMs, nowMs) - beginMs) / INTERVAL_MS);
  const known = BASIS_OF_CODE.reduce((sum, basis) => sum + counts[basis], 0);
  return {
    beginMs,
    endMs,
    importWh: importMwh === null ? undefined : fromMilliwattHours(importMwh),
    exportWh: exportMwh === null ? undefined : fromMilliwattHours(exportMwh),
    counts: { ...counts, missing: Math.max(0, over - known) },
  };
}
