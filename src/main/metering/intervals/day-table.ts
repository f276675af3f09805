/**
 * Days of the depot's time zone, summed from their quarter hours when they are over, so that a year of a thousand meters is
 * read in days. Kept for ever; quarter hours are kept for three years.
 *
 * Invariant: a day that stands here is the sum of its quarter hours: it is summed in the transaction that changes one.
 * Until the depot is known nothing is summed, and days are read from their quarter hours.
 */
import { INTERVAL_MS, type IntervalBasis } from '../../../shared/domain/metering/interval.ts';
import { openLocalTime, type LocalSpan, type LocalTime } from '../../../shared/kernel/local-time.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import { readDepot } from '../../fleet/depot-table.ts';
import { CODE_OF_BASIS, firstIntervalBegin, lastIntervalBegin } from './interval-table.ts';

/**
 * As long as energy bills are commonly disputed (three years is the regular limitation period in Germany, § 195 BGB). At 28 bytes
 * a row that is 3 MB a meter.
 */
export const INTERVALS_KEPT_MS = 3 * 366 * 86_400_000;
const DAY_MS = 86_400_000;

export type SumRow = LocalSpan & {
  readonly importMwh: number | null;
  readonly exportMwh: number | null;
  readonly counts: Readonly<Record<IntervalBasis, number>>;
};

type DayRow = {
  begin_ms: number;
  end_ms: number;
  import_mwh: number | null;
  export_mwh: number | null;
} & Record<IntervalBasis, number>;

export function zoneOfMeter(store: ReadableStore, meterNumber: number): LocalTime | undefined {
  const depotId = store
    .prepare<[number], string>('SELECT depot_id FROM meter WHERE number = ?')
    .pluck()
    .get(meterNumber);
  const depot = depotId === undefined ? undefined : readDepot(store, depotId);
  return depot === undefined ? undefined : openLocalTime(depot.timeZone);
}

/** What the quarter hours of a span add up to, and how many of them there are of each basis. */
export function sumIntervals(store: ReadableStore, meterNumber: number, { beginMs, endMs }: LocalSpan): SumRow {
  const count = (basis: keyof typeof CODE_OF_BASIS) =>
    `count(*) FILTER (WHERE basis = ${CODE_OF_BASIS[basis]}) AS ${basis}`;
  const sums = store
    .prepare<[number, number, number], Omit<DayRow, 'begin_ms' | 'end_ms' | 'missing'>>(
      `SELECT sum(import_mwh) AS import_mwh, sum(export_mwh) AS export_mwh, ${count('measured')}, ${count('spread')},
         ${count('partial')}, ${count('imported')}
       FROM meter_interval WHERE meter_number = ? AND begin_ms >= ? AND begin_ms < ?`,
    )
    .get(meterNumber, beginMs, endMs);
  const { import_mwh: importMwh = null, export_mwh: exportMwh = null } = sums ?? {};
  const { measured = 0, spread = 0, partial = 0, imported = 0 } = sums ?? {};
  const missing = Math.round((endMs - beginMs) / INTERVAL_MS) - measured - spread - partial - imported;
  return { beginMs, endMs, importMwh, exportMwh, counts: { measured, spread, partial, imported, missing } };
}

/** Those that stand here, of a half-open range of begins, oldest first. */
export function readDays(store: ReadableStore, meterNumber: number, fromMs: EpochMs, toMs: EpochMs): SumRow[] {
  return store
    .prepare<[number, number, number], DayRow>(
      `SELECT * FROM meter_day WHERE meter_number = ? AND begin_ms >= ? AND begin_ms < ? ORDER BY begin_ms`,
    )
    .all(meterNumber, fromMs, toMs)
    .map((row) => {
      const { measured, spread, partial, imported, missing } = row;
      return {
        beginMs: row.begin_ms,
        endMs: row.end_ms,
        importMwh: row.import_mwh,
        exportMwh: row.export_mwh,
        counts: { measured, spread, partial, imported, missing },
      };
    });
}

/** A depot's zone may have become another: what was summed by the old one's midnights goes. */
function putDay(tx: Transaction, meterNumber: number, day: SumRow): void {
  const { beginMs, endMs, importMwh, exportMwh, counts } = day;
  tx.prepare(
    `DELETE FROM meter_day WHERE meter_number = @meterNumber AND begin_ms > @fromMs AND begin_ms < @endMs
       AND end_ms > @beginMs`,
  ).run({ meterNumber, fromMs: beginMs - 2 * DAY_MS, beginMs, endMs });
  tx.prepare(
    `INSERT INTO meter_day VALUES (@meterNumber, @beginMs, @endMs, @importMwh, @exportMwh, @measured, @spread, @partial,
       @imported, @missing)`,
  ).run({ meterNumber, beginMs, endMs, importMwh, exportMwh, ...counts });
}

/**
 * Sums the days that are over of those in which quarter hours changed, and of the one in which the newest quarter hour lay
 * before the change.
 */
export function sumChangedDays(
  tx: Transaction,
  meterNumber: number,
  changedBegins: readonly EpochMs[],
  newestBefore: EpochMs | undefined,
): void {
  const zone = zoneOfMeter(tx, meterNumber);
  const newestMs = lastIntervalBegin(tx, meterNumber, Infinity);
  if (zone === undefined || newestMs === undefined) return;
  const sorted = [...changedBegins, ...(newestBefore === undefined ? [] : [newestBefore])].toSorted((a, b) => a - b);
  let summedUntilMs = -Infinity;
  for (const beginMs of sorted) {
    if (beginMs < summedUntilMs) continue;
    const day = zone.spanOf('day', beginMs);
    summedUntilMs = day.endMs;
    if (day.endMs <= newestMs + INTERVAL_MS) putDay(tx, meterNumber, sumIntervals(tx, meterNumber, day));
  }
}

/**
 * The oldest day, if it is older than quarter hours are kept: it is summed, and its quarter hours go. Called often, it forgets
 * all of them; but none after a clock was put ahead by mistake, which shows in as long a time without any.
 */
export function forgetOldIntervals(tx: Transaction, meterNumber: number, nowMs: EpochMs): void {
  const oldestMs = firstIntervalBegin(tx, meterNumber, -Infinity);
  const keptFromMs = nowMs - INTERVALS_KEPT_MS;
  if (oldestMs === undefined || oldestMs >= keptFromMs) return;
  const firstToStayMs = firstIntervalBegin(tx, meterNumber, keptFromMs) ?? nowMs;
  const lastToGoMs = lastIntervalBegin(tx, meterNumber, keptFromMs) ?? oldestMs;
  if (firstToStayMs - lastToGoMs >= INTERVALS_KEPT_MS) return;
  const zone = zoneOfMeter(tx, meterNumber) ?? openLocalTime('UTC');
  if (zone === undefined) return;
  const day = zone.spanOf('day', oldestMs);
  const known = readDays(tx, meterNumber, day.beginMs, day.endMs);
  if (known.length === 0) putDay(tx, meterNumber, sumIntervals(tx, meterNumber, day));
  tx.prepare('DELETE FROM meter_interval WHERE meter_number = ? AND begin_ms < ?').run(meterNumber, day.endMs);
}
