/**
 * Simulated months of a depot, second by second, with one fault each: every fault is named and nothing else is. The months
 * come from a simulation of their own that knows nothing of the balance. More seeds: `npm run evidence metering`.
 */
import { describe, expect, it } from 'vitest';
import { balanceMonth } from '../../support/balance-month/confuse.ts';
import { simulateDepot } from '../../support/balance-month/depot-power.ts';
import { FAULTS } from '../../support/balance-month/fault-kinds.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

describe('a month of a depot', () => {
  it.for(SEEDS)('seed %i: each fault is found, and none other', { timeout: 60_000 }, (seed) => {
    const month = simulateDepot(seed);
    const results = Object.keys(FAULTS).map((fault) => balanceMonth(month, seed, fault));
    expect(results).toHaveLength(22);
    expect(results.filter(({ missed, wrong }) => missed.length + wrong.length > 0)).toEqual([]);
    // What was found comes with all that an operator needs.
    for (const { found } of results)
      for (const { sentence, evidence, advice, energyWh, fromMs, toMs } of found) {
        expect(sentence).toMatch(/\.$/u);
        expect(advice).toMatch(/\.$/u);
        expect(evidence.length).toBeGreaterThan(0);
        expect(energyWh).toBeGreaterThanOrEqual(0);
        expect(toMs).toBeGreaterThan(fromMs);
      }
  });

  it('adds up to within the worst case while nothing is wrong', { timeout: 60_000 }, () => {
    const { balance } = balanceMonth(simulateDepot(5), 5, 'nothing');
    const verdicts = balance.nodes.flatMap(({ whole, rows }) => [whole, ...rows].map(({ verdict }) => verdict));
    expect(verdicts.filter((verdict) => verdict === 'alarm' || verdict === 'unknown')).toEqual([]);
    expect(verdicts).toHaveLength(3 * (30 * 96 + 1));
  });
});
