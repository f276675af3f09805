/** What a person wants of the plan, over what the planner would do. Each holds until its end or until it is withdrawn. */
import type { EpochMs } from '../../kernel/instant.ts';
import type { PowerW } from '../../kernel/quantity.ts';

export type WishTerms =
  /** This power in these slots, whatever it costs. */
  | {
      readonly kind: 'pin';
      readonly vehicleId: string;
      readonly fromMs: EpochMs;
      readonly toMs: EpochMs;
      readonly powerW: PowerW;
    }
  /** What is planned now for the vehicle stays as it is. */
  | { readonly kind: 'lock'; readonly vehicleId: string }
  /** As much as its charge point gives, from now on. */
  | { readonly kind: 'boost'; readonly vehicleId: string }
  /** Gets nothing from the depot. */
  | { readonly kind: 'exclude'; readonly vehicleId: string }
  /** Higher is served first; all others are 0. */
  | { readonly kind: 'priority'; readonly vehicleId: string; readonly level: number }
  | { readonly kind: 'later-departure'; readonly vehicleId: string; readonly departAtMs: EpochMs }
  /** Leaves with less than its duty asks for. */
  | { readonly kind: 'lower-target'; readonly vehicleId: string; readonly targetPercent: number }
  /** Is charged elsewhere: the depot plans this much less for it. */
  | { readonly kind: 'charge-outside'; readonly vehicleId: string; readonly energyKwh: number }
  /** The site takes no more than this, below its limit. */
  | { readonly kind: 'site-cap'; readonly capW: PowerW };

export type Wish = {
  /** The command's. */
  readonly wishId: string;
  readonly depotId: string;
  readonly terms: WishTerms;
  readonly givenBy: string;
  readonly givenAtMs: EpochMs;
  /** Undefined: until the vehicle departs, or, of the site, until it is withdrawn. */
  readonly untilMs: EpochMs | undefined;
  readonly withdrawnAtMs: EpochMs | undefined;
};
