/** What given powers cost in a case: a plan that holds is compared under what is known now, and with charging at once. */
import type { PlanCase } from '../plan-case.ts';

export type PricedPowers = {
  /** Energy and demand charge, as the planner weighs them. */
  readonly cost: number;
  readonly peakKw: number;
  readonly missingKwh: readonly number[];
  /** No limit of the case is exceeded. */
  readonly isLegal: boolean;
};

/** A power is in nobody's way when it is over its limit by less than this; kW. */
const TOLERANCE_KW = 1e-6;

/** Powers by vehicle of the case, then by slot of the case. */
export function pricePowers(plan: PlanCase, powerKw: readonly ArrayLike<number>[]): PricedPowers {
  const { slots, slotHours, vehicles, feeders, demand } = plan;
  const totalKw = new Float64Array(slots.length);
  const feederKw = new Map(feeders.map(({ id }) => [id, new Float64Array(slots.length)]));
  const parentOf = new Map(feeders.map(({ id, parent }) => [id, parent]));
  let isLegal = true;
  const missingKwh = vehicles.map(({ needKwh, fromSlot, maxKw, feeder }, index) => {
    let kwh = 0;
    for (let slot = 0; slot < slots.length; slot++) {
      const kw = powerKw[index]?.[slot] ?? 0;
      if (kw === 0) continue;
      if (kw > (maxKw[slot - fromSlot] ?? 0) + TOLERANCE_KW) isLegal = false;
      kwh += kw * slotHours;
      totalKw[slot] = (totalKw[slot] ?? 0) + kw;
      for (let id = feeder; id !== undefined; id = parentOf.get(id)) {
        const row = feederKw.get(id);
        if (row !== undefined) row[slot] = (row[slot] ?? 0) + kw;
      }
    }
    return Math.max(0, needKwh - kwh);
  });
  for (const { id, limitKw } of feeders)
    if (feederKw.get(id)?.some((kw, slot) => kw > (limitKw[slot] ?? 0) + TOLERANCE_KW)) isLegal = false;
  let cost = 0;
  let { peakSoFarKw: peakKw } = demand;
  slots.forEach(({ loadKw, pvKw, importPrice, exportPrice, importLimitKw }, slot) => {
    const netKw = loadKw - pvKw + (totalKw[slot] ?? 0);
    if (netKw > importLimitKw + TOLERANCE_KW) isLegal = false;
    cost += netKw * slotHours * (netKw > 0 ? importPrice : exportPrice);
    peakKw = Math.max(peakKw, netKw);
  });
  return { cost: cost + demand.pricePerKw * peakKw, peakKw, missingKwh, isLegal };
}

/** Each vehicle at once and as fast as it can, whatever the site allows: what happens where nobody plans. */
export function unmanagedPowers(plan: PlanCase): readonly Float64Array[] {
  return plan.vehicles.map(({ needKwh, fromSlot, maxKw }) => {
    const row = new Float64Array(plan.slots.length);
    let leftKwh = needKwh;
    maxKw.forEach((most, at) => {
      const kw = Math.min(most, leftKwh / plan.slotHours);
      row[fromSlot + at] = kw;
      leftKwh -= kw * plan.slotHours;
    });
    return row;
  });
}

/** As the planner answers, by slot of the whole case. */
export function wholeRows(plan: PlanCase, powerKw: readonly Float64Array[]): readonly Float64Array[] {
  return plan.vehicles.map(({ fromSlot }, index) => {
    const row = new Float64Array(plan.slots.length);
    row.set(powerKw[index] ?? [], fromSlot);
    return row;
  });
}
