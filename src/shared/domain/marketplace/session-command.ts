/**
 * A start or stop as the operator gave it, and what is truly known of it. The states never claim more than the
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
import type { Evse } from './evse.ts';
import { isFinalStatus, type Session } from './session.ts';

export type CommandState = 'queued' | 'sent' | 'accepted' | 'done' | 'refused' | 'unknown' | 'expired';

export type SessionCommand = {
  readonly commandId: string;
  readonly kind: 'START_SESSION' | 'STOP_SESSION';
  readonly state: CommandState;
  /** The sentence behind `refused`, `unknown` or `expired`, for the operator. */
  readonly reason: string | undefined;
  readonly operator: string;
  readonly vehicleId: string | undefined;
  readonly evseKey: string | undefined;
  readonly sessionId: string | undefined;
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
}): Result<{ readonly evse: Evse }, StartRefusal> {
  const { evse } = facts;
  if (!facts.vehicleKnown) return refuse('vehicle-unknown', 'This vehicle is not in the fleet. Choose another.');
  if (evse === undefined || evse.status === 'REMOVED')
    return refuse('evse-unknown', 'This charge point is no longer in the network. Choose another.');
  if (!evse.connectors.some((connector) => connector.id === facts.connectorId))
    return refuse('connector-unknown', `${evse.label} has no connector ${facts.connectorId}. Choose another.`);
  if (evse.status !== 'AVAILABLE')
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
  return accept({ evse });
}

/** OCPI ids compare without case (OCPI 2.2.1, 16.1 CiString). */
function sameId(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
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
