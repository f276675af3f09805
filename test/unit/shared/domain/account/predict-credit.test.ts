import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Funds } from '../../../../../src/shared/domain/account/credit.ts';
import {
  expectedCost,
  HORIZON_MS,
  predictCredit,
  type RunningCost,
} from '../../../../../src/shared/domain/account/predict-credit.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = 1000 * HOUR_MS;
const FUNDS: Funds = {
  kind: 'prepaid',
  currency: 'EUR',
  balanceMinor: 6000,
  holdsMinor: 2000,
  creditLimitMinor: undefined,
  startMinimumMinor: 1000,
};

/** One hour old, 10.00 so far, 10.00 held: 10.00 an hour. */
function running(change: Partial<RunningCost> = {}): RunningCost {
  return {
    vehicleId: 'VEH-1',
    beganAtMs: NOW_MS - HOUR_MS,
    toldAtMs: NOW_MS,
    costMinor: 1000,
    heldMinor: 1000,
    expectedMinor: undefined,
    expectedEndMs: NOW_MS + 4 * HOUR_MS,
    ...change,
  };
}

describe('the prediction of credit', () => {
  it('says what runs beyond its holds, and when a start is refused, and whose', () => {
    // 40.00 are available; two sessions take 10.00 an hour each, so 10.00 are left after an hour and a half.
    const sessions = [running(), running({ vehicleId: 'VEH-2' })];
    const starts = [
      { vehicleId: 'VEH-4', atMs: NOW_MS + 5 * HOUR_MS },
      { vehicleId: 'VEH-3', atMs: NOW_MS + 4 * HOUR_MS },
    ];
    const without = predictCredit(FUNDS, sessions, [], NOW_MS);
    expect(without).toEqual({
      predictedMinor: 8000,
      noCreditAtMs: NOW_MS + 1.5 * HOUR_MS,
      noCreditVehicleId: 'VEH-1',
    });
    expect(predictCredit(FUNDS, sessions, starts, NOW_MS)).toEqual({ ...without, noCreditVehicleId: 'VEH-3' });
  });

  it('counts what expected starts will hold themselves', () => {
    const starts = [1, 2, 3, 4, 5].map((hour) => ({ vehicleId: `VEH-${hour}`, atMs: NOW_MS + hour * HOUR_MS }));
    expect(predictCredit(FUNDS, [], starts, NOW_MS)).toEqual({
      predictedMinor: 0,
      noCreditAtMs: NOW_MS + 4 * HOUR_MS,
      noCreditVehicleId: 'VEH-5',
    });
  });

  it('goes by the preview where there is one, and says nothing where enough is left', () => {
    expect(predictCredit(FUNDS, [running({ expectedMinor: 2500 })], [], NOW_MS)).toEqual({
      predictedMinor: 1500,
      noCreditAtMs: undefined,
      noCreditVehicleId: undefined,
    });
  });

  it('tells what one session will have cost', () => {
    expect(expectedCost(running(), NOW_MS)).toBe(5000);
    expect(expectedCost(running({ expectedMinor: 2500 }), NOW_MS)).toBe(2500);
    expect(expectedCost(running({ expectedEndMs: undefined }), NOW_MS)).toBe(2000);
  });

  it('says so at once where a start is refused already', () => {
    expect(predictCredit({ ...FUNDS, holdsMinor: 5500 }, [], [], NOW_MS).noCreditAtMs).toBe(NOW_MS);
  });

  it('has no such time without a limit', () => {
    const funds = { ...FUNDS, kind: 'postpaid', balanceMinor: -1_000_000 } as const;
    expect(predictCredit(funds, [running()], [], NOW_MS)).toMatchObject({ noCreditAtMs: undefined });
  });

  it('is never sooner with more money, and never beyond a day', () => {
    const cost = fc.record({ costMinor: fc.nat(5000), heldMinor: fc.nat(3000), expectedMinor: fc.nat(20_000) });
    fc.assert(
      fc.property(fc.array(cost, { maxLength: 5 }), fc.nat(20_000), fc.nat(5000), (costs, balanceMinor, more) => {
        const sessions = costs.map((change) => running(change));
        const less = predictCredit({ ...FUNDS, holdsMinor: 0, balanceMinor }, sessions, [], NOW_MS);
        const rich = predictCredit(
          { ...FUNDS, holdsMinor: 0, balanceMinor: balanceMinor + more },
          sessions,
          [],
          NOW_MS,
        );
        expect(rich.predictedMinor).toBe(less.predictedMinor);
        expect(rich.noCreditAtMs ?? Infinity).toBeGreaterThanOrEqual(less.noCreditAtMs ?? Infinity);
        expect((less.noCreditAtMs ?? NOW_MS) - NOW_MS).toBeLessThanOrEqual(HORIZON_MS);
      }),
    );
  });
});
