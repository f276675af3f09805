import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planCharging } from '../../../../../../src/shared/domain/charging/plan-charging.ts';
import type { PlanCase } from '../../../../../../src/shared/domain/charging/plan-case.ts';
import { bendCase, unbend, type BendContext } from '../../../../../../src/shared/domain/charging/wishes/bend-case.ts';
import type { Wish, WishTerms } from '../../../../../../src/shared/domain/charging/wish.ts';
import { powerW } from '../../../../../../src/shared/kernel/quantity.ts';

const SLOT_MS = 900_000;
const context: BendContext = {
  limitKw: (gridW) => gridW / 1000,
  slotOf: (atMs) => Math.ceil(atMs / SLOT_MS),
  presentKw: () => [0, 8, 8, 0],
  savedKwh: (_, targetPercent) => (100 - targetPercent) / 10,
};
const wish = (terms: WishTerms, number = 0): Wish => ({
  wishId: `w${number}`,
  depotId: 'd',
  terms,
  givenBy: 'Asha',
  givenAtMs: number,
  untilMs: undefined,
  withdrawnAtMs: undefined,
});

function madeCase(): PlanCase {
  return {
    slotHours: 0.25,
    slots: [0.1, 0.2, 0.3, 0.4].map((importPrice) => ({
      importPrice,
      exportPrice: 0,
      importLimitKw: 20,
      loadKw: 2,
      pvKw: 0,
    })),
    demand: { pricePerKw: 0, peakSoFarKw: 0 },
    feeders: [{ id: 'row', parent: undefined, limitKw: [16, 16, 16, 16] }],
    vehicles: ['a', 'b'].map((id) => ({
      id,
      needKwh: 4,
      fromSlot: 0,
      maxKw: [11, 11, 11, 11],
      feeder: 'row',
      offers: [],
      missingPrice: 5,
    })),
  };
}

function plannedKw(plan: PlanCase, ...terms: WishTerms[]) {
  const bent = bendCase(plan, terms.map(wish), context);
  const result = planCharging(bent.plan);
  return { bent, result, powerKw: unbend(result.powerKw, bent.plan, bent.fixed).map((row) => [...row]) };
}

describe('bendCase', () => {
  it('keeps a pinned power in its slots and plans the rest around it', () => {
    const { powerKw } = plannedKw(madeCase(), {
      kind: 'pin',
      vehicleId: 'a',
      fromMs: 3 * SLOT_MS,
      toMs: 4 * SLOT_MS,
      powerW: powerW(8000),
    });
    expect(powerKw[0]?.[3]).toBeCloseTo(8);
    expect(powerKw[0]?.reduce((sum, kw) => sum + kw * 0.25, 0)).toBeCloseTo(4);
  });

  it('lets the later of two pins have the slots they share, without a word about the earlier one', () => {
    const pins = [11, 3].map((kw): WishTerms => ({
      kind: 'pin',
      vehicleId: 'a',
      fromMs: SLOT_MS,
      toMs: 2 * SLOT_MS,
      powerW: powerW(kw * 1000),
    }));
    const bent = bendCase(
      madeCase(),
      pins.map((terms, number) => wish(terms, number)),
      context,
    );
    expect([...(bent.fixed.get('a') ?? [])]).toEqual([0, 3, 0, 0]);
    expect(bent.notes).toEqual([]);
  });

  it('cuts a pin to what the limits leave, and says so', () => {
    const pins = ['a', 'b'].map((vehicleId): WishTerms => ({
      kind: 'pin',
      vehicleId,
      fromMs: 0,
      toMs: SLOT_MS,
      powerW: powerW(11_000),
    }));
    const { bent, powerKw } = plannedKw(madeCase(), ...pins);
    expect(powerKw.map((row) => row[0])).toEqual([11, 5]);
    expect(bent.notes.join()).toContain('5.0 kW');
  });

  it('locks a vehicle to the plan that holds', () => {
    expect(plannedKw(madeCase(), { kind: 'lock', vehicleId: 'b' }).powerKw[1]).toEqual([0, 8, 8, 0]);
  });

  it('charges a boosted vehicle at once, and an excluded one not at all', () => {
    const { powerKw, result } = plannedKw(
      madeCase(),
      { kind: 'boost', vehicleId: 'b' },
      { kind: 'exclude', vehicleId: 'a' },
    );
    expect(powerKw).toEqual([
      [0, 0, 0, 0],
      [11, 5, 0, 0],
    ]);
    expect(result.missingKwh).toEqual([4, 0]);
  });

  it('lets a site cap hold for what is planned', () => {
    const { powerKw } = plannedKw(madeCase(), { kind: 'site-cap', capW: powerW(9000) });
    for (let slot = 0; slot < 4; slot++)
      expect((powerKw[0]?.[slot] ?? 0) + (powerKw[1]?.[slot] ?? 0)).toBeLessThanOrEqual(7 + 1e-6);
  });

  it('asks for less where a person accepts less', () => {
    const bent = bendCase(
      madeCase(),
      [
        wish({ kind: 'lower-target', vehicleId: 'a', targetPercent: 90 }),
        wish({ kind: 'charge-outside', vehicleId: 'b', energyKwh: 3 }, 1),
      ],
      context,
    );
    expect(bent.plan.vehicles.map(({ needKwh }) => needKwh)).toEqual([3, 1]);
  });

  it('never breaks a limit, whatever is wished', () => {
    const vehicleId = fc.constantFrom('a', 'b', 'unknown');
    const instant = fc.nat(5).map((slot) => slot * SLOT_MS);
    const terms: fc.Arbitrary<WishTerms> = fc.oneof(
      fc.record({
        kind: fc.constant('pin' as const),
        vehicleId,
        fromMs: instant,
        toMs: instant,
        powerW: fc.nat(30_000).map(powerW),
      }),
      fc.record({ kind: fc.constantFrom('lock' as const, 'boost' as const, 'exclude' as const), vehicleId }),
      fc.record({ kind: fc.constant('later-departure' as const), vehicleId, departAtMs: instant }),
      fc.record({ kind: fc.constant('priority' as const), vehicleId, level: fc.integer({ min: -3, max: 3 }) }),
      fc.record({ kind: fc.constant('site-cap' as const), capW: fc.nat(25_000).map(powerW) }),
    );
    fc.assert(
      fc.property(fc.array(terms, { maxLength: 6 }), (wished) => {
        const plan = madeCase();
        const { powerKw } = plannedKw(plan, ...wished);
        for (let slot = 0; slot < 4; slot++) {
          const [a = 0, b = 0] = powerKw.map((row) => row[slot] ?? 0);
          expect(Math.max(a, b)).toBeLessThanOrEqual(11 + 1e-6);
          expect(a + b).toBeLessThanOrEqual(16 + 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });
});
