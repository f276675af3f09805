/**
 * A charge detail record as it was received (OCPI 2.2.1 and 2.3.0, 10.3.1): immutable, unique per country and party, ids compared without
 * case. A wrong one gets a credit CDR beside it. What the console makes of it is the `ChargeAssessment`, computed anew whenever asked.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh } from '../../kernel/quantity.ts';
import type { Charge } from '../tariff/charge.ts';
import type { Convention } from '../tariff/find-convention.ts';
import type { PricedCharge } from '../tariff/price.ts';
import type { DecimalText } from '../tariff/tariff.ts';

export type StatedPrice = { readonly net: DecimalText; readonly gross: DecimalText | undefined };

/** OCPI 10.3.1 `total_*`, as sent; a missing one is undefined, never zero. */
export type StatedTotals = {
  readonly cost: StatedPrice;
  readonly fixedCost: StatedPrice | undefined;
  readonly energyCost: StatedPrice | undefined;
  readonly timeCost: StatedPrice | undefined;
  readonly parkingCost: StatedPrice | undefined;
  readonly reservationCost: StatedPrice | undefined;
  readonly energyKwh: DecimalText;
  readonly timeHours: DecimalText;
  readonly parkingHours: DecimalText | undefined;
};

export type ChargeRecord = {
  /** `CC*PPP*id` in capitals: the idempotency key of money. */
  readonly key: string;
  readonly countryCode: string;
  readonly partyId: string;
  readonly id: string;
  readonly sessionId: string | undefined;
  readonly authorizationReference: string | undefined;
  readonly contractId: string;
  readonly tokenUid: string;
  readonly locationId: string;
  readonly locationName: string;
  readonly evseUid: string;
  readonly connectorId: string;
  readonly charge: Charge;
  readonly totals: StatedTotals;
  readonly isCredit: boolean;
  readonly creditReferenceId: string | undefined;
  /** OCPI `signed_data`, values exactly as sent. */
  readonly signed: readonly {
    readonly encodingMethod: string;
    readonly publicKey: string | undefined;
    readonly nature: string;
    readonly plainData: string;
    readonly signedData: string;
  }[];
  readonly invoiceReference: string | undefined;
  readonly updatedAtMs: EpochMs;
  readonly receivedAtMs: EpochMs;
};

export type ChargeCheck = {
  /** Kebab-case; the mismatch classes of reconciliation build on these. */
  readonly code: string;
  readonly severity: 'note' | 'warning' | 'breach';
  readonly message: string;
};

export type ChargeAssessment = {
  readonly priced: PricedCharge | undefined;
  /** Stated less priced, gross where both have one, else net. */
  readonly difference: DecimalText | undefined;
  /** What reproduces the CPO's figure; undefined when nothing known does. */
  readonly explainedBy: Convention | undefined;
  readonly checks: readonly ChargeCheck[];
};

/** A row of the list of records. */
export type ChargeRecordRow = {
  readonly key: string;
  readonly id: string;
  /** As the CPO names it; undefined where it does not. */
  readonly sessionId: string | undefined;
  readonly party: string;
  readonly operatorName: string | undefined;
  readonly locationName: string;
  readonly evseUid: string;
  readonly vehicleId: string | undefined;
  readonly contractId: string;
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  readonly timeZone: string;
  readonly energyWh: EnergyWh;
  readonly currency: string;
  readonly statedNet: DecimalText;
  readonly statedGross: DecimalText | undefined;
  readonly pricedNet: DecimalText | undefined;
  readonly difference: DecimalText | undefined;
  /**
   * `agrees` to the cent as stated; `explained` by a rounding or another reading of the standard; `differs`; `not-priced` with a named
   * reason.
   */
  readonly verdict: 'agrees' | 'explained' | 'differs' | 'not-priced';
  readonly worstCheck: ChargeCheck | undefined;
  readonly isCredit: boolean;
  readonly signature:
    | 'valid'
    | 'invalid'
    | 'key-unknown'
    | 'key-not-pinned'
    | 'unsupported-algorithm'
    | 'malformed'
    | 'absent';
  readonly receivedAtMs: EpochMs;
};
