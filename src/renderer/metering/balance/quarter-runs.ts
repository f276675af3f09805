/**
 * The rows of a balance laid out by local day. Invariant: only what is out of the ordinary is drawn, as runs; a day is as long
 * as its clocks make it, so that on a day of 92 or 100 quarter hours every row still stands at its own place.
 */
import type { BalanceRow, BalanceVerdict } from '../../../shared/domain/metering/balance/balance.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';

export type QuarterRun = {
  readonly verdict: Exclude<BalanceVerdict, 'balanced'>;
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  readonly reason: string | undefined;
};

export type QuarterDay = {
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  readonly runs: readonly QuarterRun[];
  /** What has been judged ends here; undefined when nothing of the day has. */
  readonly judgedUntilMs: EpochMs | undefined;
};

export function quarterDays(
  rows: readonly BalanceRow[],
  days: readonly { readonly beginMs: EpochMs; readonly endMs: EpochMs }[],
): readonly QuarterDay[] {
  return days.map(({ beginMs, endMs }) => {
    const ofDay = rows.filter((row) => row.beginMs >= beginMs && row.beginMs < endMs);
    return { beginMs, endMs, runs: runsOf(ofDay), judgedUntilMs: ofDay.at(-1)?.endMs };
  });
}

function runsOf(rows: readonly BalanceRow[]): readonly QuarterRun[] {
  const runs: QuarterRun[] = [];
  for (const { beginMs, endMs, verdict, reason } of rows) {
    if (verdict === 'balanced') continue;
    const last = runs.at(-1);
    if (last !== undefined && last.verdict === verdict && last.endMs === beginMs && last.reason === reason)
      runs[runs.length - 1] = { ...last, endMs };
    else runs.push({ verdict, beginMs, endMs, reason });
  }
  return runs;
}

export type VerdictCounts = Readonly<Record<BalanceVerdict, number>>;

export function countVerdicts(rows: readonly BalanceRow[]): VerdictCounts {
  const counts = { balanced: 0, warning: 0, alarm: 0, unknown: 0 };
  for (const { verdict } of rows) counts[verdict]++;
  return counts;
}
