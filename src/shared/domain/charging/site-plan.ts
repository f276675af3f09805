/** A depot's plan as people see it: when each bay charges, what the site draws, what it costs, and what each decision changed. */
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh, PowerW } from '../../kernel/quantity.ts';
import type { Steering } from './site-settings.ts';
import type { Wish } from './wish.ts';

/** `live` plans with fresh data; `limited` plans, but something it needs is stale or missing, and says what; `stopped` does not plan. */
export type PlanStanding = 'live' | 'limited' | 'stopped';

/** Money as a number of the currency's main unit: a forecast, never a bill. */
export type SitePlanHead = {
  readonly depotId: string;
  readonly steering: Steering;
  readonly standing: PlanStanding;
  /** Whole sentences: what is not as it should be, and what the plan does about it. Empty when live. */
  readonly notes: readonly string[];
  readonly decisionNumber: number;
  readonly plannedAtMs: EpochMs;
  readonly tookMs: number;
  readonly currency: string;
  /** Until the end of the plan: energy, demand charge and offers. */
  readonly cost: number;
  /** No plan that drives as much costs less. */
  readonly bound: number;
  /** The same vehicles, each charged at once and as fast as its charge point can. */
  readonly unmanagedCost: number;
  readonly peakSoFarW: PowerW;
  readonly plannedPeakW: PowerW;
  readonly siteLimitW: PowerW;
  readonly vehicles: number;
  readonly vehiclesAtRisk: number;
  readonly missingWh: EnergyWh;
  /** What all fallbacks and the building together can draw; below the limit. */
  readonly fallbackW: PowerW;
  readonly crossCheck: CrossCheck | undefined;
  /** Wishes that concern no single vehicle. */
  readonly siteWishes: readonly Wish[];
};

/** The second engine's word on the same case. */
export type CrossCheck = {
  readonly atMs: EpochMs;
  readonly engine: string;
  readonly relativeDifference: number;
  readonly agrees: boolean;
  readonly sentence: string;
};

export type SitePlan = {
  readonly head: SitePlanHead;
  readonly fromMs: EpochMs;
  readonly slotMs: number;
  readonly slots: number;
  /** One a slot, all of them. W, but the last two: of the main unit per kWh. */
  readonly buildingW: readonly number[];
  readonly pvW: readonly number[];
  readonly chargingW: readonly number[];
  /** At the grid connection, with what is lost on the way to the charge points. */
  readonly importW: readonly number[];
  readonly limitW: readonly number[];
  readonly price: readonly number[];
  /** What one kWh more would cost; above `price` where a limit or the peak is in the way. */
  readonly marginalPrice: readonly number[];
  /** What was measured before `fromMs`, at the same slots; undefined where nothing was. */
  readonly measured: readonly {
    readonly atMs: EpochMs;
    readonly importW: number | undefined;
    readonly buildingW: number | undefined;
  }[];
  readonly rows: readonly PlanRow[];
};

/** One bay and its vehicle. */
export type PlanRow = {
  readonly vehicleId: string;
  readonly evseKey: string | undefined;
  readonly bayName: string;
  readonly dutyName: string;
  /** When it is at the depot; a vehicle that is out is expected then. */
  readonly hereFromMs: EpochMs;
  readonly departAtMs: EpochMs;
  readonly isHere: boolean;
  readonly maxW: PowerW;
  /** By slot from the plan's `fromMs`. */
  readonly powerW: readonly number[];
  /** What the plan before the last decision wanted, at the same slots. */
  readonly beforeW: readonly number[];
  /** Slots of `powerW` that a person's wish fixed. */
  readonly fixedSlots: readonly number[];
  readonly wishes: readonly Wish[];
  readonly setPoint: SetPointStanding;
};

/** What the charge point was last told. `fallback`: it was told nothing, or what it was told is over. */
export type SetPointStanding = {
  readonly state: 'advised' | 'sending' | 'holds' | 'refused' | 'unknown' | 'fallback';
  readonly limitW: PowerW;
  readonly untilMs: EpochMs | undefined;
  readonly reason: string | undefined;
};

export type ReadinessState = 'ready' | 'on-track' | 'tight' | 'will-miss' | 'unknown';

export type Readiness = {
  readonly vehicleId: string;
  readonly depotId: string;
  readonly dutyId: string;
  readonly dutyName: string;
  readonly bayName: string;
  readonly departAtMs: EpochMs;
  readonly returnAtMs: EpochMs;
  readonly state: ReadinessState;
  /** Undefined: never heard. */
  readonly socPercent: number | undefined;
  readonly socAtMs: EpochMs | undefined;
  readonly targetPercent: number;
  /** At departure, if all goes by the plan. */
  readonly expectedPercent: number | undefined;
  readonly needWh: EnergyWh;
  readonly missingWh: EnergyWh;
  /** When the need is met by the plan; undefined when it will not be. */
  readonly readyAtMs: EpochMs | undefined;
  /** Departure minus the latest moment at which charging at full power would still suffice, as of now; negative: too late already. */
  readonly marginMs: number | undefined;
  readonly cause: MissCause | undefined;
  /** What is in the way, with figures, in one or two sentences; empty when nothing is. */
  readonly because: string;
  readonly wishes: readonly Wish[];
};

export type MissCause =
  | 'site-limit'
  | 'feeder-limit'
  | 'charger-window'
  | 'phase'
  | 'late-arrival'
  | 'charger-fault'
  | 'person'
  | 'battery-full-slow'
  | 'not-plugged'
  | 'soc-unknown';

/** A way out, with its price: what the plan costs with it minus what it costs without. */
export type Remedy = {
  /** Stable for the same vehicle and means. */
  readonly id: string;
  readonly title: string;
  /** What it does to this vehicle and to others, in a sentence. */
  readonly consequence: string;
  readonly costDifference: number;
  readonly missingWhAfter: EnergyWh;
  /** Of the whole site. */
  readonly othersMissingWhAfter: EnergyWh;
  readonly movedVehicles: number;
  /** What choosing it gives. */
  readonly wish: Wish['terms'];
};

export type DecisionReason =
  | 'start'
  | 'time'
  | 'arrival'
  | 'departure'
  | 'duty-changed'
  | 'charger'
  | 'limit'
  | 'meter'
  | 'price'
  | 'wish'
  | 'taper'
  | 'planner-back';

export type PlanDecision = {
  readonly number: number;
  readonly depotId: string;
  readonly decidedAtMs: EpochMs;
  readonly reasons: readonly DecisionReason[];
  /** What happened and what follows, in a sentence or two a dispatcher reads. */
  readonly summary: string;
  readonly inputsHash: string;
  readonly engine: 'flow' | 'linear';
  /** From the first event of those gathered to the plan. */
  readonly tookMs: number;
  readonly objective: number;
  readonly bound: number;
  readonly cost: number;
  readonly costBefore: number | undefined;
  readonly missingWh: EnergyWh;
  readonly missingBeforeWh: EnergyWh | undefined;
  readonly changedCells: number;
  readonly moves: readonly PlanMove[];
  /** Of the wish that caused it, where one did: withdrawing it undoes the decision. */
  readonly wishId: string | undefined;
};

/** How one vehicle's plan changed. */
export type PlanMove = {
  readonly vehicleId: string;
  readonly movedWh: EnergyWh;
  /** First and last slot that changed. */
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly readyBeforeMs: EpochMs | undefined;
  readonly readyAfterMs: EpochMs | undefined;
  readonly missingBeforeWh: EnergyWh;
  readonly missingAfterWh: EnergyWh;
  readonly sentence: string;
};

/** One side of a what-if. */
export type PlanSummary = {
  readonly cost: number;
  readonly bound: number;
  readonly peakW: PowerW;
  readonly missingWh: EnergyWh;
  readonly vehiclesAtRisk: number;
  readonly chargingW: readonly number[];
};

export type WhatIf = {
  readonly now: PlanSummary;
  readonly other: PlanSummary;
  readonly changedCells: number;
  readonly moves: readonly PlanMove[];
  readonly sentence: string;
};

/** One point of the curve under the site cap. */
export type CapPoint = {
  readonly capW: PowerW;
  readonly cost: number;
  readonly missingWh: EnergyWh;
  readonly peakW: PowerW;
};

export type CostDay = {
  /** Local date, ISO 8601. */
  readonly date: string;
  readonly importWh: EnergyWh | undefined;
  readonly energyCost: number | undefined;
  readonly peakW: PowerW | undefined;
  /** Whole sentence where the day is not fully known. */
  readonly note: string;
};

/** Of the current calendar month at the depot. */
export type SiteCost = {
  readonly depotId: string;
  readonly currency: string;
  readonly termsName: string;
  readonly monthFromMs: EpochMs;
  readonly monthToMs: EpochMs;
  readonly days: readonly CostDay[];
  readonly soFar: CostParts;
  /** So far, and the plan until its end. */
  readonly forecast: CostParts;
  /** The same until the same end, with each vehicle charged at once. */
  readonly unmanaged: CostParts;
  /** What no plan goes below, over so far and until the plan's end. */
  readonly bound: number;
  readonly notes: readonly string[];
};

export type CostParts = {
  readonly energyCost: number;
  readonly demandCost: number;
  readonly total: number;
  readonly energyWh: EnergyWh;
  readonly peakW: PowerW;
};
