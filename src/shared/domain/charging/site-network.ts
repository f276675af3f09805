/** A case as a network: each vehicle to its slots, over its feeders; a slot pays with its surplus, then from the grid. */
import { createEnergyGrid, type EnergyGrid } from './flow/energy-grid.ts';
import { buildNetwork, sendAlong, type Arc, type FlowNetwork } from './flow/flow-network.ts';
import type { Steps } from './flow/settle-cheapest.ts';
import type { PlanCase, PlanSlot, PlanVehicle } from './plan-case.ts';

/** The nodes of the vehicles come first, in their order. */
export type SiteNetwork = {
  readonly network: FlowNetwork;
  readonly grid: EnergyGrid;
  readonly slotNode: (slot: number) => number;
  readonly feederNode: (feeder: number, slot: number) => number;
  /** Places of a vehicle's arcs, by slot. */
  readonly arcsOf: readonly Int32Array[];
  /** By feeder, then by slot. */
  readonly feederArcs: readonly Int32Array[];
  readonly steps: Steps[];
};

/** The share of a need that is missed at the lower price. */
const FIRST_SHARE = 0.1;

export function buildSiteNetwork(plan: PlanCase): SiteNetwork {
  const { vehicles, feeders, slots, slotHours } = plan;
  const grid = createEnergyGrid(mostKwh(plan));
  const feederNode = (feeder: number, slot: number) => vehicles.length + feeder * slots.length + slot;
  const slotNode = (slot: number) => vehicles.length + feeders.length * slots.length + slot;
  const feederIndex = new Map(feeders.map(({ id }, index) => [id, index]));
  const entry = (feeder: string | undefined, slot: number): number => {
    const index = feeder === undefined ? undefined : feederIndex.get(feeder);
    return index === undefined ? slotNode(slot) : feederNode(index, slot);
  };
  const firstOf = new Int32Array(vehicles.length);
  const arcs: Arc[] = [];
  vehicles.forEach(({ maxKw, fromSlot, feeder }, node) => {
    firstOf[node] = arcs.length;
    maxKw.forEach((kw, at) =>
      arcs.push({ from: node, to: entry(feeder, fromSlot + at), capacity: grid.unitsWithin(kw * slotHours) }),
    );
  });
  const firstFeederArc = arcs.length;
  feeders.forEach(({ parent, limitKw }, feeder) =>
    slots.forEach((_, slot) =>
      arcs.push({
        from: feederNode(feeder, slot),
        to: entry(parent, slot),
        capacity: grid.unitsWithin(Math.max(0, limitKw[slot] ?? 0) * slotHours),
      }),
    ),
  );
  const { network, placeOf } = buildNetwork(slotNode(slots.length), arcs);
  const steps: Steps[] = Array.from({ length: network.nodes }, () => NO_STEPS);
  vehicles.forEach((vehicle, node) => {
    network.waiting[node] = grid.unitsOf(vehicle.needKwh);
    steps[node] = stepsOf(privateSteps(vehicle, grid));
  });
  const arcsOf = vehicles.map(({ maxKw }, index) => {
    const first = firstOf[index] ?? 0;
    return placeOf.slice(first, first + maxKw.length);
  });
  const feederArcs = feeders.map((_, feeder) => {
    const first = firstFeederArc + feeder * slots.length;
    return placeOf.slice(first, first + slots.length);
  });
  return { network, grid, slotNode, feederNode, arcsOf, feederArcs, steps };
}

/** kW by vehicle, then by slot from its `fromSlot` on; undefined for one that is new. */
export type PlanBefore = readonly (ArrayLike<number> | undefined)[];

/** Sends what the plan before wanted as far as it is still allowed; what a slot cannot pay for is taken back when the network is settled. */
export function sendAsBefore(plan: PlanCase, site: SiteNetwork, before: PlanBefore): void {
  const { network, grid, arcsOf, feederArcs } = site;
  const indexOf = new Map(plan.feeders.map(({ id }, index) => [id, index]));
  const chainFrom = (id: string | undefined): readonly number[] => {
    const index = id === undefined ? undefined : indexOf.get(id);
    return index === undefined ? [] : [index, ...chainFrom(plan.feeders[index]?.parent)];
  };
  const chains = new Map(plan.feeders.map(({ id }) => [id, chainFrom(id)]));
  plan.vehicles.forEach(({ feeder, fromSlot }, node) => {
    const powers = before[node];
    const chain = feeder === undefined ? [] : (chains.get(feeder) ?? []);
    if (powers === undefined) return;
    arcsOf[node]?.forEach((place, at) => {
      const kw = powers[at] ?? 0;
      if (kw <= 0) return;
      const above = chain.map((index) => feederArcs[index]?.[fromSlot + at] ?? 0);
      sendAlong(network, node, [place, ...above], grid.unitsOf(kw * plan.slotHours));
    });
  });
}

const NO_STEPS: Steps = { prices: [], widths: [] };

export type Step = { readonly price: number; readonly units: number };

/** What a vehicle may do without the site. The order is that of the case: its offers, then the two of missing. */
export function privateSteps(vehicle: PlanVehicle, grid: EnergyGrid): Step[] {
  const need = grid.unitsOf(vehicle.needKwh);
  const first = Math.min(need, grid.unitsOf(vehicle.needKwh * FIRST_SHARE));
  return [
    ...vehicle.offers.map(({ kwh, pricePerKwh }) => ({
      price: pricePerKwh,
      units: Math.min(need, grid.unitsWithin(kwh)),
    })),
    { price: vehicle.missingPrice, units: first },
    { price: 2 * vehicle.missingPrice, units: need - first },
  ];
}

/** What a slot takes: its surplus at what it would have earned, then the grid up to the limit. */
export function slotSteps(slot: PlanSlot, upToKw: number, slotHours: number, grid: EnergyGrid): Step[] {
  const net = grid.unitsOf((slot.loadKw - slot.pvKw) * slotHours);
  return [
    { price: slot.exportPrice, units: grid.unitsWithin(Math.max(0, slot.pvKw - slot.loadKw) * slotHours) },
    {
      price: slot.importPrice,
      units: Math.max(0, grid.unitsWithin(Math.min(slot.importLimitKw, upToKw) * slotHours) - Math.max(0, net)),
    },
  ];
}

export function stepsOf(steps: readonly Step[]): Steps {
  const rising = steps.toSorted((a, b) => a.price - b.price);
  return { prices: rising.map(({ price }) => price), widths: rising.map(({ units }) => units) };
}

/** No flow and no step is larger. */
function mostKwh({ vehicles, slots, feeders, slotHours }: PlanCase): number {
  const needs = vehicles.map(({ needKwh }) => needKwh).toSorted((a, b) => a - b);
  const largestKw = slots.reduce(
    (most, { loadKw, pvKw, importLimitKw }) =>
      Math.max(most, Math.abs(loadKw) + Math.abs(pvKw), Number.isFinite(importLimitKw) ? importLimitKw : 0),
    0,
  );
  const feederKw = feeders.reduce((most, { limitKw }) => limitKw.reduce((high, kw) => Math.max(high, kw), most), 0);
  const chargerKw = vehicles.reduce((most, { maxKw }) => maxKw.reduce((high, kw) => Math.max(high, kw), most), 0);
  return needs.reduce((sum, kwh) => sum + kwh, (largestKw + feederKw + chargerKw) * slotHours);
}
