/** Writes down one failure with what the vehicle needed then: up to four fifths of its battery, as fast as it and the charge point can. */
import type { UnmetKind, UnmetNeed } from '../../shared/domain/insight/demand-signal.ts';
import { straightM } from '../../shared/domain/marketplace/place-search/estimate-way.ts';
import type { Evse } from '../../shared/domain/marketplace/evse.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import { energyWh, powerW } from '../../shared/kernel/quantity.ts';
import type { Transaction } from '../database/sqlite.ts';
import { readLatestPosition } from '../fleet/position-latest-table.ts';
import { readVehicle } from '../fleet/vehicle-table.ts';
import { insertNeed } from './unmet-need-table.ts';

const TARGET_SHARE = 0.8;
/** Where the charge is not known, a vehicle that looks for energy is taken to be half empty; the count is what matters. */
const UNKNOWN_SHARE = 0.5;
/** A position older than this says nothing of where the vehicle stood. */
const POSITION_FRESH_MS = 10 * 60_000;

/** @returns how far the vehicle was from a place at an instant; undefined where no position tells */
export function awayFrom(
  tx: Transaction,
  vehicleId: string,
  place: Pick<Evse, 'latitude' | 'longitude'>,
  atMs: EpochMs,
): number | undefined {
  const vehicle = readVehicle(tx, vehicleId);
  const position = vehicle && readLatestPosition(tx, vehicle.number);
  if (position === undefined || Math.abs(position.atMs - atMs) > POSITION_FRESH_MS) return undefined;
  return straightM(position, place);
}

/** @returns whether it is news */
export function noteNeed(
  tx: Transaction,
  need: Pick<UnmetNeed, 'source' | 'kind' | 'atMs' | 'vehicleId'> & { readonly kind: UnmetKind; readonly evse: Evse },
): boolean {
  const vehicle = readVehicle(tx, need.vehicleId);
  if (vehicle === undefined) return false;
  const position = readLatestPosition(tx, vehicle.number);
  const share = position === undefined ? UNKNOWN_SHARE : position.socPercent / 100;
  const missingWh = Math.max(0, TARGET_SHARE - share) * vehicle.usableCapacityWh;
  const possibleW = need.evse.connectors.map(({ current, maxPowerW }) =>
    Math.min(maxPowerW, current === 'DC' ? vehicle.maxDcW : vehicle.maxAcW),
  );
  const { evse, ...told } = need;
  return insertNeed(tx, {
    ...told,
    vehicleId: vehicle.id,
    latitude: evse.latitude,
    longitude: evse.longitude,
    energyWh: energyWh(Math.round(missingWh)),
    powerW: powerW(Math.max(0, ...possibleW)),
  });
}
