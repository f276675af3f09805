/** What the console knows around a charge record when it judges it. Plain values, gathered once, so that judging is a pure function. */
import type { GuardFinding } from '../../../../shared/domain/account/guard-contract.ts';
import type { ContractTerms } from '../../../../shared/domain/account/contract.ts';
import type { ChargeRecord } from '../../../../shared/domain/marketplace/charge-record.ts';
import type { Session } from '../../../../shared/domain/marketplace/session.ts';
import type { SignedJudgement } from '../../../../shared/domain/metering/signed-record.ts';
import type { RoundingConvention } from '../../../../shared/domain/tariff/price.ts';
import type { Tariff, TariffVersion } from '../../../../shared/domain/tariff/tariff.ts';

/** A tariff inside the record beside what the console knew of it. */
export type HeldTariff = {
  readonly stated: Tariff;
  /** In force when the charge began, as it was known then; else as it is known now. */
  readonly known: TariffVersion | undefined;
};

export type RecordFacts = {
  readonly contractKnown: boolean;
  readonly terms: ContractTerms | undefined;
  readonly finding: GuardFinding | undefined;
  /** The rounding that has explained most of this CPO's records. */
  readonly learntRounding: RoundingConvention | undefined;
  readonly session: Session | undefined;
  readonly vehicleId: string | undefined;
  /** Other records that charge for the same session and are not credited. */
  readonly rivals: readonly string[];
  readonly held: readonly HeldTariff[];
  /** For a credit record: the one that it credits, and other credits of that one. */
  readonly credited: ChargeRecord | undefined;
  readonly otherCredits: readonly string[];
  readonly signed: Pick<SignedJudgement, 'result' | 'message' | 'deliveredKwh'>;
};
