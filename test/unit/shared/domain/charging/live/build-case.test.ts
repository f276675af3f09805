import { describe, expect, it } from 'vitest';
import { buildCase, unplannedW } from '../../../../../../src/shared/domain/charging/live/build-case.ts';
import { planCharging } from '../../../../../../src/shared/domain/charging/plan-charging.ts';
import { powerW } from '../../../../../../src/shared/kernel/quantity.ts';
import {
  FACTS_AT_MS,
  madeBay,
  madeDuty,
  madeFacts,
  madeVehicleFacts,
} from '../../../../../support/charging/made-facts.ts';

const MINUTE_MS = 60_000;

describe('the case of a depot', () => {
  it('counts at the bays: what is lost on the way and a margin are taken off the limit, prices are put up for it', () => {
    const { plan, gridPerBay } = buildCase(madeFacts());
    const [slot] = plan.slots;
    expect(gridPerBay).toBe(1.03);
    expect(slot?.loadKw).toBeCloseTo(10, 9);
    expect(slot?.importLimitKw).toBeCloseTo((100 * 0.98) / 1.03, 9);
    expect(slot?.importPrice).toBeCloseTo(0.3 * 1.03, 12);
    // 40 % for the duty and 10 % reserve, of 50 kWh, from 30 %.
    expect(plan.vehicles[0]?.needKwh).toBeGreaterThan(10);
    expect(plan.vehicles[0]?.needKwh).toBeLessThan(12);
  });

  it('keeps free, for the hour that charge points are told, what a bay with a vehicle in no plan can give', () => {
    const free = madeFacts({ siteLimitW: 60_000 });
    const taken = madeFacts({ siteLimitW: 60_000, unplannedBays: [madeBay('Bay 9', { maxW: powerW(30_000) })] });
    expect([0, 4, 5].map((slot) => unplannedW(taken, slot))).toEqual([30_000, 30_000, 0]);
    const most = (facts: typeof free) => {
      const plan = planCharging(buildCase(facts).plan);
      return Array.from({ length: 4 }, (_, slot) => plan.powerKw.reduce((sum, row) => sum + (row[slot] ?? 0), 0));
    };
    const limitKw = (60 * 0.98) / 1.03 - 10 - 30;
    for (const kw of most(taken)) expect(kw).toBeLessThanOrEqual(limitKw + 1e-9);
    expect(Math.max(...most(free))).toBeGreaterThan(limitKw + 1);
  });

  it('gives a vehicle nothing before it is back nor after it departs, and one at a broken bay nothing at all', () => {
    const away = madeVehicleFacts('C', {
      isHere: false,
      sessionId: undefined,
      duty: madeDuty('C', { departAtMs: FACTS_AT_MS + 100 * MINUTE_MS }),
      running: madeDuty('C', { departAtMs: FACTS_AT_MS - 60 * MINUTE_MS, returnAtMs: FACTS_AT_MS + 20 * MINUTE_MS }),
    });
    const broken = madeVehicleFacts('D', { isBayBroken: true });
    const { plan } = buildCase(madeFacts({ vehicles: [away, broken] }));
    expect(plan.vehicles[0]).toMatchObject({ fromSlot: 2, maxKw: [22, 22, 22, 22] });
    expect(plan.vehicles[1]?.maxKw.every((kw) => kw === 0)).toBe(true);
  });

  it('plans only the rest of the quarter hour that runs, and leaves it alone when it is nearly over', () => {
    const later = madeFacts({ nowMs: FACTS_AT_MS + 5 * MINUTE_MS });
    expect(buildCase(later).leftOfFirst).toBeCloseTo(2 / 3, 9);
    expect(buildCase(later).plan.vehicles[0]?.maxKw[0]).toBeCloseTo(22 * (2 / 3), 9);
    expect(buildCase(madeFacts({ nowMs: FACTS_AT_MS + 15 * MINUTE_MS - 5000 })).leftOfFirst).toBe(0);
  });
});
