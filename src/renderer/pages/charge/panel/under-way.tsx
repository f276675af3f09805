/** What is under way for one vehicle: its last command, its reservation, its session, and the record once that has come. */
import { useMemo } from 'react';
import { Link } from '@tanstack/react-router';
import type { Vehicle } from '../../../../shared/domain/fleet/vehicle.ts';
import { mayBeHeld, type Reservation } from '../../../../shared/domain/marketplace/reservation.ts';
import { isFinalStatus } from '../../../../shared/domain/marketplace/session.ts';
import type { SessionCommand } from '../../../../shared/domain/marketplace/session-command.ts';
import { useFeed } from '../../../link/use-feed.ts';
import { ReservationLine } from '../../../marketplace/reservation/reservation-line.tsx';
import { CommandList } from '../../../marketplace/session/command-list.tsx';
import { recordOfSession } from '../../../marketplace/session/record-of-session.ts';
import { SessionFacts } from '../../../marketplace/session/session-facts.tsx';
import { pickSession } from '../../../marketplace/session/vehicle-charging.ts';

type UnderWayProps = {
  readonly vehicle: Vehicle;
  readonly zone: string;
  readonly placeName: (evseKey: string) => string;
};

export function UnderWay({ vehicle, zone, placeName }: UnderWayProps) {
  const sessions = useFeed('marketplace/sessions');
  const session = useMemo(() => pickSession(sessions.records.values(), vehicle.id), [sessions, vehicle.id]);
  const isRunning = session !== undefined && !isFinalStatus(session.status);
  const command = useLastCommand(vehicle.id);
  const reservation = useLastReservation(vehicle.id);
  const record = useRecordOf(session);
  const labelOf = ({ evseKey, sessionId }: SessionCommand) => {
    const key = evseKey ?? sessions.records.get(sessionId ?? '')?.evseKey;
    return key === undefined ? '' : `at ${placeName(key)}`;
  };
  if (command === undefined && reservation === undefined && session === undefined) return null;
  return (
    <section className="under-way" aria-label={`Under way for ${vehicle.registration}`}>
      {command !== undefined && <CommandList label="Last command" commands={[command]} labelOf={labelOf} zone={zone} />}
      {reservation !== undefined && (
        <ReservationLine reservation={reservation} zone={zone}>
          Reservation of {placeName(reservation.evseKey)}
        </ReservationLine>
      )}
      {session !== undefined && <SessionFacts charging={{ session, isRunning, evse: undefined }} zone={zone} />}
      {session !== undefined && !isRunning && (
        <p className="muted">
          {record === undefined ? (
            'Its charge detail record has not come yet; it appears here by itself.'
          ) : (
            <Link className="btn" to="/records" search={{ record: record.key }}>
              Open its record {record.id}
            </Link>
          )}
        </p>
      )}
      <hr />
    </section>
  );
}

function useLastCommand(vehicleId: string): SessionCommand | undefined {
  const commands = useFeed('marketplace/session-commands');
  const sessions = useFeed('marketplace/sessions');
  return useMemo(() => {
    let last: SessionCommand | undefined;
    for (const command of commands.records.values()) {
      const about = command.vehicleId ?? sessions.records.get(command.sessionId ?? '')?.vehicleId;
      if (about === vehicleId && (last === undefined || command.issuedAtMs > last.issuedAtMs)) last = command;
    }
    return last;
  }, [commands, sessions, vehicleId]);
}

/** The one that may be held, else the last of the day. */
function useLastReservation(vehicleId: string): Reservation | undefined {
  const reservations = useFeed('marketplace/reservations');
  return useMemo(() => {
    const own = [...reservations.records.values()].filter((each) => each.vehicleId === vehicleId);
    return own.toSorted(
      (one, other) => Number(mayBeHeld(other)) - Number(mayBeHeld(one)) || other.requestedAtMs - one.requestedAtMs,
    )[0];
  }, [reservations, vehicleId]);
}

function useRecordOf(session: ReturnType<typeof pickSession>) {
  const records = useFeed('marketplace/recent-records');
  return useMemo(
    () => (session === undefined ? undefined : recordOfSession(session, records.records.values())),
    [session, records],
  );
}
