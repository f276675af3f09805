/**
 * What a depot pays its supplier and grid operator, as dated data: a row holds from its day on until the next one. Times are the
 * depot's local ones. Prices are net, as decimal text of the currency, because a supplier's price has more decimals than money.
 */
import type { EpochMs } from '../../kernel/instant.ts';

export type SiteTerms = {
  readonly depotId: string;
  readonly validFromMs: EpochMs;
  /** As on the bill: the supplier's name of it. */
  readonly name: string;
  readonly currency: string;
  /** The first that applies is the price; a row without restrictions comes last. */
  readonly energy: readonly EnergyPrice[];
  /** Hour by hour, such as day-ahead prices; where one is known it comes before `energy`. */
  readonly dynamic: readonly DynamicPrice[];
  readonly exportPricePerKwh: string;
  readonly demand: readonly DemandTerms[];
  /** What is billed in kVA instead of kW is worked out with this; 1 where only kW are billed. */
  readonly powerFactor: number;
};

export type EnergyPrice = {
  readonly name: string;
  readonly pricePerKwh: string;
  readonly when: LocalTimes;
};

/** All that is given must hold; empty is always. Minutes after local midnight, the end excluded, and over midnight where it is not after the beginning. */
export type LocalTimes = {
  /** 1 to 12. */
  readonly months?: readonly number[];
  /** ISO 8601: Monday is 1. */
  readonly weekdays?: readonly number[];
  readonly fromMinute?: number;
  readonly toMinute?: number;
};

export type DynamicPrice = { readonly fromMs: EpochMs; readonly toMs: EpochMs; readonly pricePerKwh: string };

/** For the highest mean import over a metering interval, each calendar month. */
export type DemandTerms = {
  readonly name: string;
  readonly per: 'kW' | 'kVA';
  readonly pricePerUnit: string;
  readonly when: LocalTimes;
};
