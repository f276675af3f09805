import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvseStatus } from '../../../../../../src/shared/domain/marketplace/evse.ts';
import {
  addBilled,
  addSession,
  addStatuses,
  mergeSums,
  noSums,
  performanceRow,
} from '../../../../../../src/shared/domain/marketplace/network-performance/performance-sums.ts';

const place = { key: 'k', name: 'n', parentName: undefined };
const noTariffs = { tariffChanges: 0, lastTariffChangeAtMs: undefined };

describe('downtime', () => {
  it('counts only what lies in the window and is known', () => {
    const sums = noSums();
    const changes = [
      { atMs: 0, status: 'AVAILABLE' },
      { atMs: 150, status: 'INOPERATIVE' },
      { atMs: 180, status: 'CHARGING' },
    ] as const;
    addStatuses(sums, changes, 100, 200);
    expect(sums).toMatchObject({ windowMs: 100, knownMs: 100, downMs: 30 });
    const late = noSums();
    addStatuses(late, [{ atMs: 190, status: 'UNKNOWN' }], 100, 200);
    expect(late).toMatchObject({ windowMs: 100, knownMs: 10, downMs: 10 });
  });

  it('equals what a look at every instant finds', () => {
    const statuses: EvseStatus[] = [
      'AVAILABLE',
      'BLOCKED',
      'CHARGING',
      'INOPERATIVE',
      'OUTOFORDER',
      'UNKNOWN',
      'RESERVED',
    ];
    const down = ['BLOCKED', 'INOPERATIVE', 'OUTOFORDER', 'UNKNOWN'];
    const changes = fc
      .uniqueArray(fc.record({ atMs: fc.integer({ min: 0, max: 60 }), status: fc.constantFrom(...statuses) }), {
        selector: ({ atMs }) => atMs,
      })
      .map((list) => list.toSorted((a, b) => a.atMs - b.atMs));
    fc.assert(
      fc.property(changes, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 31, max: 60 }), (list, fromMs, toMs) => {
        const sums = noSums();
        addStatuses(sums, list, fromMs, toMs);
        const at = (ms: number) => list.findLast(({ atMs }) => atMs <= ms)?.status;
        const instants = Array.from({ length: toMs - fromMs }, (_, index) => at(fromMs + index));
        expect(sums.knownMs).toBe(instants.filter((status) => status !== undefined).length);
        expect(sums.downMs).toBe(instants.filter((status) => down.includes(status ?? '')).length);
      }),
    );
  });
});

describe('a row', () => {
  it('says of power only what sessions of some length tell, weighted by energy', () => {
    const sums = noSums();
    addSession(sums, { energyWh: 40_000, durationMs: 3_600_000, promisedW: 50_000 });
    addSession(sums, { energyWh: 100, durationMs: 60_000, promisedW: 50_000 });
    addSession(sums, { energyWh: 9000, durationMs: 3_600_000, promisedW: undefined });
    const row = performanceRow(place, sums, noTariffs);
    expect(row).toMatchObject({ sessions: 3, deliveredSessions: 1, deliveredShare: 0.8, energyKwh: 49.1 });
  });

  it('never adds currencies, and has the exact net a kWh', () => {
    const sums = noSums();
    addBilled(sums, 'EUR', '10.01', 20_000);
    addBilled(sums, 'EUR', '0.02', 300);
    addBilled(sums, 'INR', '900', 1000);
    expect(performanceRow(place, sums, noTariffs)).toMatchObject({ currency: 'EUR', pricePerKwh: '0.4941' });
  });

  it('says nothing where nothing was seen', () => {
    expect(performanceRow(place, noSums(), noTariffs)).toMatchObject({
      deliveredShare: undefined,
      downShare: undefined,
      pricePerKwh: undefined,
      knownShare: 0,
    });
  });

  it('of a site is the sum of its charge points', () => {
    const one = noSums();
    addBilled(one, 'EUR', '1.5', 3000);
    addSession(one, { energyWh: 3000, durationMs: 600_000, promisedW: 22_000 });
    const other = noSums();
    addBilled(other, 'EUR', '2.25', 4500);
    const together = noSums();
    mergeSums(together, one);
    mergeSums(together, other);
    expect(performanceRow(place, together, noTariffs)).toMatchObject({
      sessions: 1,
      energyKwh: 3,
      pricePerKwh: '0.5000',
    });
  });
});
