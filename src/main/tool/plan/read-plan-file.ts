/** The JSON case that `plan` takes. Whatever is one number may be a list with one for each slot. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type {
  PhaseShares,
  PlanCase,
  PlanFeeder,
  PlanSlot,
  PlanVehicle,
} from '../../../shared/domain/charging/plan-case.ts';
import { ToolError } from '../tool-definition.ts';

const UNREADABLE = 2;
const MOST_SLOTS = 10_000;

const number = z.number();
const kw = z.union([z.number().nonnegative(), z.array(z.number().nonnegative())]);
const price = z.union([number, z.array(number)]);
const slot = z.number().int().nonnegative();

const planFile = z.strictObject({
  slot_minutes: z.number().positive(),
  slots: z.number().int().positive().max(MOST_SLOTS),
  prices: z.strictObject({ import: price, export: price.default(0) }),
  site: z.strictObject({ limit_kw: kw, load_kw: kw.default(0), pv_kw: kw.default(0) }),
  demand_charge: z
    .strictObject({ price_per_kw: z.number().nonnegative(), peak_so_far_kw: z.number().nonnegative().default(0) })
    .default({ price_per_kw: 0, peak_so_far_kw: 0 }),
  further_demand_charges: z
    .array(
      z.strictObject({
        price_per_kw: z.number().nonnegative(),
        peak_so_far_kw: z.number().nonnegative().default(0),
        slots: z.array(slot).min(1),
      }),
    )
    .default([]),
  /** Of charging, on each phase of the site. */
  phase_limit_kw: z.tuple([kw, kw, kw]).optional(),
  limits: z
    .array(z.strictObject({ id: z.string().min(1), parent: z.string().min(1).optional(), limit_kw: kw }))
    .default([]),
  vehicles: z.array(
    z.strictObject({
      id: z.string().min(1),
      need_kwh: z.number().nonnegative(),
      max_kw: z.number().nonnegative(),
      /** From a slot until before another. */
      windows: z.array(z.tuple([slot, slot])).min(1),
      limit: z.string().min(1).optional(),
      phases: z
        .array(z.union([z.literal(1), z.literal(2), z.literal(3)]))
        .min(1)
        .max(3)
        .optional(),
      taper: z
        .strictObject({ full_power_kwh: z.number().nonnegative(), full_kwh: z.number().nonnegative() })
        .optional(),
      missing_price: z.number().positive().optional(),
    }),
  ),
  offers: z
    .array(
      z.strictObject({
        vehicle: z.string().min(1),
        kwh: z.number().nonnegative(),
        price_per_kwh: z.number().nonnegative(),
      }),
    )
    .default([]),
});

type PlanFile = z.infer<typeof planFile>;

/** @throws ToolError that names the place in the file and what is wrong there */
export function readPlanFile(file: string): PlanCase {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error));
  }
  const parsed = planFile.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unreadable(file, `at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'not a case'}`);
  }
  return toCase(parsed.data, file);
}

function toCase(read: PlanFile, file: string): PlanCase {
  const refuse = (place: string, why: string): never => {
    throw unreadable(file, `at ${place}: ${why}`);
  };
  const bySlot = (value: number | readonly number[], place: string): readonly number[] => {
    if (typeof value === 'number') return Array.from({ length: read.slots }, () => value);
    return value.length === read.slots ? value : refuse(place, `${value.length} values for ${read.slots} slots`);
  };
  const [imports, exports] = [bySlot(read.prices.import, 'prices.import'), bySlot(read.prices.export, 'prices.export')];
  const limits = bySlot(read.site.limit_kw, 'site.limit_kw');
  const [loads, pv] = [bySlot(read.site.load_kw, 'site.load_kw'), bySlot(read.site.pv_kw, 'site.pv_kw')];
  const slots = imports.map((importPrice, at): PlanSlot => {
    const exportPrice = exports[at] ?? 0;
    if (exportPrice > importPrice)
      refuse(
        `prices.export.${at}`,
        `${exportPrice} earns more than ${importPrice} costs, so buying to sell would pay without end`,
      );
    return { importPrice, exportPrice, importLimitKw: limits[at] ?? 0, loadKw: loads[at] ?? 0, pvKw: pv[at] ?? 0 };
  });
  const feeders = read.limits.map(({ id, parent, limit_kw: limit }, at): PlanFeeder => ({
    id,
    parent,
    limitKw: bySlot(limit, `limits.${at}.limit_kw`),
  }));
  checkForest(feeders, refuse);
  const ids = new Set(feeders.map(({ id }) => id));
  const names = new Set<string>();
  const slotHours = read.slot_minutes / 60;
  const missingPrice = aboveAllPrices(read, slots, slotHours);
  const vehicles = read.vehicles.map((vehicle, at): PlanVehicle => {
    if (names.has(vehicle.id)) refuse(`vehicles.${at}.id`, `${vehicle.id} is there twice`);
    names.add(vehicle.id);
    if (vehicle.limit !== undefined && !ids.has(vehicle.limit))
      refuse(`vehicles.${at}.limit`, `no limit is called ${vehicle.limit}`);
    for (const [from, until] of vehicle.windows)
      if (from >= until || until > read.slots)
        refuse(`vehicles.${at}.windows`, `${from} to ${until} is no window within ${read.slots} slots`);
    return {
      id: vehicle.id,
      needKwh: vehicle.need_kwh,
      ...spanOf(vehicle.windows, vehicle.max_kw),
      feeder: vehicle.limit,
      offers: read.offers
        .filter((offer) => offer.vehicle === vehicle.id)
        .map((offer) => ({ kwh: offer.kwh, pricePerKwh: offer.price_per_kwh })),
      missingPrice: vehicle.missing_price ?? missingPrice,
      ...(vehicle.phases === undefined ? {} : { phaseShares: sharesOf(vehicle.phases) }),
      ...(vehicle.taper === undefined
        ? {}
        : { taper: { fullPowerKwh: vehicle.taper.full_power_kwh, fullKwh: vehicle.taper.full_kwh } }),
    };
  });
  read.offers.forEach(
    (offer, at) => names.has(offer.vehicle) || refuse(`offers.${at}.vehicle`, `no vehicle is called ${offer.vehicle}`),
  );
  const { price_per_kw: pricePerKw, peak_so_far_kw: peakSoFarKw } = read.demand_charge;
  const furtherDemands = read.further_demand_charges.map((each, at) => {
    const outside = each.slots.find((counted) => counted >= read.slots);
    if (outside !== undefined)
      refuse(`further_demand_charges.${at}.slots`, `${outside} is none of the ${read.slots} slots, which count from 0`);
    const isCounted = slots.map((_, place) => each.slots.includes(place));
    return { pricePerKw: each.price_per_kw, peakSoFarKw: each.peak_so_far_kw, isCounted };
  });
  const phases = read.phase_limit_kw?.map((limit, at) => bySlot(limit, `phase_limit_kw.${at}`));
  return {
    slotHours,
    slots,
    demand: { pricePerKw, peakSoFarKw },
    feeders,
    vehicles,
    ...(furtherDemands.length === 0 ? {} : { furtherDemands }),
    ...(phases === undefined
      ? {}
      : {
          phaseLimitKw: slots.map(
            (_, at) => [phases[0]?.[at] ?? 0, phases[1]?.[at] ?? 0, phases[2]?.[at] ?? 0] as const,
          ),
        }),
  };
}

/** Evenly on those it stands on. */
function sharesOf(phases: readonly number[]): PhaseShares {
  const share = (phase: number) => (phases.includes(phase) ? 1 / new Set(phases).size : 0);
  return [share(1), share(2), share(3)];
}

function spanOf(
  windows: readonly (readonly [number, number])[],
  maxKw: number,
): Pick<PlanVehicle, 'fromSlot' | 'maxKw'> {
  const fromSlot = Math.min(...windows.map(([from]) => from));
  const until = Math.max(...windows.map(([, end]) => end));
  const isIn = (at: number) => windows.some(([from, end]) => from <= at && at < end);
  return { fromSlot, maxKw: Array.from({ length: until - fromSlot }, (_, at) => (isIn(fromSlot + at) ? maxKw : 0)) };
}

function checkForest(feeders: readonly PlanFeeder[], refuse: (place: string, why: string) => never): void {
  const parentOf = new Map(feeders.map(({ id, parent }) => [id, parent]));
  feeders.forEach(({ id, parent }, at) => {
    if (feeders.findIndex((other) => other.id === id) !== at) refuse(`limits.${at}.id`, `${id} is there twice`);
    if (parent !== undefined && !parentOf.has(parent)) refuse(`limits.${at}.parent`, `no limit is called ${parent}`);
    let above = parent;
    for (let steps = 0; above !== undefined; above = parentOf.get(above))
      if (above === id || ++steps > feeders.length) refuse(`limits.${at}.parent`, `${id} is above itself`);
  });
}

/** One kWh more can move others to dearer slots and raise the peak by itself, and no more: missing it must cost more than that. */
function aboveAllPrices(read: PlanFile, slots: readonly PlanSlot[], slotHours: number): number {
  const prices = [
    ...slots.flatMap((each) => [each.importPrice, each.exportPrice]),
    ...read.offers.map((each) => each.price_per_kwh),
  ];
  const highest = prices.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  return 10 * (1 + highest + read.demand_charge.price_per_kw / slotHours);
}

function unreadable(file: string, why: string): ToolError {
  const message = `${file} is not a case to plan: ${why}. The README describes the format; mend the file and try again.`;
  return new ToolError('unreadable-case', message, UNREADABLE);
}
