/**
 * What may be done at one charge point for one vehicle, judged beforehand by the very rules that will decide in the store: a
 * button that can be pressed is not refused for a reason that was known here, and one that cannot says why.
 */
import type { Evse } from '../../../shared/domain/marketplace/evse.ts';
import { mayCancelReservation, mayReserve } from '../../../shared/domain/marketplace/may-reserve.ts';
import { mayBeHeld, type Reservation } from '../../../shared/domain/marketplace/reservation.ts';
import { sameId } from '../../../shared/domain/marketplace/same-id.ts';
import {
  isOpen,
  mayStartSession,
  mayStopSession,
  mayUnlock,
  type SessionCommand,
} from '../../../shared/domain/marketplace/session-command.ts';
import type { Session } from '../../../shared/domain/marketplace/session.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { pickSession } from '../session/vehicle-charging.ts';

/** Why not, as a sentence; undefined: it may be done. */
export type WhyNot = string | undefined;

export type PlaceActs = {
  readonly session: Session | undefined;
  /** The one that may be held for the vehicle, wherever. */
  readonly reservation: Reservation | undefined;
  readonly start: WhyNot;
  readonly reserve: WhyNot;
  readonly unlock: WhyNot;
  readonly stop: WhyNot;
  readonly cancel: WhyNot;
};

export type ActFacts = {
  readonly vehicleId: string | undefined;
  readonly evse: Evse | undefined;
  readonly connectorId: string | undefined;
  readonly expiresAtMs: EpochMs;
  readonly nowMs: EpochMs;
  readonly sessions: Iterable<Session>;
  readonly commands: Iterable<SessionCommand>;
  readonly reservations: Iterable<Reservation>;
};

const NOBODY = 'Choose a vehicle first: a session and a reservation are always a vehicle’s.';
const NOTHING_CHOSEN = 'Choose a charge point below.';

export function judgeActs(facts: ActFacts): PlaceActs {
  const { vehicleId, evse, connectorId } = facts;
  const sessions = [...facts.sessions];
  const openCommands = [...facts.commands].filter(isOpen);
  const reservations = [...facts.reservations].filter(mayBeHeld);
  const session = vehicleId === undefined ? undefined : pickSession(sessions, vehicleId);
  const reservation =
    vehicleId === undefined ? undefined : reservations.find((each) => sameId(each.vehicleId, vehicleId));
  const stop = whyNot(mayStopSession({ session, openCommands }));
  const cancel = whyNot(mayCancelReservation({ reservation, openCommands }));
  const unlock =
    evse === undefined || connectorId === undefined
      ? NOTHING_CHOSEN
      : whyNot(mayUnlock({ evse, connectorId, activeSessions: sessions, openCommands }));
  const known = { session, reservation, stop, cancel, unlock };
  if (vehicleId === undefined) return { ...known, start: NOBODY, reserve: NOBODY };
  if (evse === undefined || connectorId === undefined)
    return { ...known, start: NOTHING_CHOSEN, reserve: NOTHING_CHOSEN };
  const vehicle = { vehicleId, vehicleKnown: true, evse, openCommands, reservations };
  return {
    ...known,
    start: whyNot(mayStartSession({ ...vehicle, connectorId, activeSessions: sessions })),
    reserve: whyNot(mayReserve({ ...vehicle, expiresAtMs: facts.expiresAtMs, nowMs: facts.nowMs })),
  };
}

function whyNot(ruling: Result<unknown>): WhyNot {
  return ruling.ok ? undefined : ruling.message;
}
