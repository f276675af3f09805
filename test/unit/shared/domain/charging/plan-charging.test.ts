import { describe, expect, it } from 'vitest';
import { planCharging, type ChargingPlan } from '../../../../../src/shared/domain/charging/plan-charging.ts';
import type { PlanCase, PlanVehicle } from '../../../../../src/shared/domain/charging/plan-case.ts';
import { madeSite as site, madeSlot as slot, madeVehicle as vehicle } from '../../../../support/charging/made-case.ts';
import { breachesOf } from '../../../../support/charging/plan-breaches.ts';
import { randomCase } from '../../../../support/charging/random-case.ts';
import { chooseSeed, seededRandom } from '../../../../support/seeded-random.ts';

const powersOf = (plan: ChargingPlan) => plan.powerKw.map((row) => [...row]);

describe('the cheapest plan', () => {
  it('fills the cheap slots first and says what one kWh more costs', () => {
    const plan = planCharging(site([slot(9), slot(3), slot(5)], [vehicle('A', 14, 3)]));
    expect(powersOf(plan)).toEqual([[0, 10, 4]]);
    expect(plan.objective).toBe(10 * 3 + 4 * 5);
    expect(plan.bound).toBe(plan.objective);
    expect(plan.marginalPrice).toEqual([9, 3, 5]);
    expect(plan.missingReason).toBeUndefined();
  });

  it('takes the surplus for what it would have earned', () => {
    const plan = planCharging(site([slot(3), slot(9, { exportPrice: 2, pvKw: 6 })], [vehicle('A', 10, 2)]));
    expect(powersOf(plan)).toEqual([[4, 6]]);
    expect(plan.objective).toBe(4 * 3);
  });

  it('raises the peak only where that is cheaper than a dearer slot', () => {
    const slots = [slot(3), slot(5), slot(5)];
    const flat = planCharging(site(slots, [vehicle('A', 12, 3)], { demand: { pricePerKw: 50, peakSoFarKw: 0 } }));
    expect(powersOf(flat)).toEqual([[4, 4, 4]]);
    expect(flat.peakKw).toBeCloseTo(4, 9);
    const free = planCharging(site(slots, [vehicle('A', 12, 3)], { demand: { pricePerKw: 1, peakSoFarKw: 7 } }));
    expect(free.peakKw).toBeGreaterThan(7);
    expect(free.objective - free.bound).toBeLessThanOrEqual(1e-9 * free.objective);
  });

  it('counts the building in the peak', () => {
    const slots = [slot(3, { loadKw: 8 }), slot(3)];
    const plan = planCharging(site(slots, [vehicle('A', 8, 2)], { demand: { pricePerKw: 10, peakSoFarKw: 0 } }));
    expect(powersOf(plan)).toEqual([[0, 8]]);
    expect(plan.peakKw).toBe(8);
  });

  it('buys outside what the site would have to give at a higher price', () => {
    const dear = vehicle('A', 10, 1, { offers: [{ kwh: 4, pricePerKwh: 7 }] });
    const plan = planCharging(site([slot(9)], [dear]));
    expect(powersOf(plan)).toEqual([[6]]);
    expect(plan.bought).toEqual([[4]]);
    expect(plan.missingKwh).toEqual([0]);
  });

  it('serves who is worth more when not all fits', () => {
    const slots = [slot(3, { importLimitKw: 10 })];
    const plan = planCharging(site(slots, [vehicle('A', 10, 1), vehicle('B', 10, 1, { missingPrice: 5000 })]));
    expect(plan.missingKwh).toEqual([10, 0]);
    expect(plan).toMatchObject({ cost: 30, objective: 30 + 1000 + 9 * 2000 });
  });

  it('keeps each limit of a tree', () => {
    const feeders = [
      { id: 'hall', parent: undefined, limitKw: [12, 12] },
      { id: 'row', parent: 'hall', limitKw: [5, 5] },
    ];
    const vehicles = [vehicle('A', 20, 2, { feeder: 'row' }), vehicle('B', 20, 2, { feeder: 'hall' })];
    const plan = planCharging(site([slot(3), slot(3)], vehicles, { feeders }));
    expect(plan.missingKwh).toEqual([10, 6]);
    expect(plan.missingReason).toMatchObject({ missingKwh: 16, needKwh: 40, siteKwh: 0, feederKwh: 24 });
  });
});

describe('the reason for what is missing', () => {
  it('tells a full site from a charger that is too weak for the time', () => {
    const slots = [slot(3, { importLimitKw: 12 }), slot(3)];
    const plan = planCharging(site(slots, [vehicle('A', 14, 1), vehicle('B', 14, 1)]));
    expect(plan.missingReason).toMatchObject({
      needKwh: 28,
      fullSlots: [0],
      siteKwh: 12,
      ownChargerKwh: 0,
      missingKwh: 16,
    });
    const alone = planCharging(site([slot(3), slot(3)], [vehicle('A', 14, 1)]));
    expect(alone.missingReason).toMatchObject({
      needKwh: 14,
      fullSlots: [],
      siteKwh: 0,
      ownChargerKwh: 10,
      missingKwh: 4,
    });
  });
});

describe('a few hundred random cases', () => {
  const seed = chooseSeed();
  const seeds = (count: number) => Array.from({ length: count }, (_, at) => seed + at);

  it('are proven, keep every limit, meet every need in one way or another, and explain what is missing', () => {
    const breaches = seeds(400).flatMap((each) => {
      const asked = randomCase(each);
      return breachesOf(asked, planCharging(asked)).map((breach) => `seed ${each}: ${breach}`);
    });
    expect(breaches).toEqual([]);
  });

  it('give the same bits twice, and in whatever order the vehicles are told', () => {
    for (const each of seeds(40)) {
      const asked = randomCase(each);
      const plan = planCharging(asked);
      expect(planCharging(asked)).toEqual(plan);
      const turned = planCharging({ ...asked, vehicles: asked.vehicles.toReversed() });
      expect({ seed: each, ...turned, powerKw: turned.powerKw.toReversed() }).toMatchObject({
        seed: each,
        powerKw: plan.powerKw,
        objective: plan.objective,
        bound: plan.bound,
      });
    }
  });
});

describe('a plan made from the one before', () => {
  const seed = chooseSeed();

  it('costs what one from nothing costs, keeps every limit, and moves less, after whatever happened', () => {
    const breaches: string[] = [];
    let movedFromBefore = 0;
    let movedFromNothing = 0;
    for (let each = seed; each < seed + 150; each++) {
      let asked = randomCase(each);
      let plan = planCharging(asked);
      for (let event = 0; event < 3; event++) {
        const next = disturb(asked, each + event);
        const cold = planCharging(next.plan);
        const warm = planCharging(
          next.plan,
          plan.powerKw.map((row, at) => row.subarray(next.laterBy[at])),
        );
        const difference = Math.abs(warm.objective - cold.objective) / Math.max(1, Math.abs(cold.objective));
        if (difference > 1e-9) breaches.push(`seed ${each}, event ${event}: ${warm.objective}, not ${cold.objective}`);
        breaches.push(...breachesOf(next.plan, warm).map((breach) => `seed ${each}, event ${event}: ${breach}`));
        movedFromBefore += cellsBetween(plan, warm, next.laterBy);
        movedFromNothing += cellsBetween(plan, cold, next.laterBy);
        asked = next.plan;
        plan = warm;
      }
    }
    expect(breaches).toEqual([]);
    expect(movedFromBefore).toBeLessThan(movedFromNothing * 0.7);
  });

  it('is the plan before when nothing happened, and the same bits twice', () => {
    for (let each = seed; each < seed + 50; each++) {
      const asked = randomCase(each);
      const plan = planCharging(asked);
      const again = planCharging(asked, plan.powerKw);
      expect({ each, moved: cellsBetween(plan, again, []) }).toEqual({ each, moved: 0 });
      expect(planCharging(asked, plan.powerKw)).toEqual(again);
    }
  });
});

/** One vehicle needs less or more, comes later, leaves earlier, or the site gives less for a while. */
function disturb(plan: PlanCase, seed: number): { readonly plan: PlanCase; readonly laterBy: readonly number[] } {
  const random = seededRandom(seed);
  const chosen = Math.floor(random() * plan.vehicles.length);
  const kind = Math.floor(random() * 4);
  const laterBy = plan.vehicles.map(({ maxKw }, at) => (at === chosen && kind === 1 && maxKw.length > 2 ? 1 : 0));
  const change = (each: PlanVehicle, at: number): PlanVehicle => {
    if (at !== chosen) return each;
    if (kind === 0) return { ...each, needKwh: each.needKwh * (0.5 + random()) };
    if (kind === 1)
      return { ...each, fromSlot: each.fromSlot + (laterBy[at] ?? 0), maxKw: each.maxKw.slice(laterBy[at]) };
    return kind === 2 ? { ...each, maxKw: each.maxKw.slice(0, Math.max(1, each.maxKw.length - 2)) } : each;
  };
  const cut = kind === 3 ? 0.7 : 1;
  return {
    plan: {
      ...plan,
      vehicles: plan.vehicles.map(change),
      slots: plan.slots.map((each, at) => (at < 6 ? { ...each, importLimitKw: each.importLimitKw * cut } : each)),
    },
    laterBy,
  };
}

function cellsBetween(before: ChargingPlan, after: ChargingPlan, laterBy: readonly number[]): number {
  let cells = 0;
  after.powerKw.forEach((row, at) =>
    row.forEach((kw, slot) => {
      if (Math.abs(kw - (before.powerKw[at]?.[slot + (laterBy[at] ?? 0)] ?? 0)) > 1e-6) cells++;
    }),
  );
  return cells;
}
