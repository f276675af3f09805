/**
 * When a running session ends if nothing stops it: at the power it has had so far, until the battery is full. An estimate and on the late
 * side, since batteries charge more slowly as they fill and drivers often leave before: it warns of money, and decides nothing.
 */
import type { EnergyWh } from '../../kernel/quantity.ts';
import type { EpochMs } from '../../kernel/instant.ts';
import type { Vehicle } from '../fleet/vehicle.ts';
import type { Session } from './session.ts';

/** The vehicle's own word of how full it was. */
export type ChargeLevel = { readonly atMs: EpochMs; readonly socPercent: number };

/** Too little to tell a power by. */
const LEAST_MS = 60_000;

/**
 * @param level counts when it was measured since the session began; else the battery is taken to have been empty then
 * @returns undefined where nothing has been delivered yet that a power could be told by
 */
export function foreseeEnd(
  session: Pick<Session, 'startAtMs' | 'updatedAtMs' | 'energyWh'>,
  vehicle: Pick<Vehicle, 'usableCapacityWh'>,
  level: ChargeLevel | undefined,
): EpochMs | undefined {
  const { energyWh, startAtMs, updatedAtMs } = session;
  const elapsedMs = updatedAtMs - startAtMs;
  if (elapsedMs < LEAST_MS || energyWh <= 0) return undefined;
  const msPerWh = elapsedMs / energyWh;
  const measured = level !== undefined && level.atMs >= startAtMs ? level : undefined;
  const [fromMs, restWh] =
    measured === undefined
      ? [updatedAtMs, vehicle.usableCapacityWh - energyWh]
      : [measured.atMs, restOf(vehicle.usableCapacityWh, measured)];
  return Math.round(Math.max(fromMs + Math.max(restWh, 0) * msPerWh, updatedAtMs));
}

function restOf(capacityWh: EnergyWh, { socPercent }: ChargeLevel): number {
  return (capacityWh * (100 - socPercent)) / 100;
}
