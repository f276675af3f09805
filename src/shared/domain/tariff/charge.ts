/**
 * What is priced: a charge as it was used, by periods, whoever tells of it (a CDR, a running session, a preview, a reservation).
 * Volumes are decimal text as sent; times are instants.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { DecimalText, Tariff } from './tariff.ts';

/** OCPI 2.2.1, 10.4.2 CdrDimensionType; unknown types are kept and never priced. kWh, h, A, kW as OCPI states them. */
export type UsageDimension = { readonly type: string; readonly volume: DecimalText };

/** Ends where the next begins; the last ends with the charge. */
export type UsagePeriod = {
  readonly beginMs: EpochMs;
  /** Undefined: no tariff applies in this period. */
  readonly tariffId: string | undefined;
  readonly dimensions: readonly UsageDimension[];
};

/** Where restrictions by the clock are judged. A guessed zone is said to be one. */
export type ChargeZone = { readonly zone: string; readonly basis: 'location' | 'stated' | 'guessed' };

export type Charge = {
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  readonly currency: string;
  readonly zone: ChargeZone;
  readonly periods: readonly UsagePeriod[];
  readonly tariffs: readonly Tariff[];
};
