/**
 * Why energy is missing: the vehicles that compete for what is full, and where each of their kWh ends. It is a minimum cut of the
 * network, so `needKwh` is exactly the sum of the parts, and no plan can make `missingKwh` less without changing one of them.
 */
import { reachedFrom } from './flow/send-waiting.ts';
import type { PlanCase } from './plan-case.ts';
import type { SiteNetwork } from './site-network.ts';

export type MissingReason = {
  readonly missingKwh: number;
  /** Ids of the vehicles that compete, whether or not they miss anything themselves. */
  readonly vehicles: readonly string[];
  readonly needKwh: number;
  /** Slots in which the site takes no more, and what it gives these vehicles there. */
  readonly fullSlots: readonly number[];
  readonly siteKwh: number;
  /** What passes feeders that are full though the site is not. */
  readonly fullFeeders: readonly string[];
  readonly feederKwh: number;
  /** What their own chargers give in the slots that are not full: more does not pass within their time. */
  readonly ownChargerKwh: number;
  readonly boughtKwh: number;
};

/** @param site settled, so that what is missing cannot be moved anywhere cheaper */
export function explainMissing(
  plan: PlanCase,
  site: SiteNetwork,
  missingKwh: readonly number[],
): MissingReason | undefined {
  const missing = missingKwh.reduce((sum, kwh) => sum + kwh, 0);
  if (missing === 0) return undefined;
  const { network, grid, slotNode, feederNode } = site;
  const full = reachedFrom(
    network,
    plan.vehicles.flatMap((_, at) => (missingKwh[at] ? [at] : [])),
  );
  const isFull = (node: number) => full.has(node);
  const sentOut = (node: number, places: Iterable<number>): number => {
    if (!isFull(node)) return 0;
    let units = 0;
    for (const place of places)
      if (!isFull(network.head[place] ?? 0)) units += network.room[network.twin[place] ?? 0] ?? 0;
    return units;
  };
  const competing = plan.vehicles.flatMap((_, at) => (isFull(at) ? [at] : []));
  const fullSlots = plan.slots.flatMap((_, at) => (isFull(slotNode(at)) ? [at] : []));
  const passed = plan.feeders.map((_, feeder) =>
    plan.slots.reduce((sum, __, slot) => {
      const place = site.feederArcs[feeder]?.[slot] ?? 0;
      return sum + sentOut(feederNode(feeder, slot), [place]);
    }, 0),
  );
  const need = competing.reduce((sum, at) => sum + grid.unitsOf(plan.vehicles[at]?.needKwh ?? 0), 0);
  const own = competing.reduce((sum, at) => sum + sentOut(at, site.arcsOf[at] ?? []), 0);
  const paidApart = competing.reduce((sum, at) => sum + (network.paid[at] ?? 0), 0);
  const siteUnits = fullSlots.reduce((sum, slot) => sum + (network.paid[slotNode(slot)] ?? 0), 0);
  const missed = competing.reduce((sum, at) => sum + (missingKwh[at] ?? 0), 0);
  return {
    missingKwh: missed,
    vehicles: competing.map((at) => plan.vehicles[at]?.id ?? ''),
    needKwh: grid.kwhOf(need),
    fullSlots,
    siteKwh: grid.kwhOf(siteUnits),
    fullFeeders: plan.feeders.flatMap(({ id }, feeder) => (passed[feeder] ? [id] : [])),
    feederKwh: grid.kwhOf(passed.reduce((sum, units) => sum + units, 0)),
    ownChargerKwh: grid.kwhOf(own),
    boughtKwh: grid.kwhOf(paidApart) - missed,
  };
}
