/**
 * What no plan can go below, from prices alone. Whatever prices are put on the slots and feeders and on a share of the peak, the
 * cheapest that each vehicle and each slot could do by itself under them adds up to a lower bound (weak duality). Nothing here
 * knows how a plan was found, so a mistake of the planner shows as a gap.
 */
import type { PlanCase, PlanVehicle } from './plan-case.ts';

export type SitePrices = {
  /** Of a kWh in each slot. */
  readonly slot: readonly number[];
  /** Of a kWh that has come as far as the feeder, by feeder and slot. */
  readonly feeder: readonly (readonly number[])[];
  /** What of a slot's price is for its part in the peak, per kWh. */
  readonly peak: readonly number[];
};

export function lowerBound(plan: PlanCase, prices: SitePrices): number {
  const { vehicles, feeders, slots, slotHours, demand } = plan;
  const feederIndex = new Map(feeders.map(({ id }, index) => [id, index]));
  const priceAt = (feeder: string | undefined, slot: number): number => {
    const index = feeder === undefined ? undefined : feederIndex.get(feeder);
    return (index === undefined ? prices.slot[slot] : prices.feeder[index]?.[slot]) ?? 0;
  };
  const mostKw = new Float64Array(slots.length);
  let bound = 0;
  for (const vehicle of vehicles) {
    bound += cheapest(vehicle, slotHours, (slot) => priceAt(vehicle.feeder, slot));
    vehicle.maxKw.forEach((kw, at) => (mostKw[vehicle.fromSlot + at] = (mostKw[vehicle.fromSlot + at] ?? 0) + kw));
  }
  feeders.forEach(({ id, parent, limitKw }) =>
    slots.forEach((_, slot) => {
      bound -= Math.max(0, priceAt(id, slot) - priceAt(parent, slot)) * Math.max(0, limitKw[slot] ?? 0) * slotHours;
    }),
  );
  const shares = keepWithin(prices.peak, demand.pricePerKw / slotHours);
  let leastPeakKw = demand.peakSoFarKw;
  let shared = 0;
  slots.forEach((slot, at) => {
    const netKw = slot.loadKw - slot.pvKw;
    const surplusKw = Math.max(0, -netKw);
    const basicKw = Math.max(0, netKw);
    const price = prices.slot[at] ?? 0;
    const share = shares[at] ?? 0;
    const gridKw = Math.min(Math.max(0, slot.importLimitKw - basicKw), mostKw[at] ?? 0);
    bound += slotHours * (basicKw * (slot.importPrice + share) - surplusKw * slot.exportPrice);
    bound -= slotHours * Math.max(0, price - slot.exportPrice) * surplusKw;
    bound -= slotHours * Math.max(0, price - slot.importPrice - share) * gridKw;
    leastPeakKw = Math.max(leastPeakKw, basicKw);
    shared += share * slotHours;
  });
  return bound + (demand.pricePerKw - shared) * leastPeakKw;
}

/** What a vehicle would pay if it had the site, at these prices, for itself. */
function cheapest(vehicle: PlanVehicle, slotHours: number, priceAt: (slot: number) => number): number {
  const { needKwh, fromSlot, maxKw, offers, missingPrice } = vehicle;
  const choices = [
    ...maxKw.map((kw, at) => ({ price: priceAt(fromSlot + at), kwh: kw * slotHours })),
    ...offers.map(({ kwh, pricePerKwh }) => ({ price: pricePerKwh, kwh })),
    { price: missingPrice, kwh: needKwh * 0.1 },
    { price: 2 * missingPrice, kwh: needKwh },
  ].toSorted((a, b) => a.price - b.price);
  let left = needKwh;
  let cost = 0;
  for (const { price, kwh } of choices) {
    const taken = Math.min(left, kwh);
    cost += taken * price;
    left -= taken;
    if (left <= 0) break;
  }
  return cost;
}

/** More than the demand charge cannot be shared out. */
function keepWithin(shares: readonly number[], most: number): readonly number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  return sum <= most ? shares : shares.map((share) => (share * most) / sum);
}
