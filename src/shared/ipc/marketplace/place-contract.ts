/** What a window may ask when it looks for a place to charge. */
import { z } from 'zod';
import type { Evse } from '../../domain/marketplace/evse.ts';
import type { Party } from '../../domain/marketplace/party.ts';
import type { ChargePlace, PlaceAssessment } from '../../domain/marketplace/place.ts';
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh } from '../../kernel/quantity.ts';
import { answersWith, feed } from '../contract.ts';
import type { PricedAnswer } from '../tariff-contract.ts';

const id = z.string().min(1).max(80);
const epochMs = z.number().min(0).max(4_102_444_800_000);
const energy = z.number().gt(0).max(10_000_000);

/** What the assessments rest on, so that the window can say how old and how sure it is. */
export type AssessedNeed = {
  readonly vehicleId: string;
  readonly contractId: string | undefined;
  readonly contractName: string | undefined;
  readonly atMs: EpochMs;
  readonly socPercent: number | undefined;
  readonly socAtMs: EpochMs | undefined;
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
  /** To be charged, at the charge point. */
  readonly energyWh: EnergyWh;
  readonly consumptionKnown: boolean;
};

export type AssessedPlaces = { readonly need: AssessedNeed; readonly places: readonly PlaceAssessment[] };

export const placeContract = {
  /** One record a location; those whose charge points are all removed are not among them. */
  'marketplace/places': feed<ChargePlace>({ maxRateHz: 2, keyOf: (place) => place.locationId }),
  'marketplace/parties': feed<Party>({ maxRateHz: 2, keyOf: (party) => party.key }),
  /** Every place for one vehicle. Need: `energyWh`, or up to `targetSocPercent`, or up to 80 %. */
  'marketplace/assess-places': answersWith<AssessedPlaces>().to(
    z.strictObject({
      vehicleId: id,
      atMs: epochMs.optional(),
      energyWh: energy.optional(),
      targetSocPercent: z.number().min(1).max(100).optional(),
      /** Only connectors like these are considered, so that the price shown is of what the operator looks for. */
      current: z.enum(['AC', 'DC']).optional(),
      leastPowerW: z.number().min(0).max(10_000_000).optional(),
      standard: z.string().min(1).max(80).optional(),
    }),
  ),
  /** The price of one choice with its trace, after the contract's terms. */
  'marketplace/preview-price': answersWith<PricedAnswer>().to(
    z.strictObject({ vehicleId: id, locationId: id, groupKey: id, atMs: epochMs.optional(), energyWh: energy }),
  ),
  'marketplace/place-evses': answersWith<readonly Evse[]>().to(z.strictObject({ locationId: id })),
} as const;
