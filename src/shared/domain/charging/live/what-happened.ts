/** What is different between two looks at a depot, so far as a plan depends on it: why there is a new plan, in words a dispatcher reads. */
import type { EpochMs } from '../../../kernel/instant.ts';
import type { DecisionReason } from '../site-plan.ts';
import type { SiteFacts, VehicleFacts } from './site-facts.ts';

export type Happening = { readonly reason: DecisionReason; readonly detail: string };

const MINUTE_MS = 60_000;

export function whatHappened(
  before: SiteFacts,
  after: SiteFacts,
  clockOf: (atMs: EpochMs) => string,
): readonly Happening[] {
  const known = new Map(before.vehicles.map((vehicle) => [vehicle.vehicleId, vehicle]));
  const happenings: Happening[] = [];
  if (before.siteLimitW !== after.siteLimitW)
    happenings.push({
      reason: 'limit',
      detail: `The grid now allows ${kw(after.siteLimitW)} instead of ${kw(before.siteLimitW)}`,
    });
  const heard = after.vehicles.filter(
    ({ vehicleId, socPercent }) =>
      socPercent !== undefined && known.has(vehicleId) && known.get(vehicleId)?.socPercent === undefined,
  );
  if (heard.length > 0)
    happenings.push({
      reason: 'arrival',
      detail:
        heard.length === 1
          ? `The charge of ${heard[0]?.registration ?? ''} is known now`
          : `The charge of ${heard.length} vehicles is known now`,
    });
  for (const vehicle of after.vehicles) {
    const old = known.get(vehicle.vehicleId);
    if (old !== undefined) happenings.push(...ofVehicle(old, vehicle, clockOf));
  }
  for (const { evseKey, name } of after.unplannedBays)
    if (before.unplannedBays.every((bay) => bay.evseKey !== evseKey))
      happenings.push({ reason: 'arrival', detail: `A vehicle that is in no plan charges at ${name}` });
  if (JSON.stringify(before.feeders) !== JSON.stringify(after.feeders))
    happenings.push({ reason: 'price', detail: 'The site’s wiring was changed' });
  return happenings;
}

const COMMON: readonly DecisionReason[] = ['departure', 'arrival'];

/** What comes and goes all day is told after what does not. */
export function gravestFirst(happenings: readonly Happening[]): readonly Happening[] {
  return happenings.toSorted((a, b) => COMMON.indexOf(a.reason) - COMMON.indexOf(b.reason));
}

/** Whether the same vehicles stand at the same charge points in the same sessions for the same duties. */
export function isSameYard(before: SiteFacts, after: SiteFacts): boolean {
  const keysOf = ({ unplannedBays }: SiteFacts) => unplannedBays.map(({ evseKey }) => evseKey).join();
  return (
    keysOf(before) === keysOf(after) &&
    before.vehicles.length === after.vehicles.length &&
    before.vehicles.every((old, index) => {
      const vehicle = after.vehicles[index];
      return (
        old.vehicleId === vehicle?.vehicleId &&
        old.duty.id === vehicle.duty.id &&
        old.bay?.evseKey === vehicle.bay?.evseKey &&
        old.sessionId === vehicle.sessionId
      );
    })
  );
}

function ofVehicle(
  before: VehicleFacts,
  after: VehicleFacts,
  clockOf: (atMs: EpochMs) => string,
): readonly Happening[] {
  const name = after.registration;
  const happenings: Happening[] = [];
  const add = (reason: DecisionReason, detail: string): void => void happenings.push({ reason, detail });
  if (!before.isHere && after.isHere) add('arrival', `${name} was plugged in`);
  if (before.isHere && !after.isHere) add('departure', `${name} left`);
  if (before.duty.id === after.duty.id && before.duty.departAtMs !== after.duty.departAtMs)
    add(
      'duty-changed',
      `${name} leaves at ${clockOf(after.duty.departAtMs)} instead of ${clockOf(before.duty.departAtMs)}`,
    );
  if (before.running?.id === after.running?.id && before.running && after.running) {
    const laterMin = Math.round((after.running.returnAtMs - before.running.returnAtMs) / MINUTE_MS);
    if (laterMin !== 0)
      add('duty-changed', `${name} is expected ${Math.abs(laterMin)} min ${laterMin > 0 ? 'later' : 'earlier'}`);
  }
  if (before.duty.id === after.duty.id && before.duty.energyWh !== after.duty.energyWh)
    add('duty-changed', `${name} needs ${(after.duty.energyWh / 1000).toFixed(0)} kWh for its duty`);
  if (before.isBayBroken !== after.isBayBroken)
    add(
      'charger',
      `${after.bay?.name ?? 'The bay'} of ${name} ${after.isBayBroken ? 'is out of order' : 'works again'}`,
    );
  if (before.maxW !== after.maxW && before.bay?.evseKey === after.bay?.evseKey)
    add('taper', `${name} takes up to ${kw(after.maxW)}`);
  return happenings;
}

function kw(watts: number): string {
  return `${(watts / 1000).toFixed(0)} kW`;
}
