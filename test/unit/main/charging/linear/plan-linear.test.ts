import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLinearEngine, type LinearEngine } from '../../../../../src/main/charging/linear/linear-engine.ts';
import { planLinear, type LinearPlan } from '../../../../../src/main/charging/linear/plan-linear.ts';
import { madeSite as site, madeSlot as slot, madeVehicle } from '../../../../support/charging/made-case.ts';
import type { BatteryTaper, PlanCase, PlanVehicle } from '../../../../../src/shared/domain/charging/plan-case.ts';

const vehicle = (id: string, needKwh: number, slots: number, more: Partial<PlanVehicle> = {}): PlanVehicle =>
  madeVehicle(id, needKwh, slots, { maxKw: Array.from({ length: slots }, () => 12), ...more });

let engine: LinearEngine;
beforeAll(async () => void (engine = await loadLinearEngine()));
afterAll(() => engine.dispose());

function planned(plan: PlanCase): LinearPlan {
  const answer = planLinear(plan, engine);
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

it('fills the cheap slots first and says what one kWh more costs', () => {
  const plan = planned(site([slot(9), slot(3), slot(5)], [vehicle('A', 16, 3)]));
  expect(plan.powerKw.map((row) => [...row])).toEqual([[0, 12, 4]]);
  expect(plan).toMatchObject({ objective: 56, cost: 56, bound: 56, peakKw: 12, marginalPrice: [9, 3, 5] });
});

it('takes the surplus for what it would have earned, and supplies a building that is above the limit', () => {
  const slots = [slot(3, { loadKw: 150 }), slot(9, { exportPrice: 2, pvKw: 6 })];
  const plan = planned(site(slots, [vehicle('A', 10, 2)]));
  expect(plan.powerKw.map((row) => [...row])).toEqual([[0, 10]]);
  expect(plan.objective).toBeCloseTo(150 * 3 + 4 * 9, 9);
});

it('weighs each peak by itself', () => {
  const slots = [slot(3), slot(3), slot(3)];
  const furtherDemands = [{ pricePerKw: 50, peakSoFarKw: 1, isCounted: [true, false, false] }];
  const plan = planned(
    site(slots, [vehicle('A', 11, 3)], { demand: { pricePerKw: 20, peakSoFarKw: 0 }, furtherDemands }),
  );
  // One kW less in the counted slot saves 50 and raises two others by half a kW: 10.
  expect(plan.powerKw[0]?.[0]).toBeCloseTo(1, 9);
  expect(plan.peakKw).toBeCloseTo(5, 9);
  expect(plan.furtherPeaksKw[0]).toBeCloseTo(1, 9);
  expect(plan.objective).toBeCloseTo(11 * 3 + 5 * 20 + 50, 9);
  expect(plan.bound).toBeCloseTo(plan.objective, 9);
});

it('keeps each phase, which a vehicle on one of them fills three times as fast', () => {
  const phaseLimitKw = [[4, 4, 4]] as const;
  const vehicles = [vehicle('one', 9, 1, { phaseShares: [0, 1, 0] }), vehicle('three', 9, 1, { missingPrice: 2000 })];
  const plan = planned(site([slot(3)], vehicles, { phaseLimitKw }));
  expect(plan.powerKw[1]?.[0]).toBeCloseTo(9, 9);
  expect(plan.powerKw[0]?.[0]).toBeCloseTo(1, 9);
  expect(plan.missingKwh[0]).toBeCloseTo(8, 9);
  expect(plan.objective - plan.bound).toBeLessThanOrEqual(1e-9 * plan.objective);
});

describe('a battery that takes less and less', () => {
  const taper = { fullPowerKwh: 6, fullKwh: 12 };

  it('is never promised what it does not take', () => {
    const slots = Array.from({ length: 8 }, (_, at) => slot(10 - at));
    const plan = planned({ ...site(slots, [vehicle('A', 12, 8, { taper })]), slotHours: 0.25 });
    const row = plan.powerKw[0] ?? new Float64Array();
    const promisedKwh = row.reduce((sum, kw) => sum + kw * 0.25, 0);
    expect(promisedKwh).toBeGreaterThan(10);
    expect(promisedKwh + (plan.missingKwh[0] ?? 0)).toBeCloseTo(12, 9);
    expect(takenKwh(row, 12, taper)).toBeCloseTo(promisedKwh, 6);
  });

  it('takes all it is offered until it is full, where the two are one', () => {
    const sharp = { fullPowerKwh: 9, fullKwh: 9 };
    const plan = planned(site([slot(3), slot(3)], [vehicle('A', 12, 2, { taper: sharp })]));
    expect(plan.missingKwh[0]).toBeCloseTo(3, 9);
  });

  /** The battery itself, in steps of a second. */
  function takenKwh(setKw: Float64Array, mostKw: number, { fullPowerKwh, fullKwh }: BatteryTaper): number {
    let kwh = 0;
    for (const kw of setKw)
      for (let second = 0; second < 900; second++)
        kwh += Math.min(kw, (mostKw * (fullKwh - kwh)) / (fullKwh - fullPowerKwh)) / 3600;
    return kwh;
  }
});

it('refuses a solver that did not come to its end', async () => {
  const hurried = await loadLinearEngine({ mostSeconds: 0 });
  const vehicles = Array.from({ length: 30 }, (_, at) => vehicle(`V${at}`, 20, 8));
  const slots = Array.from({ length: 8 }, (_, at) => slot(3 + at));
  const answer = planLinear(site(slots, vehicles, { demand: { pricePerKw: 9, peakSoFarKw: 0 } }), hurried);
  hurried.dispose();
  expect(answer).toMatchObject({ ok: false, code: 'no-best-plan', message: expect.stringContaining('timeLimit') });
});
