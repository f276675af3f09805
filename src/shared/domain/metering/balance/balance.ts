/**
 * What an energy balance of a depot is: for each meter that feeds others, what went in against what came out, with the error
 * that the instruments themselves explain. Energies are those of the registers; the balance only compares.
 */
import type { EpochMs } from '../../../kernel/instant.ts';
import type { EnergyWh } from '../../../kernel/quantity.ts';
import type { EnergyInterval } from '../interval.ts';
import type { Meter } from '../meter.ts';

export type BalanceMeter = Pick<Meter, 'id' | 'name' | 'role' | 'parentId' | 'evseKey' | 'accuracyClass'> & {
  /** One step of the energy register. */
  readonly resolutionWh: number;
  /** 3 x rated current x rated voltage: what a clock slip can be worth. */
  readonly ratedPowerW: number;
  readonly intervals: readonly EnergyInterval[];
};

/** Energy that somebody bills for one EVSE in one interval, handed down by whoever knows sessions. */
export type BilledEnergy = {
  readonly evseKey: string;
  readonly sessionId: string;
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  readonly energyWh: EnergyWh;
  /** The session goes on: what it claims is not all yet. */
  readonly isRunning: boolean;
};

/** What is expected besides the meters: set per depot. */
export type BalanceSettings = {
  /** Share of a node's incoming energy that is lost in cables and bars before its outgoing meters. */
  readonly lossShare: number;
  /** How much of that loss is uncertain, as a share of it. */
  readonly lossUncertainty: number;
  /** How far the clocks of two readings may be apart (a good meter clock slips 9 s in a quarter hour at most). */
  readonly clockSlipMs: number;
};

/**
 * Each part in Wh, the sum of what every meter adds to it. Worst adds the parts up; likely is the root sum square of every
 * single contribution, meter by meter and end by end, so that it is less than the parts' own.
 */
export type ErrorBudget = {
  readonly accuracyWh: number;
  readonly resolutionWh: number;
  readonly lossWh: number;
  readonly clockWh: number;
  /** Ends of intervals that were interpolated between readings far apart, and spreads over gaps. */
  readonly interpolationWh: number;
  readonly worstWh: number;
  readonly likelyWh: number;
};

/** unknown: an interval of a meter is missing or partial, the reason says which. */
export type BalanceVerdict = 'balanced' | 'warning' | 'alarm' | 'unknown';

/** All energies are net: import less export. */
export type BalanceRow = {
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  readonly inWh: number | undefined;
  readonly outWh: number | undefined;
  readonly expectedLossWh: number;
  /** in - out - expected loss. Positive: energy that no outgoing meter has seen. */
  readonly residualWh: number | undefined;
  readonly budget: ErrorBudget;
  readonly verdict: BalanceVerdict;
  /** A sentence where something is not known. */
  readonly reason: string | undefined;
};

export type NodeBalance = {
  /** The meter that feeds. */
  readonly meterId: string;
  /** Over the same quarter hours as `whole`, less what was exported: they add up to its `outWh`. */
  readonly outgoing: readonly { readonly meterId: string; readonly importWh: number | undefined }[];
  /**
   * The sum of the quarter hours in which all of the node's meters are known; unknown only when there is none. The reason then
   * or otherwise says how many are left out.
   */
  readonly whole: BalanceRow;
  /** A row a quarter hour, oldest first. */
  readonly rows: readonly BalanceRow[];
};

/**
 * unmetered-load      energy leaves the node past every outgoing meter
 * constant-bias       one meter counts a steady share too little or too much
 * failing-meter       a meter counts too little in a way that is not steady, or stands still while current flows
 * unbilled-charging   a charger's meter counted energy that no session claims
 * double-billed       sessions claim more than the charger's meter counted, or two sessions the same time
 * clock-slip          neighbouring intervals are off by the same energy with opposite signs: explains, never alarms
 */
export const FINDING_KINDS = [
  'unmetered-load',
  'constant-bias',
  'failing-meter',
  'unbilled-charging',
  'double-billed',
  'clock-slip',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export type BalanceFinding = {
  readonly kind: FindingKind;
  readonly severity: 'alarm' | 'warning' | 'note';
  /** The meter that is meant; of a feeder's whole node when no one of its meters can be named. */
  readonly meterId: string;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  /** What is at stake, always positive. */
  readonly energyWh: number;
  /** What was found. */
  readonly sentence: string;
  /** What speaks for it, with figures. */
  readonly evidence: readonly string[];
  /** What to do next. */
  readonly advice: string;
};

export type DepotBalance = {
  readonly depotId: string;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly settings: BalanceSettings;
  /** The depot's tree, parents before children. */
  readonly meters: readonly (Pick<Meter, 'id' | 'name' | 'role' | 'parentId'> & {
    readonly importWh: number | undefined;
    readonly missingIntervals: number;
  })[];
  /** What is wrong with the tree itself, as sentences; the meters named there take no part in a node. */
  readonly treeFaults: readonly string[];
  readonly nodes: readonly NodeBalance[];
  readonly findings: readonly BalanceFinding[];
  /** Energy of sessions at this depot's metered EVSEs; undefined where nobody told of sessions. */
  readonly billedWh: number | undefined;
  /** Between these all sessions are known; what chargers counted before and after is compared with none. */
  readonly billedFromMs: EpochMs;
  readonly billedToMs: EpochMs;
};
