import { describe, expect, it } from 'vitest';
import type { BilledEnergy } from '../../../../../../src/shared/domain/metering/balance/balance.ts';
import {
  findBillingFaults,
  sessionsOf,
} from '../../../../../../src/shared/domain/metering/balance/find-billing-faults.ts';
import { layOut } from '../../../../../../src/shared/domain/metering/balance/meter-series.ts';
import { INTERVAL_MS } from '../../../../../../src/shared/domain/metering/interval.ts';
import { energyWh } from '../../../../../../src/shared/kernel/quantity.ts';
import { BEGIN_MS, balanceMeter } from '../../../../../support/made-balance.ts';

const SETTINGS = { lossShare: 0.01, lossUncertainty: 0.5, clockSlipMs: 2_000 };

function piece(
  sessionId: string,
  fromSlot: number,
  toSlot: number,
  wh: number,
  changes: Partial<BilledEnergy> = {},
): BilledEnergy {
  return {
    evseKey: 'LOC/E1',
    sessionId,
    beginMs: BEGIN_MS + fromSlot * INTERVAL_MS,
    endMs: BEGIN_MS + toSlot * INTERVAL_MS,
    energyWh: energyWh(wh),
    isRunning: false,
    ...changes,
  };
}

function find(countedWh: readonly number[], pieces: readonly BilledEnergy[]) {
  const series = layOut(balanceMeter('E1', countedWh, { role: 'charger' }), BEGIN_MS, countedWh.length, SETTINGS);
  return findBillingFaults(
    { series, sessions: sessionsOf(pieces), correctedWh: series.netWh, zone: undefined },
    BEGIN_MS,
  );
}

/** Waits, charges for an hour at 20 kW, waits. */
const HOUR = [2, 3, 2, 5000, 5000, 5000, 5000, 2, 3, 2];

describe('a charger’s meter against sessions', () => {
  it('finds nothing where a session claims what was counted, less some conversion', () => {
    expect(find(HOUR, [piece('S1', 3.1, 6.9, 20_000)])).toEqual([]);
    expect(find(HOUR, [piece('S1', 3.1, 6.9, 18_200)])).toEqual([]);
  });

  it('finds charging that no session claims, with its time', () => {
    const [found, ...others] = find(HOUR, []);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      kind: 'unbilled-charging',
      severity: 'alarm',
      fromMs: BEGIN_MS + 3 * INTERVAL_MS,
      toMs: BEGIN_MS + 7 * INTERVAL_MS,
      energyWh: 20_000,
      evidence: ['20.0 kWh from 2026-03-01 00:45 to 2026-03-01 01:45 UTC, with no session.'],
    });
  });

  it('finds a session that claims much less than was counted', () => {
    expect(find(HOUR, [piece('S1', 3, 7, 8_000)])).toMatchObject([{ kind: 'unbilled-charging', energyWh: 12_000 }]);
  });

  it('finds sessions that claim more than was counted', () => {
    const found = find(HOUR, [piece('S1', 3, 7, 20_000), piece('S2', 3, 7, 20_000)]);
    expect(found).toMatchObject([{ kind: 'double-billed', severity: 'alarm', energyWh: 20_000 }]);
    expect(found[0]?.evidence[0]).toContain('S1 and S2 both claim the same 60 min');
  });

  it('warns of two sessions at one time that claim no more than was counted', () => {
    const found = find(HOUR, [piece('S1', 3, 6, 10_000), piece('S2', 5, 7, 9_500)]);
    expect(found).toMatchObject([{ kind: 'double-billed', severity: 'warning', energyWh: 9_500 }]);
  });

  it('takes clocks that differ by a minute for no overlap', () => {
    expect(find(HOUR, [piece('S1', 3, 5.05, 10_000), piece('S2', 5, 7, 9_800)])).toEqual([]);
  });

  it('waits with its judgement while a session runs, and where it lies outside of what is looked at', () => {
    expect(find(HOUR, [piece('S1', 3, 4, 4_000, { isRunning: true })])).toEqual([]);
    expect(find(HOUR, [piece('S1', -4, 7, 60_000)])).toEqual([]);
  });

  it('says nothing of quarter hours that are not known', () => {
    const unknown = HOUR.map((wh, slot) => (slot === 4 ? Number.NaN : wh));
    expect(find(unknown, [piece('S1', 3, 7, 40_000)])).toEqual([]);
  });

  it('takes the pieces of a session as one', () => {
    expect(find(HOUR, [piece('S1', 3, 5, 10_000), piece('S1', 5, 7, 9_900)])).toEqual([]);
  });
});
