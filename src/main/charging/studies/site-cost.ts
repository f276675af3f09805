/** The month's bill of a depot so far, from its meter, and what it will be by the plan, without one, and at the least. */
import type { CostDay, CostParts, SiteCost } from '../../../shared/domain/charging/site-plan.ts';
import { billImport, type ImportInterval } from '../../../shared/domain/charging/terms/bill-import.ts';
import { demandPricePerKw, termsAt } from '../../../shared/domain/charging/terms/site-prices.ts';
import { unmanagedPowers } from '../../../shared/domain/charging/live/price-powers.ts';
import { toDecimalText, type Exact } from '../../../shared/kernel/exact.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { openLocalTime } from '../../../shared/kernel/local-time.ts';
import { energyWh, powerW } from '../../../shared/kernel/quantity.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { importIntervals } from '../gather/building-load.ts';
import type { PlannedSite } from '../planning/planned-site.ts';
import { readTerms } from '../terms/site-terms-table.ts';

export function siteCost(store: ReadableStore, planned: PlannedSite, nowMs: EpochMs): SiteCost | undefined {
  const { depot, settings, facts, termsName } = planned.gathered;
  const local = openLocalTime(depot.timeZone);
  if (local === undefined) return undefined;
  const terms = readTerms(store, depot.id);
  const month = local.spanOf('month', nowMs);
  const intervals = importIntervals(store, settings, month.beginMs, facts.fromMs);
  const bill = billImport(terms, local, intervals, nowMs);
  const soFar: CostParts = {
    energyCost: toNumber(bill.energy),
    demandCost: toNumber(bill.demand),
    total: toNumber(bill.energy) + toNumber(bill.demand),
    energyWh: energyWh(bill.importWh),
    peakW: powerW(Math.round(bill.peakW)),
  };
  const inForce = termsAt(terms, nowMs);
  const perKw =
    inForce === undefined
      ? 0
      : inForce.demand.reduce((sum, demand) => sum + toNumber(demandPricePerKw(demand, inForce)), 0);
  const forecast = onTop(soFar, planned, planned.powerKw, perKw);
  const notes = [
    ...(intervals.length === 0
      ? ['No quarter hour of the grid connection is stored for this month, so nothing is billed so far.']
      : []),
    ...(bill.unpricedWh > 0
      ? [`For ${(bill.unpricedWh / 1000).toFixed(1)} kWh no price was in force; they are in no sum.`]
      : []),
    'So far is metered and exact; the forecast is the plan until its end, with the peak’s full price for the month.',
  ];
  return {
    depotId: depot.id,
    currency: depot.currency,
    termsName,
    monthFromMs: month.beginMs,
    monthToMs: month.endMs,
    days: daysOf(intervals, (each) => billImport(terms, local, each, nowMs).energy, {
      fromMs: month.beginMs,
      toMs: facts.fromMs,
      dayOf: (atMs) => local.spanOf('day', atMs),
      dateOf: (atMs) => new Date(atMs + local.offsetMs(atMs)).toISOString().slice(0, 10),
    }),
    soFar,
    forecast,
    unmanaged: onTop(soFar, planned, unmanagedPowers(planned.built.plan), perKw),
    bound: forecast.total - Math.max(0, planned.cost - planned.bound),
    notes,
  };
}

function onTop(
  soFar: CostParts,
  { built }: PlannedSite,
  powerKw: readonly ArrayLike<number>[],
  demandPerKw: number,
): CostParts {
  const { plan, gridPerBay } = built;
  const { slots, slotHours } = plan;
  let { energyCost, energyWh: wh, peakW } = soFar as { energyCost: number; energyWh: number; peakW: number };
  slots.forEach(({ loadKw, pvKw, importPrice, exportPrice }, slot) => {
    const kw = loadKw - pvKw + powerKw.reduce((sum, row) => sum + (row[slot] ?? 0), 0);
    energyCost += kw * slotHours * (kw > 0 ? importPrice : exportPrice);
    wh += Math.max(0, kw) * gridPerBay * slotHours * 1000;
    peakW = Math.max(peakW, kw * gridPerBay * 1000);
  });
  const demandCost = (peakW / 1000) * demandPerKw;
  return { energyCost, demandCost, total: energyCost + demandCost, energyWh: energyWh(wh), peakW: powerW(peakW) };
}

function daysOf(
  intervals: readonly ImportInterval[],
  energyOf: (intervals: readonly ImportInterval[]) => Exact,
  parts: {
    readonly fromMs: EpochMs;
    readonly toMs: EpochMs;
    readonly dayOf: (atMs: EpochMs) => { readonly beginMs: EpochMs; readonly endMs: EpochMs };
    readonly dateOf: (atMs: EpochMs) => string;
  },
): readonly CostDay[] {
  const days: CostDay[] = [];
  for (let atMs = parts.fromMs; atMs < parts.toMs; atMs = parts.dayOf(atMs).endMs) {
    const { beginMs, endMs } = parts.dayOf(atMs);
    const own = intervals.filter((each) => each.beginMs >= beginMs && each.beginMs < endMs);
    const expected = (Math.min(endMs, parts.toMs) - beginMs) / 900_000;
    const isKnown = own.length > 0;
    days.push({
      date: parts.dateOf(beginMs),
      importWh: isKnown ? energyWh(own.reduce((sum, { importWh }) => sum + importWh, 0)) : undefined,
      energyCost: isKnown ? toNumber(energyOf(own)) : undefined,
      peakW: isKnown ? powerW(Math.max(...own.map(({ importWh }) => importWh * 4))) : undefined,
      note:
        own.length < expected
          ? `${expected - own.length} of ${expected} quarter hours are missing, so the day is not whole.`
          : '',
    });
  }
  return days;
}

function toNumber(value: Exact): number {
  return Number(toDecimalText(value, 6, 'half-even'));
}
