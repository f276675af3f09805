/**
 * The cheapest charging plan of a site, with its proof. Without the demand charge it is one settling of the network; with it the
 * cost is convex in the peak, so the peak is found between two lines that touch the cost from below (Kelley's cuts), and their
 * crossing is a bound that no plan goes below.
 */
import { lowerBound, type SitePrices } from './certify-plan.ts';
import { copyFlows, restoreFlows } from './flow/flow-network.ts';
import { createSettling, settleCheapest, type Settling } from './flow/settle-cheapest.ts';
import { explainMissing, type MissingReason } from './explain-missing.ts';
import type { PlanCase, PlanVehicle } from './plan-case.ts';
import {
  buildSiteNetwork,
  privateSteps,
  sendAsBefore,
  slotSteps,
  stepsOf,
  type PlanBefore,
  type SiteNetwork,
} from './site-network.ts';

export type ChargingPlan = {
  /** By vehicle as in the case, then by slot from its `fromSlot` on. */
  readonly powerKw: readonly Float64Array[];
  /** By vehicle, then as its offers are listed; kWh. */
  readonly bought: readonly (readonly number[])[];
  readonly missingKwh: readonly number[];
  readonly missingReason: MissingReason | undefined;
  readonly peakKw: number;
  /** Energy, demand charge, offers and what missing is worth. */
  readonly objective: number;
  /** The same without what missing is worth. */
  readonly cost: number;
  /** No plan for this case costs less. */
  readonly bound: number;
  /** What one kWh more costs in each slot. */
  readonly marginalPrice: readonly number[];
};

/** Of the cost; the sums of a plan are not more exact than this. */
const CLOSE = 1e-13;
const MOST_CUTS = 100;
/** Of all peaks there could be: how far from the one before the best is looked for first, and how much further each time. */
const NEAR_SHARE = 0.01;
const WIDER = 4;

type Trial = {
  readonly peakKw: number;
  readonly cost: number;
  /** How the cost changes with the peak. */
  readonly slope: number;
  readonly prices: SitePrices;
};

/**
 * @param before what the plan on screen wants, by vehicle as in the case, then by slot from its `fromSlot` on; kW. What of it is still allowed is
 * kept, and only what the optimum asks for is moved: many plans cost the same, and people live with the one they know.
 */
export function planCharging(asked: PlanCase, before?: PlanBefore): ChargingPlan {
  const order = inOrder(asked.vehicles);
  const planned = planInOrder(
    { ...asked, vehicles: order.map(({ vehicle }) => vehicle) },
    order.map(({ index }) => before?.[index]),
  );
  const placeOf = new Int32Array(order.length);
  order.forEach(({ index }, place) => (placeOf[index] = place));
  const asAsked = <T>(rows: readonly T[]): T[] => asked.vehicles.map((_, index) => rows[placeOf[index] ?? 0] as T);
  return {
    ...planned,
    powerKw: asAsked(planned.powerKw),
    bought: asAsked(planned.bought),
    missingKwh: asAsked(planned.missingKwh),
  };
}

/** Who leaves first is served first, where the price is the same; never by the order in which they were told, not even in the last digit of a sum. */
function inOrder(
  vehicles: readonly PlanVehicle[],
): readonly { readonly vehicle: PlanVehicle; readonly index: number }[] {
  const endOf = ({ fromSlot, maxKw }: PlanVehicle) => fromSlot + maxKw.length;
  return vehicles
    .map((vehicle, index) => ({ vehicle, index }))
    .toSorted((a, b) => endOf(a.vehicle) - endOf(b.vehicle) || (a.vehicle.id < b.vehicle.id ? -1 : 1));
}

function planInOrder(plan: PlanCase, before: PlanBefore): ChargingPlan {
  const site = buildSiteNetwork(plan);
  sendAsBefore(plan, site, before);
  setPeak(plan, site, Infinity);
  const settling = createSettling(site.network, site.steps);
  const { low, high } = peakRange(plan);
  const trial = (peakKw: number) => tryPeak(plan, site, settling, peakKw);
  if (plan.demand.pricePerKw === 0) return readPlan(plan, site, trial(high).prices);
  // The search moves much back and forth; from where it began, the best peak asks for little.
  const begin = copyFlows(site.network);
  const { prices, peakKw } = searchPeak(trial, low, high, peakBefore(plan, site));
  restoreFlows(site.network, begin);
  trial(peakKw);
  return readPlan(plan, site, prices);
}

/**
 * The best peak, and the prices that prove it.
 * @param near where the plan before had it; of peaks that cost the same it stays
 */
function searchPeak(
  trial: (peakKw: number) => Trial,
  low: number,
  high: number,
  near: number | undefined,
): { readonly peakKw: number; readonly prices: SitePrices } {
  let best = trial(Math.min(high, Math.max(low, near ?? low)));
  let left = best;
  let right = best;
  const step = near === undefined ? high - low : (high - low) * NEAR_SHARE;
  for (let by = step; left.slope >= 0 && left.peakKw > low; by *= WIDER) left = trial(Math.max(low, left.peakKw - by));
  if (left.slope >= 0) return left;
  for (let by = step; right.slope < 0; by *= WIDER) right = trial(Math.min(high, right.peakKw + by));
  for (const each of [left, right]) if (isCheaper(each, best)) best = each;
  for (let cuts = 0; cuts < MOST_CUTS; cuts++) {
    const lead = left.slope * left.peakKw - right.slope * right.peakKw;
    const crossingKw = (right.cost - left.cost + lead) / (left.slope - right.slope);
    const bound = left.cost + left.slope * (crossingKw - left.peakKw);
    const isBetween = left.peakKw < crossingKw && crossingKw < right.peakKw;
    if (!isBetween || best.cost - bound <= CLOSE * Math.abs(best.cost)) break;
    const last = trial(crossingKw);
    if (isCheaper(last, best)) best = last;
    if (last.slope < 0) left = last;
    else right = last;
  }
  return { peakKw: best.peakKw, prices: blend(left, right) };
}

/** By more than the sums are exact to. */
function isCheaper(one: Trial, other: Trial): boolean {
  return one.cost < other.cost - CLOSE * Math.abs(other.cost);
}

/** Of what was sent as before; undefined where that is nothing. */
function peakBefore(
  { slots, slotHours, demand }: PlanCase,
  { network, grid, slotNode }: SiteNetwork,
): number | undefined {
  let isAny = false;
  let most = demand.peakSoFarKw;
  slots.forEach(({ loadKw, pvKw }, at) => {
    const paid = network.paid[slotNode(at)] ?? 0;
    isAny ||= paid > 0;
    most = Math.max(most, loadKw - pvKw + grid.kwhOf(paid) / slotHours);
  });
  return isAny ? most : undefined;
}

/** The mixture under which the peak costs just what it is billed at. */
function blend(left: Trial, right: Trial): SitePrices {
  const share = right.slope / (right.slope - left.slope);
  const mix = (a: readonly number[], b: readonly number[]) =>
    a.map((price, at) => share * price + (1 - share) * (b[at] ?? 0));
  return {
    slot: mix(left.prices.slot, right.prices.slot),
    feeder: left.prices.feeder.map((row, feeder) => mix(row, right.prices.feeder[feeder] ?? [])),
    peak: mix(left.prices.peak, right.prices.peak),
  };
}

/** From what is billed already to beyond where the limit or the chargers end, so that there the peak is in nobody's way. */
function peakRange({ slots, vehicles, demand }: PlanCase): { readonly low: number; readonly high: number } {
  const mostKw = slots.map(({ loadKw, pvKw }) => Math.max(0, loadKw - pvKw));
  const low = Math.max(demand.peakSoFarKw, ...mostKw);
  for (const { fromSlot, maxKw } of vehicles)
    maxKw.forEach((kw, at) => (mostKw[fromSlot + at] = (mostKw[fromSlot + at] ?? 0) + kw));
  const high = slots.reduce(
    (most, { importLimitKw }, at) => Math.max(most, Math.min(importLimitKw, mostKw[at] ?? 0)),
    low,
  );
  return { low, high: high + 1 };
}

function setPeak({ slots, slotHours }: PlanCase, { steps, slotNode, grid }: SiteNetwork, peakKw: number): void {
  slots.forEach((slot, at) => (steps[slotNode(at)] = stepsOf(slotSteps(slot, peakKw, slotHours, grid))));
}

function tryPeak(plan: PlanCase, site: SiteNetwork, settling: Settling, peakKw: number): Trial {
  setPeak(plan, site, peakKw);
  const priceAt = settleCheapest(settling);
  const { slots, feeders, slotHours, demand } = plan;
  const price = (node: number) => priceAt[node] ?? 0;
  const slot = slots.map((_, at) => price(site.slotNode(at)));
  const peak = slots.map(({ importLimitKw, importPrice }, at) =>
    peakKw < importLimitKw ? Math.max(0, (slot[at] ?? 0) - importPrice) : 0,
  );
  const shared = peak.reduce((sum, each) => sum + each, 0) * slotHours;
  return {
    peakKw,
    cost: costOf(plan, site) + demand.pricePerKw * peakKw,
    slope: demand.pricePerKw - shared,
    prices: {
      slot,
      peak,
      feeder: feeders.map((_, feeder) => slots.map((__, at) => price(site.feederNode(feeder, at)))),
    },
  };
}

/** All but the peak. */
function costOf(plan: PlanCase, { network, steps, grid }: SiteNetwork): number {
  let cost = 0;
  for (const { loadKw, pvKw, importPrice, exportPrice } of plan.slots) {
    const netKwh = (loadKw - pvKw) * plan.slotHours;
    cost += netKwh > 0 ? netKwh * importPrice : netKwh * exportPrice;
  }
  steps.forEach(({ prices, widths }, node) => {
    let left = network.paid[node] ?? 0;
    for (let at = 0; left > 0 && at < prices.length; at++) {
      const taken = Math.min(left, widths[at] ?? 0);
      cost += grid.kwhOf(taken) * (prices[at] ?? 0);
      left -= taken;
    }
  });
  return cost;
}

function readPlan(plan: PlanCase, site: SiteNetwork, prices: SitePrices): ChargingPlan {
  const { network, grid, arcsOf } = site;
  const { demand, slotHours } = plan;
  const powerKw = arcsOf.map((places) => {
    const row = new Float64Array(places.length);
    for (let at = 0; at < row.length; at++)
      row[at] = grid.kwhOf(network.room[network.twin[places[at] ?? 0] ?? 0] ?? 0) / slotHours;
    return row;
  });
  const apart = plan.vehicles.map((vehicle, index) => {
    const steps = privateSteps(vehicle, grid);
    const rising = steps.map(({ price }, at) => ({ price, at })).toSorted((a, b) => a.price - b.price);
    const taken = steps.map(() => 0);
    let left = network.paid[index] ?? 0;
    for (const { at } of rising) {
      const units = Math.min(left, steps[at]?.units ?? 0);
      taken[at] = grid.kwhOf(units);
      left -= units;
    }
    const [first = 0, rest = 0] = taken.slice(-2);
    return { bought: taken.slice(0, -2), missing: first + rest, worth: (first + 2 * rest) * vehicle.missingPrice };
  });
  const chargingKw = new Float64Array(plan.slots.length);
  plan.vehicles.forEach(({ fromSlot }, index) =>
    powerKw[index]?.forEach((kw, at) => (chargingKw[fromSlot + at] = (chargingKw[fromSlot + at] ?? 0) + kw)),
  );
  const peakKw = plan.slots.reduce(
    (most, { loadKw, pvKw }, at) => Math.max(most, loadKw - pvKw + (chargingKw[at] ?? 0)),
    demand.peakSoFarKw,
  );
  const objective = costOf(plan, site) + demand.pricePerKw * peakKw;
  const missingWorth = apart.reduce((sum, { worth }) => sum + worth, 0);
  const missingKwh = apart.map(({ missing }) => missing);
  return {
    powerKw,
    bought: apart.map(({ bought }) => bought),
    missingKwh,
    missingReason: explainMissing(plan, site, missingKwh),
    peakKw,
    objective,
    cost: objective - missingWorth,
    bound: lowerBound(plan, prices),
    marginalPrice: prices.slot.map((price, at) => Math.max(price, nextStepPrice(site, site.slotNode(at)) ?? price)),
  };
}

/** Of the first step that is not used up. */
function nextStepPrice({ network, steps }: SiteNetwork, node: number): number | undefined {
  let left = network.paid[node] ?? 0;
  const { prices, widths } = steps[node] ?? { prices: [], widths: [] };
  return prices.find((_, at) => {
    const width = widths[at] ?? 0;
    if (left < width) return true;
    left -= width;
    return false;
  });
}
