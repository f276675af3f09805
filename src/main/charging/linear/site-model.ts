/**
 * A case as a linear program: power of each vehicle in each slot, import and export of each slot, one peak for each demand charge, what is bought
 * elsewhere and what is missing. Beyond what the network of `site-network.ts` holds it knows phases, battery taper and several peaks.
 */
import {
  EVEN_SHARES,
  type DemandCharge,
  type PlanCase,
  type PlanSlot,
  type PlanVehicle,
} from '../../../shared/domain/charging/plan-case.ts';
import { createModelBuilder, type LinearModel, type ModelBuilder } from './linear-model.ts';

export type SiteModel = {
  readonly model: LinearModel;
  /** Columns in kW, by vehicle, then by slot from its `fromSlot` on; undefined where it has no power. */
  readonly power: readonly (readonly (number | undefined)[])[];
  /** Columns in kWh, by vehicle, then as its offers are listed. */
  readonly bought: readonly (readonly number[])[];
  /** Columns in kWh, by vehicle: the first tenth, then the rest. */
  readonly missing: readonly (readonly [first: number, rest: number])[];
  /** Rows: what a slot draws is what it is given. */
  readonly balance: readonly number[];
};

type Rows = {
  readonly balance: readonly number[];
  /** By feeder, then by slot. */
  readonly feeders: readonly (readonly number[])[];
  /** By slot, then by phase; undefined where the case knows no phases. */
  readonly phases: readonly (readonly number[])[] | undefined;
  readonly chainOf: (vehicle: PlanVehicle) => readonly number[];
};

const FIRST_SHARE = 0.1;

export function buildSiteModel(plan: PlanCase): SiteModel {
  const builder = createModelBuilder();
  const rows = addRows(plan, builder);
  addGrid(plan, builder, rows.balance);
  const apart = plan.vehicles.map((vehicle) => {
    const need = builder.rowOf(vehicle.needKwh);
    return { power: addPowers(plan, vehicle, need, rows, builder), ...addPrivate(vehicle, need, builder) };
  });
  return {
    model: builder.finish(),
    power: apart.map(({ power }) => power),
    bought: apart.map(({ bought }) => bought),
    missing: apart.map(({ missing }) => missing),
    balance: rows.balance,
  };
}

function addRows({ slots, feeders, phaseLimitKw }: PlanCase, builder: ModelBuilder): Rows {
  const indexOf = new Map(feeders.map(({ id }, index) => [id, index]));
  const chainFrom = (id: string | undefined): readonly number[] => {
    const index = id === undefined ? undefined : indexOf.get(id);
    return index === undefined ? [] : [index, ...chainFrom(feeders[index]?.parent)];
  };
  const chains = new Map(feeders.map(({ id }) => [id, chainFrom(id)]));
  return {
    balance: slots.map((slot) => builder.rowOf(netKwOf(slot))),
    feeders: feeders.map(({ limitKw }) => slots.map((_, at) => builder.rowUpTo(Math.max(0, limitKw[at] ?? 0)))),
    phases: phaseLimitKw?.map((limits) => limits.map((kw) => builder.rowUpTo(Math.max(0, kw)))),
    chainOf: ({ feeder }) => chains.get(feeder ?? '') ?? [],
  };
}

const netKwOf = ({ loadKw, pvKw }: PlanSlot): number => loadKw - pvKw;

/** Import, export and peaks. The building is supplied even where it alone is above the limit. */
function addGrid(plan: PlanCase, builder: ModelBuilder, balance: readonly number[]): void {
  const { slots, slotHours, demand, furtherDemands = [], vehicles } = plan;
  const chargersKw = new Float64Array(slots.length);
  for (const { fromSlot, maxKw } of vehicles)
    maxKw.forEach((kw, at) => (chargersKw[fromSlot + at] = (chargersKw[fromSlot + at] ?? 0) + kw));
  const mostKw = slots.map((slot, at) => {
    const basicKw = Math.max(0, netKwOf(slot));
    return Math.max(basicKw, Math.min(slot.importLimitKw, basicKw + (chargersKw[at] ?? 0)));
  });
  const billed: (DemandCharge & { readonly isCounted?: readonly boolean[] })[] = [demand, ...furtherDemands];
  const peakRows = billed
    .filter(({ pricePerKw }) => pricePerKw > 0)
    .map(({ pricePerKw, peakSoFarKw, isCounted }) => {
      const bySlot = slots.map((_, at) => ((isCounted?.[at] ?? true) ? builder.rowUpTo(0) : undefined));
      const upper = mostKw.reduce((most, kw) => Math.max(most, kw), peakSoFarKw);
      const counted = bySlot.filter((row) => row !== undefined);
      builder.column(
        { cost: pricePerKw, lower: peakSoFarKw, upper },
        counted.map((row) => [row, -1]),
      );
      return bySlot;
    });
  slots.forEach((slot, at) => {
    const row = balance[at] ?? 0;
    const peaks = peakRows.flatMap((bySlot) => bySlot[at] ?? []);
    builder.column({ cost: slot.importPrice * slotHours, upper: mostKw[at] ?? 0 }, [
      [row, 1],
      ...peaks.map((peak) => [peak, 1] as const),
    ]);
    // Nobody buys to sell, since that never pays: what is sold is surplus.
    const surplusKw = Math.max(0, -netKwOf(slot));
    if (surplusKw > 0) builder.column({ cost: -slot.exportPrice * slotHours, upper: surplusKw }, [[row, -1]]);
  });
}

function addPowers(
  { slotHours }: PlanCase,
  vehicle: PlanVehicle,
  need: number,
  rows: Rows,
  builder: ModelBuilder,
): (number | undefined)[] {
  const chain = rows.chainOf(vehicle);
  const shares = vehicle.phaseShares ?? EVEN_SHARES;
  const tapers = addTaper(vehicle, slotHours, builder);
  return vehicle.maxKw.map((maxKw, at) => {
    if (maxKw <= 0) return undefined;
    const slot = vehicle.fromSlot + at;
    const phaseRows = rows.phases?.[slot];
    return builder.column({ cost: 0, upper: maxKw }, [
      [need, slotHours],
      [rows.balance[slot] ?? 0, -1],
      ...chain.map((feeder) => [rows.feeders[feeder]?.[slot] ?? 0, 1] as const),
      ...(phaseRows === undefined
        ? []
        : shares.flatMap((share, phase) => (share > 0 ? [[phaseRows[phase] ?? 0, share] as const] : []))),
      ...(tapers[at] ?? []),
    ]);
  });
}

/**
 * Rows that hold each power within what the battery takes at the *end* of its slot, so that the power is taken all through the slot. A battery
 * that takes less and less could be given somewhat more early in the slot: never is more promised than is delivered, but up to that
 * much less. Answers the entries of the vehicle's powers, by slot.
 */
function addTaper(
  { taper, maxKw }: PlanVehicle,
  slotHours: number,
  builder: ModelBuilder,
): readonly (readonly (readonly [row: number, factor: number])[])[] {
  if (taper === undefined) return [];
  const fullKwh = Math.max(0, taper.fullKwh);
  const mostKw = maxKw.reduce((most, kw) => Math.max(most, kw), 0);
  /** How little energy lies between full power and none: the rows are in kWh, since a steep battery in kW is beyond the solver's tolerance. */
  const kwhPerKw = mostKw > 0 ? (taper.fullKwh - taper.fullPowerKwh) / mostKw : 0;
  const gains = maxKw.map(() => builder.rowOf(0));
  return maxKw.map((_, at) => {
    const gain = gains[at] ?? 0;
    const next = gains[at + 1];
    const taken = kwhPerKw > 0 ? builder.rowUpTo(fullKwh) : undefined;
    builder.column({ cost: 0, upper: fullKwh }, [
      [gain, 1],
      ...(next === undefined ? [] : [[next, -1] as const]),
      ...(taken === undefined ? [] : [[taken, 1] as const]),
    ]);
    return [[gain, -slotHours] as const, ...(taken === undefined ? [] : [[taken, kwhPerKw] as const])];
  });
}

/** What a vehicle may do without the site. */
function addPrivate(
  { needKwh, offers, missingPrice }: PlanVehicle,
  need: number,
  builder: ModelBuilder,
): { readonly bought: number[]; readonly missing: readonly [first: number, rest: number] } {
  const kwhAt = (price: number, mostKwh: number) => builder.column({ cost: price, upper: mostKwh }, [[need, 1]]);
  return {
    bought: offers.map(({ kwh, pricePerKwh }) => kwhAt(pricePerKwh, Math.min(kwh, needKwh))),
    missing: [kwhAt(missingPrice, needKwh * FIRST_SHARE), kwhAt(2 * missingPrice, needKwh * (1 - FIRST_SHARE))],
  };
}
