/**
 * Commands to charge points, from the operator's key press to the moment they are stored. What becomes of them arrives by feed;
 * `session-command-toasts` tells it for the commands that were given in this window.
 */
import { toast } from 'sonner';
import type { Reservation } from '../../../shared/domain/marketplace/reservation.ts';
import type { Session } from '../../../shared/domain/marketplace/session.ts';
import { ASIDE } from './toast-place.ts';
import { ops, OpsError } from '../../link/ops-client.ts';

/** Commands of this window, so that it speaks of its own and not of every colleague's. */
export const issuedHere = new Set<string>();

/** True: stored. False: the person has been told why not. */
export async function startSession(input: {
  readonly vehicleId: string;
  readonly evseKey: string;
  readonly connectorId: string;
}): Promise<boolean> {
  return issue('Start charging', () => ops.command('marketplace/start-session', input));
}

export async function stopSession(session: Pick<Session, 'id'>): Promise<boolean> {
  return issue('Stop charging', () => ops.command('marketplace/stop-session', { sessionId: session.id }));
}

export async function reserve(input: {
  readonly vehicleId: string;
  readonly evseKey: string;
  readonly expiresAtMs: number;
}): Promise<boolean> {
  return issue('Reserve', () => ops.command('marketplace/reserve', input));
}

export async function cancelReservation(reservation: Pick<Reservation, 'reservationId'>): Promise<boolean> {
  const { reservationId } = reservation;
  return issue('Cancel the reservation', () => ops.command('marketplace/cancel-reservation', { reservationId }));
}

export async function unlockConnector(input: {
  readonly evseKey: string;
  readonly connectorId: string;
}): Promise<boolean> {
  return issue('Unlock', () => ops.command('marketplace/unlock-connector', input));
}

export async function setAside(commandId: string): Promise<boolean> {
  return issue('Set aside', () => ops.command('marketplace/set-aside', { setAsideCommandId: commandId }));
}

async function issue(what: string, send: () => ReturnType<typeof ops.command>): Promise<boolean> {
  try {
    const answer = await send();
    if (answer.outcome === 'accepted') {
      issuedHere.add(answer.commandId);
      return true;
    }
    toast.error(`${what}: not possible`, { description: answer.error.message, duration: 12_000, position: ASIDE });
  } catch (cause) {
    if (!(cause instanceof OpsError)) throw cause;
    toast.error(`${what}: may not have been stored`, { description: cause.message, duration: 12_000, position: ASIDE });
  }
  return false;
}
