/** A month of real sessions that others published outcomes of: ours costs what was promised of it, within every line of the garage. */
import { expect, it } from 'vitest';
import { compareMonth } from '../../support/peer-month/compare-month.ts';
import { drawMonth } from '../../support/peer-month/draw-month.ts';
import { PEER_MONTH_FILE } from '../../support/peer-month/month.ts';
import { printFigures } from '../../support/print-figures.ts';
import { isFixtureAbsent } from '../../support/shared-fixtures.ts';

it.skipIf(isFixtureAbsent(PEER_MONTH_FILE))(
  'the peer month costs at most 1214 $ with all the energy that fits, and 92.2 % of it through a fifth of the lines',
  async () => {
    const { rows, offline } = await compareMonth();
    const find = (capacityKw: number, isOurs: boolean) =>
      rows.filter((row) => row.capacityKw === capacityKw && row.isOurs === isOurs);
    const percent = (share: number) => Math.round(share * 10_000) / 100;
    const [ours] = find(150, true);
    const [short] = find(30, true);
    printFigures(
      'the peer month',
      Object.fromEntries(
        rows.map(({ capacityKw, name, outcome }) => [
          `${capacityKw} kW, ${name}`,
          [percent(outcome.deliveredShare), Math.round(outcome.peakKw * 10) / 10, Math.round(outcome.total)],
        ]),
      ),
    );
    expect(ours?.outcome.total).toBeLessThanOrEqual(1214);
    expect(percent(ours?.outcome.deliveredShare ?? 0)).toBeGreaterThanOrEqual(99.88);
    expect(ours?.outcome.total).toBeGreaterThanOrEqual(offline.bound);
    for (const peer of find(150, false)) expect(peer.outcome.total).toBeGreaterThan((ours?.outcome.total ?? 0) * 1.5);
    expect(percent(short?.outcome.deliveredShare ?? 0)).toBeGreaterThanOrEqual(92.2);
    for (const row of rows.filter(({ name }) => name !== 'uncontrolled'))
      expect(row.heaviest).toBeLessThanOrEqual(1 + 1e-9);
    // What is written from the same definitions comes to about what was published.
    for (const { outcome, published } of rows.filter((row) => row.published?.total !== undefined))
      expect(Math.abs(outcome.total - (published?.total ?? 0))).toBeLessThan(10);
    expect(drawMonth(rows)).toContain('re-planned at each event');
  },
  120_000,
);
