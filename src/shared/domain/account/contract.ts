/**
 * What was negotiated: a contract of the fleet, with its terms by partner and region. Bitemporal like tariffs: `validFrom/To` says in
 * force when, `learntAtMs` learnt when; a version is never changed.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { RoundingConvention } from '../tariff/price.ts';
import type { DecimalText, TariffDimension } from '../tariff/tariff.ts';

/** A price agreed to be exceeded never: per kWh, per hour, or once. Undefined `current` holds for both. */
export type PriceCap = {
  readonly dimension: TariffDimension;
  readonly current: 'AC' | 'DC' | undefined;
  /** Net, in the contract's currency. */
  readonly maxPrice: DecimalText;
};

/** From so many kWh in a calendar month of the contract's zone on, this discount (on what lies above the step). */
export type VolumeStep = { readonly fromKwh: DecimalText; readonly discountPercent: DecimalText };

/** How far a partner's figures may lie from ours before they are a case. The greater of amount and percent. */
export type Tolerance = {
  readonly amount: DecimalText;
  readonly percent: DecimalText;
  readonly energyWh: number;
};

export type ContractTerms = {
  /** `CC*PPP`, or undefined for every partner that no other terms name. */
  readonly partner: string | undefined;
  /** ISO 3166 alpha-2 countries; empty for all. */
  readonly countries: readonly string[];
  /** The tariff agreed on, in place of the one a connector states. */
  readonly tariffId: string | undefined;
  readonly discountPercent: DecimalText;
  readonly caps: readonly PriceCap[];
  readonly volumeSteps: readonly VolumeStep[];
  readonly tax: {
    readonly name: string;
    readonly percent: DecimalText;
    readonly parts: readonly { readonly name: string; readonly percent: DecimalText }[];
  };
  readonly rounding: RoundingConvention;
  readonly tolerance: Tolerance;
};

export type Contract = {
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly currency: string;
  /** IANA: its months and days. */
  readonly timeZone: string;
  readonly validFromMs: EpochMs;
  readonly validToMs: EpochMs | undefined;
  readonly terms: readonly ContractTerms[];
  readonly updatedAtMs: EpochMs;
};

export type ContractVersion = {
  readonly contract: Contract;
  readonly contentHash: string;
  readonly learntAtMs: EpochMs;
  readonly supersededAtMs: EpochMs | undefined;
};

/** OCPI 2.2.1, 12.3.1 Token, as far as it ties a vehicle or driver to a contract. */
export type Token = {
  readonly uid: string;
  readonly countryCode: string;
  readonly partyId: string;
  readonly type: string;
  readonly contractId: string;
  readonly vehicleId: string | undefined;
  readonly valid: boolean;
  readonly whitelist: 'ALWAYS' | 'ALLOWED' | 'ALLOWED_OFFLINE' | 'NEVER';
  readonly updatedAtMs: EpochMs;
};
