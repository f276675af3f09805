/** Small cases to plan, an hour a slot. */
import type { PlanCase, PlanSlot, PlanVehicle } from '../../../src/shared/domain/charging/plan-case.ts';

export const madeSlot = (importPrice: number, more: Partial<PlanSlot> = {}): PlanSlot => ({
  importPrice,
  exportPrice: 0,
  importLimitKw: 100,
  loadKw: 0,
  pvKw: 0,
  ...more,
});

export const madeVehicle = (
  id: string,
  needKwh: number,
  slots: number,
  more: Partial<PlanVehicle> = {},
): PlanVehicle => ({
  id,
  needKwh,
  fromSlot: 0,
  maxKw: Array.from({ length: slots }, () => 10),
  feeder: undefined,
  offers: [],
  missingPrice: 1000,
  ...more,
});

export const madeSite = (
  slots: readonly PlanSlot[],
  vehicles: readonly PlanVehicle[],
  more: Partial<PlanCase> = {},
): PlanCase => ({
  slotHours: 1,
  slots,
  demand: { pricePerKw: 0, peakSoFarKw: 0 },
  feeders: [],
  vehicles,
  ...more,
});
