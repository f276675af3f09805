/** What a vehicle needs of a place: what is known of it, its charge and where it is, with the contract it charges under. */
import type { Contract } from '../../../shared/domain/account/contract.ts';
import type { ChargeNeed } from '../../../shared/domain/marketplace/place-search/assess-place.ts';
import { energyNeed } from '../../../shared/domain/marketplace/place-search/assess-place.ts';
import type { AssessedNeed } from '../../../shared/ipc/marketplace/place-contract.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { energyWh } from '../../../shared/kernel/quantity.ts';
import { contractOfVehicle } from '../../account/contract-table.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readLatestPosition } from '../../fleet/position-latest-table.ts';
import { readVehicle } from '../../fleet/vehicle-table.ts';

/** Beyond it batteries charge slowly and wear faster: what drivers charge to on the way. */
const USUAL_TARGET_PERCENT = 80;

export type VehicleNeed = {
  readonly need: ChargeNeed;
  readonly contract: Contract | undefined;
  readonly told: AssessedNeed;
};

/** Undefined: the vehicle is not known. */
export function readNeed(
  store: ReadableStore,
  asked: {
    readonly vehicleId: string;
    readonly atMs: EpochMs;
    readonly energyWh?: number | undefined;
    readonly targetSocPercent?: number | undefined;
  },
): VehicleNeed | undefined {
  const vehicle = readVehicle(store, asked.vehicleId);
  if (vehicle === undefined) return undefined;
  const position = readLatestPosition(store, vehicle.number);
  const need: ChargeNeed = {
    vehicle,
    from: position && { latitude: position.latitude, longitude: position.longitude },
    leavesAtMs: asked.atMs,
    socPercent: position?.socPercent,
    goal:
      asked.energyWh === undefined
        ? { targetSocPercent: asked.targetSocPercent ?? USUAL_TARGET_PERCENT }
        : { energyWh: energyWh(asked.energyWh) },
  };
  const contract = contractOfVehicle(store, vehicle.id, asked.atMs);
  const told: AssessedNeed = {
    vehicleId: vehicle.id,
    contractId: contract?.id,
    contractName: contract?.name,
    atMs: asked.atMs,
    socPercent: position?.socPercent,
    socAtMs: position?.atMs,
    latitude: position?.latitude,
    longitude: position?.longitude,
    energyWh: energyNeed(need, undefined),
    consumptionKnown: vehicle.consumptionWhPerKm !== undefined,
  };
  return { need, contract, told };
}

/** Of a vehicle that is not in the fleet nothing is known. */
export function unknownNeed(asked: { readonly vehicleId: string; readonly atMs: EpochMs }): AssessedNeed {
  return {
    vehicleId: asked.vehicleId,
    contractId: undefined,
    contractName: undefined,
    atMs: asked.atMs,
    socPercent: undefined,
    socAtMs: undefined,
    latitude: undefined,
    longitude: undefined,
    energyWh: energyWh(0),
    consumptionKnown: false,
  };
}
