/**
 * What a charging plan is made from: one site, its slots of equal length, and the vehicles that want energy before they leave.
 * Powers in kW, energies in kWh, prices in one currency per kWh or kW; a slot is counted from 0.
 */
export type PlanCase = {
  readonly slotHours: number;
  readonly slots: readonly PlanSlot[];
  readonly demand: DemandCharge;
  /** Limits below the site's own, as a forest: what goes through a feeder also goes through its parent. */
  readonly feeders: readonly PlanFeeder[];
  readonly vehicles: readonly PlanVehicle[];
  /** Peaks billed besides `demand`, such as the one of the dear hours; only the linear engine weighs them. */
  readonly furtherDemands?: readonly FurtherDemand[];
  /** Highest power of charging on each phase of the site, by slot, kW; absent where the phases are not known. */
  readonly phaseLimitKw?: readonly (readonly [number, number, number])[];
};

export type PlanSlot = {
  readonly importPrice: number;
  /** What a kWh sent to the grid earns; never above the import price, or buying to sell would pay without end. */
  readonly exportPrice: number;
  readonly importLimitKw: number;
  readonly loadKw: number;
  readonly pvKw: number;
};

export type DemandCharge = {
  /** For each kW of the highest import, from `peakSoFarKw` on; 0 where no peak is billed. */
  readonly pricePerKw: number;
  readonly peakSoFarKw: number;
};

export type FurtherDemand = DemandCharge & {
  /** By slot, whether its import counts for this peak. */
  readonly isCounted: readonly boolean[];
};

export type PlanFeeder = {
  readonly id: string;
  readonly parent: string | undefined;
  /** One for each slot. */
  readonly limitKw: readonly number[];
};

export type PlanVehicle = {
  readonly id: string;
  readonly needKwh: number;
  /** Highest power in each slot from `fromSlot` on; beyond its end the vehicle is away. */
  readonly fromSlot: number;
  readonly maxKw: readonly number[];
  readonly feeder: string | undefined;
  /** Energy that can be bought elsewhere. */
  readonly offers: readonly { readonly kwh: number; readonly pricePerKwh: number }[];
  /** What the first tenth of its need is worth when it is missing; the rest is worth twice that. */
  readonly missingPrice: number;
  /** Below this the charger cannot run: 6 A on each of its phases (IEC 61851-1, Annex A). Absent where any power can be given. */
  readonly minKw?: number;
  /**
   * What it adds on each phase of the site for each kW it takes; absent for a third each. Where chargers stand between two lines behind a
   * transformer, these are the lines before it, and may add up to more than 1.
   */
  readonly phaseShares?: PhaseShares;
  readonly taper?: BatteryTaper;
};

export type Phase = 1 | 2 | 3;

export type PhaseShares = readonly [number, number, number];

export const EVEN_SHARES: PhaseShares = [1 / 3, 1 / 3, 1 / 3];

/** How much a battery still takes: all it is offered up to `fullPowerKwh` more than it has now, then less, evenly, to nothing at `fullKwh`. */
export type BatteryTaper = { readonly fullPowerKwh: number; readonly fullKwh: number };
