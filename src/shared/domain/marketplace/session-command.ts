/**
 * A command to a charge point as the operator gave it, and what is truly known of it. The states never claim more than the
 * console has heard:
 *
 *   queued    stored here, not yet sent
 *   sent      on its way, no answer yet
 *   accepted  the marketplace took it (OCPI CommandResponse ACCEPTED); its result is awaited
 *   done      the result says it happened (OCPI CommandResult ACCEPTED)
 *   refused   it did not happen, and why
 *   unknown   it may or may not have happened: the answer was lost, or the result did not come in time
 *   expired   never left the console within its time; it will not be sent any more
 */
import type { EpochMs } from '../../kernel/instant.ts';
import { accept, refuse, type Result } from '../../kernel/result.ts';
import { hasCapability, type Evse } from './evse.ts';
import { mayBeHeld, type Reservation } from './reservation.ts';
import { sameId } from './same-id.ts';
import { isFinalStatus, type Session } from './session.ts';

export type CommandState = 'queued' | 'sent' | 'accepted' | 'done' | 'refused' | 'unknown' | 'expired';

export type SessionCommandKind =
  | 'START_SESSION'
  | 'STOP_SESSION'
  | 'RESERVE_NOW'
  | 'CANCEL_RESERVATION'
  | 'UNLOCK_CONNECTOR';

export type SessionCommand = {
  readonly commandId: string;
  readonly kind: SessionCommandKind;
  readonly state: CommandState;
  /** The sentence behind `refused`, `unknown` or `expired`, for the operator. */
  readonly reason: string | undefined;
  readonly operator: string;
  readonly vehicleId: string | undefined;
  readonly evseKey: string | undefined;
  readonly sessionId: string | undefined;
  /** What it reserves, cancels or makes use of. */
  readonly reservationId?: string | undefined;
  readonly issuedAtMs: EpochMs;
  readonly changedAtMs: EpochMs;
  /** When the operator said that an unknown outcome need not be waited for any more; its state stays unknown. */
  readonly setAsideAtMs: EpochMs | undefined;
};

/** May this command still have an effect that a second one would double? */
export function isOpen(command: Pick<SessionCommand, 'state' | 'setAsideAtMs'>): boolean {
  if (command.state === 'unknown') return command.setAsideAtMs === undefined;
  return command.state === 'queued' || command.state === 'sent' || command.state === 'accepted';
}

export type StartRefusal =
  | 'evse-unknown'
  | 'evse-not-available'
  | 'evse-reserved'
  | 'connector-unknown'
  | 'vehicle-unknown'
  | 'vehicle-has-session'
  | 'start-already-open';

/**
 * May this vehicle be started at this EVSE? The same rule previews the action in the window and decides it in the
 * store, so a double start is refused in both places.
 *
 * @param openCommands commands that may still have an effect
 */
export function mayStartSession(facts: {
  readonly vehicleId: string;
  readonly vehicleKnown: boolean;
  readonly evse: Evse | undefined;
  readonly connectorId: string;
  readonly activeSessions: readonly Session[];
  readonly openCommands: readonly SessionCommand[];
  /** Those that may be held. */
  readonly reservations?: readonly Reservation[];
}): Result<{ readonly evse: Evse; readonly reservation: Reservation | undefined }, StartRefusal> {
  const { evse } = facts;
  if (!facts.vehicleKnown) return refuse('vehicle-unknown', 'This vehicle is not in the fleet. Choose another.');
  if (evse === undefined || evse.status === 'REMOVED')
    return refuse('evse-unknown', 'This charge point is no longer in the network. Choose another.');
  if (!evse.connectors.some((connector) => connector.id === facts.connectorId))
    return refuse('connector-unknown', `${evse.label} has no connector ${facts.connectorId}. Choose another.`);
  const held = facts.reservations?.find((each) => sameId(each.evseKey, evse.key) && mayBeHeld(each));
  const isOurs = held !== undefined && sameId(held.vehicleId, facts.vehicleId);
  if (held !== undefined && !isOurs)
    return refuse('evse-reserved', `${evse.label} is reserved for another vehicle of the fleet. Choose another.`);
  if (evse.status === 'RESERVED' && !isOurs)
    return refuse('evse-reserved', `${evse.label} is reserved, and not for this vehicle. Choose an available one.`);
  if (evse.status !== 'AVAILABLE' && evse.status !== 'RESERVED')
    return refuse('evse-not-available', `${evse.label} is ${evse.status.toLowerCase()}. Choose an available one.`);
  if (
    facts.activeSessions.some((session) => sameId(session.vehicleId, facts.vehicleId) && !isFinalStatus(session.status))
  )
    return refuse('vehicle-has-session', 'This vehicle has a running session. Stop it first.');
  const rival = facts.openCommands.find(
    (command) =>
      command.kind === 'START_SESSION' &&
      isOpen(command) &&
      (sameId(command.vehicleId, facts.vehicleId) || sameId(command.evseKey, evse.key)),
  );
  if (rival !== undefined)
    return refuse(
      'start-already-open',
      `A start for this ${sameId(rival.vehicleId, facts.vehicleId) ? 'vehicle' : 'charge point'} is ${rival.state}. Wait for its outcome.`,
    );
  return accept({ evse, reservation: held });
}

export type StopRefusal = 'session-unknown' | 'session-ended' | 'stop-already-open';

/** May this session be stopped? */
export function mayStopSession(facts: {
  readonly session: Session | undefined;
  readonly openCommands: readonly SessionCommand[];
}): Result<{ readonly session: Session }, StopRefusal> {
  const { session } = facts;
  if (session === undefined) return refuse('session-unknown', 'This session is not known here. Reload the list.');
  if (isFinalStatus(session.status)) return refuse('session-ended', 'This session has already ended.');
  const rival = facts.openCommands.some(
    (command) => command.kind === 'STOP_SESSION' && sameId(command.sessionId, session.id) && isOpen(command),
  );
  if (rival) return refuse('stop-already-open', 'A stop for this session is under way. Wait for its outcome.');
  return accept({ session });
}

export type UnlockRefusal =
  | 'evse-unknown'
  | 'connector-unknown'
  | 'unlock-not-supported'
  | 'session-running'
  | 'unlock-already-open';

/** May this connector be released? Only where nothing charges: a running session is stopped first (OCPI 2.2.1, 13.3.6). */
export function mayUnlock(facts: {
  readonly evse: Evse | undefined;
  readonly connectorId: string;
  readonly activeSessions: readonly Session[];
  readonly openCommands: readonly SessionCommand[];
}): Result<{ readonly evse: Evse }, UnlockRefusal> {
  const { evse } = facts;
  if (evse === undefined || evse.status === 'REMOVED')
    return refuse('evse-unknown', 'This charge point is no longer in the network.');
  if (!evse.connectors.some((connector) => connector.id === facts.connectorId))
    return refuse('connector-unknown', `${evse.label} has no connector ${facts.connectorId}. Choose another.`);
  if (hasCapability(evse, 'UNLOCK_CAPABLE') === false)
    return refuse(
      'unlock-not-supported',
      `${evse.label} cannot be unlocked from here. Have the cable released on site.`,
    );
  if (
    facts.activeSessions.some(
      (session) =>
        session.status === 'ACTIVE' &&
        sameId(session.evseKey, evse.key) &&
        sameId(session.connectorId, facts.connectorId),
    )
  )
    return refuse('session-running', 'A session is running at this connector. Stop it first.');
  const rival = facts.openCommands.some(
    (command) => command.kind === 'UNLOCK_CONNECTOR' && sameId(command.evseKey, evse.key) && isOpen(command),
  );
  if (rival) return refuse('unlock-already-open', 'An unlock of this charge point is under way. Wait for its outcome.');
  return accept({ evse });
}
