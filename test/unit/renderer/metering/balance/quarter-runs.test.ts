import { expect, test } from 'vitest';
import { countVerdicts, quarterDays } from '../../../../../src/renderer/metering/balance/quarter-runs.ts';
import type { BalanceRow, BalanceVerdict } from '../../../../../src/shared/domain/metering/balance/balance.ts';
import { INTERVAL_MS } from '../../../../../src/shared/domain/metering/interval.ts';

const nothing = {
  accuracyWh: 0,
  resolutionWh: 0,
  lossWh: 0,
  clockWh: 0,
  interpolationWh: 0,
  worstWh: 0,
  likelyWh: 0,
};

function rowsOf(verdicts: readonly BalanceVerdict[], reason?: string): readonly BalanceRow[] {
  return verdicts.map((verdict, place) => ({
    beginMs: place * INTERVAL_MS,
    endMs: (place + 1) * INTERVAL_MS,
    inWh: 0,
    outWh: 0,
    expectedLossWh: 0,
    residualWh: 0,
    budget: nothing,
    verdict,
    reason: verdict === 'unknown' ? (reason ?? `meter ${place}`) : undefined,
  }));
}

test('what is out of the ordinary is drawn as runs, and what balances is not drawn', () => {
  const rows = rowsOf(['balanced', 'alarm', 'alarm', 'warning', 'balanced', 'alarm']);
  const [day] = quarterDays(rows, [{ beginMs: 0, endMs: 96 * INTERVAL_MS }]);
  expect(day?.runs.map(({ verdict, beginMs, endMs }) => [verdict, beginMs / INTERVAL_MS, endMs / INTERVAL_MS])).toEqual(
    [
      ['alarm', 1, 3],
      ['warning', 3, 4],
      ['alarm', 5, 6],
    ],
  );
  expect(day?.judgedUntilMs).toBe(6 * INTERVAL_MS);
  expect(countVerdicts(rows)).toEqual({ balanced: 2, warning: 1, alarm: 3, unknown: 0 });
});

test('the unknown runs together only for one and the same reason', () => {
  const day = { beginMs: 0, endMs: 96 * INTERVAL_MS };
  expect(quarterDays(rowsOf(['unknown', 'unknown']), [day])[0]?.runs).toHaveLength(2);
  expect(quarterDays(rowsOf(['unknown', 'unknown'], 'Bay 1'), [day])[0]?.runs).toHaveLength(1);
});

test('each row stands in its own day, and a day ahead has none', () => {
  const days = [0, 1, 2].map((place) => ({ beginMs: place * 2 * INTERVAL_MS, endMs: (place + 1) * 2 * INTERVAL_MS }));
  const laid = quarterDays(rowsOf(['alarm', 'alarm', 'alarm']), days);
  expect(laid.map(({ runs }) => runs.length)).toEqual([1, 1, 0]);
  expect(laid[2]?.judgedUntilMs).toBeUndefined();
});
