/** One reservation: what is known of it, and how long it still holds. */
import type { ReactNode } from 'react';
import { mayBeHeld, type Reservation } from '../../../shared/domain/marketplace/reservation.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { CommandShape } from '../session/command-list.tsx';
import { describeReservation } from './reservation-words.ts';
import '../marketplace.css';

type ReservationLineProps = {
  readonly reservation: Reservation;
  readonly zone: string;
  /** What it holds, or for whom. */
  readonly children: ReactNode;
};

export function ReservationLine({ reservation, zone, children }: ReservationLineProps) {
  const look = describeReservation(reservation);
  return (
    <div className="command" data-shape={look.shape} role="group" aria-label="Reservation">
      <CommandShape shape={look.shape} />
      <span className="command-what">{children}</span>
      <b>{look.word}</b>
      <span className="command-age" title={describeInstant(reservation.expiresAtMs, zone)}>
        {mayBeHeld(reservation) ? (
          <Left untilMs={reservation.expiresAtMs} />
        ) : (
          `until ${formatInZone(reservation.expiresAtMs, zone, 'minute')}`
        )}
      </span>
      <span className="command-sentence">{look.sentence}</span>
    </div>
  );
}

function Left({ untilMs }: { readonly untilMs: number }) {
  const leftMs = untilMs - useNow();
  return <>{leftMs > 0 ? `${wholeAge(leftMs)} left` : 'time is over'}</>;
}
