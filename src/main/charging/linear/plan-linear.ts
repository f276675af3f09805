/**
 * The second engine: the cheapest plan of a case by a general LP solver. It is slower than `planCharging` and does not explain what is missing,
 * but it weighs what a network cannot: phases, battery taper and further demand charges; and it shares no step with the first, so that
 * each proves the other. Where a battery falls from full power to none within less than a slot, the solver is less exact:
 * the gap to its bound shows it, up to a thousandth. `minKw` is a choice between nothing and enough, which no LP makes: it is passed over.
 */
import type { ChargingPlan } from '../../../shared/domain/charging/plan-charging.ts';
import type { PlanCase, PlanSlot } from '../../../shared/domain/charging/plan-case.ts';
import { accept, type Result } from '../../../shared/kernel/result.ts';
import { dualBound } from './dual-bound.ts';
import type { LinearEngine } from './linear-engine.ts';
import { buildSiteModel } from './site-model.ts';

export type LinearPlan = Omit<ChargingPlan, 'missingReason'> & {
  /** As `furtherDemands` are listed. */
  readonly furtherPeaksKw: readonly number[];
};

/** Refuses with `no-best-plan` when the solver ended without one. */
export function planLinear(plan: PlanCase, engine: LinearEngine): Result<LinearPlan, 'no-best-plan'> {
  const site = buildSiteModel(plan);
  const solved = engine.solve(site.model);
  if (!solved.ok) return solved;
  const { objective, values, rowPrices } = solved.value;
  const { slots, slotHours, vehicles, demand, furtherDemands = [] } = plan;
  const valueAt = (column: number | undefined) => (column === undefined ? 0 : (values[column] ?? 0));
  const powerKw = vehicles.map(({ maxKw }, index) =>
    Float64Array.from(maxKw, (most, at) => within(valueAt(site.power[index]?.[at]), most)),
  );
  const missing = site.missing.map((columns) => columns.map((column) => Math.max(0, valueAt(column))));
  const worth = missing.reduce((sum, [first = 0, rest = 0], at) => {
    return sum + (first + 2 * rest) * (vehicles[at]?.missingPrice ?? 0);
  }, 0);
  const siteKw = slots.map(({ loadKw, pvKw }) => loadKw - pvKw);
  vehicles.forEach(({ fromSlot }, index) =>
    powerKw[index]?.forEach((kw, at) => (siteKw[fromSlot + at] = (siteKw[fromSlot + at] ?? 0) + kw)),
  );
  const peakOf = (peakSoFarKw: number, isCounted?: readonly boolean[]) =>
    siteKw.reduce((most, kw, at) => ((isCounted?.[at] ?? true) ? Math.max(most, kw) : most), peakSoFarKw);
  const peakKw = peakOf(demand.peakSoFarKw);
  return accept({
    powerKw,
    bought: site.bought.map((columns) => columns.map((column) => Math.max(0, valueAt(column)))),
    missingKwh: missing.map(([first = 0, rest = 0]) => first + rest),
    peakKw,
    furtherPeaksKw: furtherDemands.map(({ peakSoFarKw, isCounted }) => peakOf(peakSoFarKw, isCounted)),
    objective,
    cost: objective - worth,
    bound: dualBound(site.model, rowPrices),
    marginalPrice: slots.map((slot, at) =>
      Math.max((rowPrices[site.balance[at] ?? 0] ?? 0) / slotHours, stepPrice(slot, siteKw[at] ?? 0)),
    ),
  });
}

const within = (kw: number, most: number): number => Math.min(most, Math.max(0, kw));

/** Of the next kWh that the slot takes without a higher peak; a full slot has none but what its row is priced at. */
function stepPrice({ importPrice, exportPrice, importLimitKw }: PlanSlot, kw: number): number {
  if (kw < 0) return exportPrice;
  return kw < importLimitKw ? importPrice : -Infinity;
}
