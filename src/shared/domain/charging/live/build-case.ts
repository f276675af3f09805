/**
 * The facts of a depot as a case to plan, in kW at the charge points: what the grid connection carries is more by the loss on the way, so its
 * limits and loads are that much smaller and its prices that much dearer, and what the case costs is what the bill says. Nothing is invented: a vehicle that is out is expected with what it has now less its share of the
 * duty; one whose charge was never heard is planned as if it were empty, and said to be unknown.
 */
import type { DemandCharge, PlanCase, PlanVehicle } from '../plan-case.ts';
import type { SiteFacts, VehicleFacts } from './site-facts.ts';

/** Of the energy that the meter counts, what arrives in the battery: losses of charger and battery, by current. */
const EFFICIENCY = { AC: 0.9, DC: 0.95 } as const;
/** A vehicle is not planned to come home emptier than this. */
const LEAST_SOC_PERCENT = 5;
/**
 * Left free below every limit. The console sees the site once a second and chargers act within seconds; building load moves meanwhile, and
 * charge points keep to their limit within some per cent.
 */
const MARGIN_SHARE = 0.02;
/** Of full power up to here; then batteries take less and less (lithium-ion, constant voltage). */
const TAPER_FROM_PERCENT = 80;
/** With less than this left, what was planned for the slot stays: a charge point could not follow in time. */
const FROZEN_MS = 60_000;
const HOUR_MS = 3_600_000;

export type BuiltCase = {
  readonly plan: PlanCase;
  /**
   * How much of the first slot is left to plan, 0 to 1. The case counts it as a slot whose powers, limits and chargers are that much
   * smaller; what a charge point is to give in the rest of it is the planned power over this.
   */
  readonly leftOfFirst: number;
  /** A kW of the case, in kW at the grid connection. */
  readonly gridPerBay: number;
  /** What of a limit at the grid connection the case may use in a slot. */
  readonly limitKw: (gridW: number, slot: number) => number;
  /** By vehicle of the case. */
  readonly stays: readonly Stay[];
};

export type Stay = {
  readonly facts: VehicleFacts;
  /** When it can be charged: instants. */
  readonly hereFromMs: number;
  readonly departAtMs: number;
  readonly targetPercent: number;
  /** At the beginning of its stay. */
  readonly arrivesWithPercent: number;
  readonly needKwh: number;
};

export function buildCase(facts: SiteFacts): BuiltCase {
  const { fromMs, slotMs, slots, prices, vehicles } = facts;
  const endMs = fromMs + slots * slotMs;
  const stays = vehicles.map((vehicle) => stayOf(vehicle, facts.nowMs)).filter(({ hereFromMs }) => hereFromMs < endMs);
  const missingPrice = worthOfMissing(facts);
  const leftMs = fromMs + slotMs - facts.nowMs;
  const leftOfFirst = leftMs < FROZEN_MS ? 0 : leftMs / slotMs;
  const gridPerBay = 1 + facts.lossShare;
  const loadKw = (slot: number): number =>
    (facts.buildingW[slot] ?? 0) / 1000 / gridPerBay + unplannedW(facts, slot) / 1000;
  const limitKw = (gridW: number, slot: number): number => {
    const wholeKw = (gridW * (1 - MARGIN_SHARE)) / 1000 / gridPerBay;
    return slot === 0 ? partOf(wholeKw, loadKw(0), leftOfFirst) : wholeKw;
  };
  const atBays = <D extends DemandCharge>(demand: D): D => ({
    ...demand,
    pricePerKw: demand.pricePerKw * gridPerBay,
    peakSoFarKw: demand.peakSoFarKw / gridPerBay,
  });
  return {
    stays,
    leftOfFirst,
    gridPerBay,
    limitKw,
    plan: {
      slotHours: slotMs / HOUR_MS,
      slots: prices.importPrice.map((importPrice, slot) => ({
        importPrice: importPrice * gridPerBay,
        exportPrice: (prices.exportPrice[slot] ?? 0) * gridPerBay,
        importLimitKw: limitKw(facts.siteLimitW, slot),
        loadKw: loadKw(slot),
        pvKw: 0,
      })),
      demand: atBays(prices.demand),
      ...(prices.furtherDemands.length > 0 ? { furtherDemands: prices.furtherDemands.map(atBays) } : {}),
      feeders: facts.feeders.map(({ id, parent, limitW }) => ({
        id,
        parent,
        limitKw: prices.importPrice.map(
          (_, slot) => ((slot === 0 ? leftOfFirst : 1) * limitW * (1 - MARGIN_SHARE)) / 1000,
        ),
      })),
      vehicles: stays.map((stay) => planVehicle(stay, facts, leftOfFirst, missingPrice)),
    },
  };
}

/**
 * Most that vehicles in no plan take at their bays. Charge points are told no further than an hour ahead and each quarter hour is planned anew, so
 * beyond that nothing is kept free for one that may have left by then.
 */
export function unplannedW({ unplannedBays, slotMs }: SiteFacts, slot: number): number {
  if (slot * slotMs > HOUR_MS) return 0;
  return unplannedBays.reduce((sum, { maxW }) => sum + maxW, 0);
}

/** Of what is above the load. */
function partOf(limitKw: number, loadKw: number, share: number): number {
  return limitKw > loadKw ? loadKw + (limitKw - loadKw) * share : limitKw;
}

function planVehicle(
  stay: Stay,
  { fromMs, slotMs, slots }: SiteFacts,
  leftOfFirst: number,
  missingPrice: number,
): PlanVehicle {
  const { facts, needKwh, hereFromMs, departAtMs } = stay;
  const fromSlot = Math.max(0, Math.ceil((hereFromMs - fromMs) / slotMs - 1e-9));
  const first = facts.isHere ? 0 : fromSlot;
  const toSlot = Math.min(slots, Math.floor((departAtMs - fromMs) / slotMs));
  const maxKw = facts.bay === undefined || facts.isBayBroken ? 0 : facts.maxW / 1000;
  return {
    id: facts.vehicleId,
    needKwh,
    fromSlot: first,
    maxKw: Array.from({ length: Math.max(0, toSlot - first) }, (_, at) =>
      first + at === 0 ? maxKw * leftOfFirst : maxKw,
    ),
    feeder: facts.bay?.feeder,
    offers: [],
    missingPrice,
    ...taperOf(stay),
  };
}

function taperOf({ facts, arrivesWithPercent, targetPercent }: Stay): Pick<PlanVehicle, 'taper'> {
  if (targetPercent <= TAPER_FROM_PERCENT) return {};
  const kwhOf = (percent: number) =>
    (Math.max(0, percent - arrivesWithPercent) * facts.usableCapacityWh) / 100_000 / EFFICIENCY[facts.current];
  // The battery's own fall ends a little beyond full, where it is still at a fifth of its power.
  return { taper: { fullPowerKwh: kwhOf(TAPER_FROM_PERCENT), fullKwh: kwhOf(105) } };
}

export function stayOf(facts: VehicleFacts, nowMs: number): Stay {
  const { duty, running, usableCapacityWh, isHere } = facts;
  const targetPercent = Math.min(100, (duty.energyWh / usableCapacityWh) * 100 + duty.reservePercent);
  const hereFromMs = isHere ? nowMs : Math.max(running?.returnAtMs ?? nowMs, nowMs);
  const arrivesWithPercent = isHere ? (facts.socPercent ?? 0) : expectedSoc(facts, nowMs);
  const missingWh = (Math.max(0, targetPercent - arrivesWithPercent) / 100) * usableCapacityWh;
  return {
    facts,
    hereFromMs,
    departAtMs: duty.departAtMs,
    targetPercent,
    arrivesWithPercent,
    needKwh: missingWh / 1000 / EFFICIENCY[facts.current],
  };
}

function expectedSoc({ socPercent, socAtMs, running, usableCapacityWh }: VehicleFacts, nowMs: number): number {
  if (socPercent === undefined) return LEAST_SOC_PERCENT;
  if (running === undefined) return socPercent;
  const leftMs = running.returnAtMs - Math.max(socAtMs ?? nowMs, running.departAtMs);
  const share = Math.min(1, Math.max(0, leftMs / (running.returnAtMs - running.departAtMs)));
  return Math.max(LEAST_SOC_PERCENT, socPercent - ((share * running.energyWh) / usableCapacityWh) * 100);
}

/** Above whatever a kWh can cost, with the peak it may raise: energy for a duty is never left out to save money. */
function worthOfMissing({ prices, slotMs }: SiteFacts): number {
  const dearest = prices.importPrice.reduce((most, price) => Math.max(most, price), 0);
  const peaks = prices.furtherDemands.reduce((sum, { pricePerKw }) => sum + pricePerKw, prices.demand.pricePerKw);
  return 10 * (dearest + (peaks * HOUR_MS) / slotMs);
}

/** In the battery, of what the meter counts. */
export function batteryWh(meterKwh: number, current: VehicleFacts['current']): number {
  return meterKwh * 1000 * EFFICIENCY[current];
}
