/** What the marketplace knows of one vehicle: its session, its commands, and what may be done with it now. */
import { useMemo } from 'react';
import type { Evse } from '../../../shared/domain/marketplace/evse.ts';
import { isFinalStatus, type Session } from '../../../shared/domain/marketplace/session.ts';
import { mayStopSession, type SessionCommand } from '../../../shared/domain/marketplace/session-command.ts';
import { useFeed } from '../../link/use-feed.ts';

export type VehicleCharging = {
  /** The running session, else the last one of the last day. */
  readonly session: Session | undefined;
  readonly isRunning: boolean;
  readonly evse: Evse | undefined;
  readonly evses: ReadonlyMap<string, Evse>;
  /** Newest first. */
  readonly commands: readonly SessionCommand[];
  /** Why not, as a sentence; undefined: it may be stopped. */
  readonly whyNotStop: string | undefined;
};

export function pickSession(sessions: Iterable<Session>, vehicleId: string): Session | undefined {
  let best: Session | undefined;
  for (const session of sessions) {
    if (session.vehicleId !== vehicleId) continue;
    if (best === undefined || rank(session) > rank(best)) best = session;
  }
  return best;
}

/** Running before ended, later before earlier. */
function rank(session: Session): number {
  return (isFinalStatus(session.status) ? 0 : 1e15) + session.startAtMs;
}

export function useVehicleCharging(vehicleId: string): VehicleCharging {
  const sessionView = useFeed('marketplace/sessions');
  const commandView = useFeed('marketplace/session-commands');
  const evseView = useFeed('marketplace/evses');
  return useMemo(() => {
    const session = pickSession(sessionView.records.values(), vehicleId);
    const isRunning = session !== undefined && !isFinalStatus(session.status);
    const all = [...commandView.records.values()];
    const commands = all
      .filter((command) => {
        const about = command.vehicleId ?? sessionView.records.get(command.sessionId ?? '')?.vehicleId;
        return about === vehicleId;
      })
      .toSorted((one, other) => other.issuedAtMs - one.issuedAtMs);
    const ruling = mayStopSession({ session, openCommands: all });
    return {
      session,
      isRunning,
      evse: session === undefined ? undefined : evseView.records.get(session.evseKey),
      evses: evseView.records,
      commands,
      whyNotStop: ruling.ok ? undefined : isRunning ? ruling.message : 'No session is running for this vehicle.',
    };
  }, [sessionView, commandView, evseView, vehicleId]);
}
