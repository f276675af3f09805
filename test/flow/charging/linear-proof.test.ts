/** The planner against a general LP solver that shares no step with it: thousands of random sites, and what only the solver weighs. */
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLinearEngine, type LinearEngine } from '../../../src/main/charging/linear/linear-engine.ts';
import { planLinear, type LinearPlan } from '../../../src/main/charging/linear/plan-linear.ts';
import type { PlanCase } from '../../../src/shared/domain/charging/plan-case.ts';
import { planCharging } from '../../../src/shared/domain/charging/plan-charging.ts';
import { breachesOf } from '../../support/charging/plan-breaches.ts';
import { randomCase } from '../../support/charging/random-case.ts';
import { printFigures } from '../../support/print-figures.ts';
import { chooseSeed } from '../../support/seeded-random.ts';

const CASES = 5000;
const CLOSE = 1e-9;

let engine: LinearEngine;
beforeAll(async () => {
  engine = await loadLinearEngine();
});
afterAll(() => engine.dispose());

function solved(plan: PlanCase): LinearPlan {
  const answer = planLinear(plan, engine);
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

function relative(one: number, other: number): number {
  return Math.abs(one - other) / Math.max(1, Math.abs(one), Math.abs(other));
}

it('thousands of random sites cost what the solver’s plan costs, are proven, explained, within every limit, and the same twice', () => {
  const seed = chooseSeed();
  const breaches: string[] = [];
  let worst = 0;
  let worstGap = 0;
  let short = 0;
  for (let at = 0; at < CASES; at++) {
    const asked = randomCase(seed + at);
    const plan = planCharging(asked);
    const peer = solved(asked);
    const difference = relative(plan.objective, peer.objective);
    worst = Math.max(worst, difference);
    worstGap = Math.max(worstGap, relative(plan.objective, plan.bound));
    if (plan.missingReason !== undefined) short++;
    if (difference > CLOSE) breaches.push(`seed ${seed + at}: ${plan.objective} is not the solver’s ${peer.objective}`);
    breaches.push(...breachesOf(asked, plan).map((breach) => `seed ${seed + at}: ${breach}`));
    if (!isDeepStrictEqual(planCharging(asked), plan)) breaches.push(`seed ${seed + at}: not the same twice`);
  }
  printFigures('the planner against HiGHS', { seed, cases: CASES, withMissingEnergy: short, worst, worstGap });
  expect(breaches).toEqual([]);
  expect(short).toBeGreaterThan(CASES / 5);
  expect(short).toBeLessThan((CASES * 4) / 5);
}, 280_000);

describe('what only the solver weighs', () => {
  const slots = [1, 2, 3, 4].map((importPrice) => ({
    importPrice,
    exportPrice: 0,
    importLimitKw: 100,
    loadKw: 0,
    pvKw: 0,
  }));
  const base: PlanCase = {
    slotHours: 1,
    slots,
    demand: { pricePerKw: 0, peakSoFarKw: 0 },
    feeders: [],
    vehicles: [
      {
        id: 'A',
        needKwh: 10,
        fromSlot: 0,
        maxKw: [10, 10, 10, 10],
        feeder: undefined,
        offers: [],
        missingPrice: 100,
      },
    ],
  };

  it('a phase that carries no more moves a one-phase vehicle to dearer slots, and leaves a three-phase one alone', () => {
    const phaseLimitKw = slots.map(() => [4, 100, 100] as const);
    const onePhase = base.vehicles.map((vehicle) => ({ ...vehicle, phaseShares: [1, 0, 0] as const }));
    expect(solved({ ...base, phaseLimitKw, vehicles: onePhase }).powerKw.map((row) => [...row])).toEqual([
      [4, 4, 2, 0],
    ]);
    expect(solved({ ...base, phaseLimitKw }).objective).toBeCloseTo(10, 9);
    expect(solved({ ...base, phaseLimitKw: slots.map(() => [3, 3, 3] as const) }).objective).toBeCloseTo(9 + 2, 9);
  });

  it('a battery that takes less and less is never promised what it does not take', () => {
    const taper = { fullPowerKwh: 5, fullKwh: 10 };
    const plan = solved({ ...base, vehicles: base.vehicles.map((vehicle) => ({ ...vehicle, taper })) });
    let charged = 0;
    for (const kw of plan.powerKw[0] ?? []) {
      charged += kw;
      expect(kw).toBeLessThanOrEqual(Math.min(10, (10 * (taper.fullKwh - charged)) / 5) + 1e-9);
    }
    expect(plan.missingKwh[0]).toBeGreaterThan(0);
    expect(charged + (plan.missingKwh[0] ?? 0)).toBeCloseTo(10, 9);
  });

  it('a peak that is billed in some slots only is kept low there and not elsewhere', () => {
    const furtherDemands = [{ pricePerKw: 50, peakSoFarKw: 2, isCounted: [true, false, false, false] }];
    const plan = solved({ ...base, furtherDemands });
    expect(plan.powerKw.map((row) => [...row])).toEqual([[2, 8, 0, 0]]);
    expect(plan.furtherPeaksKw).toEqual([2]);
    expect(plan.bound).toBeCloseTo(plan.objective, 6);
  });
});
