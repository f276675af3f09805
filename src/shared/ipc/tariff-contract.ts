/** What a window may ask of tariffs: which are in force, what each said when, and what an example would cost. */
import { z } from 'zod';
import type { PricedCharge } from '../domain/tariff/price.ts';
import type { TariffVersion } from '../domain/tariff/tariff.ts';
import type { EpochMs } from '../kernel/instant.ts';
import { answersWith, type ContractError } from './contract.ts';

const epochMs = z.number().min(0).max(4_102_444_800_000);
const tariffName = z.strictObject({
  countryCode: z.string().length(2),
  partyId: z.string().min(1).max(3),
  id: z.string().min(1).max(36),
});

export type TariffRow = {
  /** `CC*PPP*id`. */
  readonly key: string;
  readonly version: TariffVersion;
  readonly versions: number;
  /** When its price last changed, as far as it is known here. */
  readonly changedAtMs: EpochMs | undefined;
  /** Its price in one line, for a person: “0.46 a kWh, 0.10 a minute parked after 4 h”. */
  readonly summary: string;
  /** Connectors of the network that name it. */
  readonly connectors: number;
};

export type PricedAnswer =
  | { readonly priced: PricedCharge; readonly sentences: readonly string[] }
  | { readonly refused: ContractError };

export const tariffContract = {
  /** In force at `atMs` as known at `knownAtMs` (both: now when absent), withdrawn ones last. */
  'tariff/tariffs': answersWith<readonly TariffRow[]>().to(
    z.strictObject({ atMs: epochMs.optional(), knownAtMs: epochMs.optional() }),
  ),
  /** Every version, newest first. */
  'tariff/versions': answersWith<readonly TariffVersion[]>().to(tariffName),
  'tariff/price-example': answersWith<PricedAnswer>().to(
    z.strictObject({
      tariff: tariffName,
      contentHash: z.string().length(64).optional(),
      beginMs: epochMs,
      energyWh: z.number().min(0).max(10_000_000),
      powerW: z.number().gt(0).max(10_000_000),
      parkedMs: z.number().min(0).max(604_800_000),
      timeZone: z.string().min(1).max(255),
    }),
  ),
} as const;
