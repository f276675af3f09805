/**
 * Where a vehicle could be charged, nearest first, each judged beforehand by the very rule that will decide in the store:
 * what can be chosen will not be refused for a reason that was known here.
 */
import type { Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import type { Connector, Evse } from '../../../shared/domain/marketplace/evse.ts';
import { isFinalStatus, type Session } from '../../../shared/domain/marketplace/session.ts';
import { isOpen, mayStartSession, type SessionCommand } from '../../../shared/domain/marketplace/session-command.ts';
import { distanceM, type Place } from '../../fleet/distance.ts';
import { ownBay } from './own-bay.ts';
import { BAY_LOOKS, connectorName } from './charge-point-words.ts';

export type ChargePointChoice = {
  readonly key: string;
  readonly evse: Evse;
  readonly connector: Connector;
  readonly distanceM: number | undefined;
  /** The lesser of what the connector gives and the vehicle takes. */
  readonly powerW: number;
  /** The connector's figure was computed, not stated. */
  readonly isUpperBound: boolean;
  /** The vehicle stands plugged in here. */
  readonly isOwnBay: boolean;
  /** Why not, as a sentence; undefined: it may be started. */
  readonly whyNot: string | undefined;
};

type ChoiceFacts = {
  readonly vehicle: Vehicle;
  readonly position: Place | undefined;
  /** By its last report: only then its position names a bay. */
  readonly isPlugged: boolean;
  readonly evses: Iterable<Evse>;
  readonly sessions: Iterable<Session>;
  readonly commands: Iterable<SessionCommand>;
  readonly text: string;
};

/** More than a person reads; the text narrows further. */
const MOST_STARTABLE = 60;
const MOST_OTHERS = 20;

export function listChargePoints(facts: ChoiceFacts): readonly ChargePointChoice[] {
  const { vehicle, position } = facts;
  const words = facts.text.toLowerCase().split(/\s+/u).filter(Boolean);
  const near: { evse: Evse; distance: number | undefined }[] = [];
  const evses = [...facts.evses];
  const own = facts.isPlugged && position !== undefined ? ownBay(position, evses) : undefined;
  for (const evse of evses) {
    if (evse.status === 'REMOVED' || !matches(evse, words)) continue;
    near.push({ evse, distance: position === undefined ? undefined : distanceM(position, evse) });
  }
  near.sort(
    (one, other) =>
      Number(other.evse === own) - Number(one.evse === own) ||
      shownDistance(one.distance) - shownDistance(other.distance) ||
      bestPowerW(other.evse, vehicle) - bestPowerW(one.evse, vehicle) ||
      one.evse.label.localeCompare(other.evse.label, 'en', { numeric: true }),
  );

  // The rule looks through every session and command it is given: hand it only those that can matter to this vehicle.
  const activeSessions = [...facts.sessions].filter(
    (session) => session.vehicleId === vehicle.id && !isFinalStatus(session.status),
  );
  const openCommands = [...facts.commands].filter(isOpen);
  const startable: ChargePointChoice[] = [];
  const others: ChargePointChoice[] = [];
  for (const { evse, distance } of near) {
    if (startable.length >= MOST_STARTABLE) break;
    for (const connector of evse.connectors) {
      const ruling = mayStartSession({
        vehicleId: vehicle.id,
        vehicleKnown: true,
        evse,
        connectorId: connector.id,
        activeSessions,
        openCommands,
      });
      const takesW = takenW(connector, vehicle);
      const unfit = takesW > 0 ? undefined : `This vehicle does not take ${connector.current}.`;
      const choice: ChargePointChoice = {
        key: `${evse.key}#${connector.id}`,
        evse,
        connector,
        distanceM: distance,
        powerW: Math.min(connector.maxPowerW, takesW),
        isUpperBound: !connector.maxPowerStated && connector.maxPowerW <= takesW,
        isOwnBay: evse === own,
        whyNot: unfit ?? (ruling.ok ? undefined : ruling.message),
      };
      if (choice.whyNot === undefined) startable.push(choice);
      else if (others.length < MOST_OTHERS) others.push(choice);
    }
  }
  return [...startable, ...others];
}

/** As near as the list says it: what reads alike is a tie, and the stronger of two goes first. */
function shownDistance(metres: number | undefined): number {
  return Math.round((metres ?? 0) / 10);
}

function takenW(connector: Connector, vehicle: Vehicle): number {
  return connector.current === 'DC' ? vehicle.maxDcW : vehicle.maxAcW;
}

function bestPowerW(evse: Evse, vehicle: Vehicle): number {
  return Math.max(0, ...evse.connectors.map((each) => Math.min(each.maxPowerW, takenW(each, vehicle))));
}

function matches(evse: Evse, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [
    evse.label,
    evse.locationName,
    evse.operatorName,
    evse.evseId ?? '',
    BAY_LOOKS[evse.status].word,
    ...evse.connectors.map((connector) => `${connectorName(connector)} ${connector.current}`),
  ]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
