/** Under the map: the open place, or else what is under way. The place is never empty, so nothing jumps when one is opened. */
import type { Vehicle } from '../../../../shared/domain/fleet/vehicle.ts';
import { mayBeHeld } from '../../../../shared/domain/marketplace/reservation.ts';
import { useFeed } from '../../../link/use-feed.ts';
import { ReservationLine } from '../../../marketplace/reservation/reservation-line.tsx';
import type { PlaceRow } from '../../../marketplace/place/place-row.ts';
import { PlacePanel } from './place-panel.tsx';
import type { ChargeSearch } from '../charge-search.ts';
import type { Assessment } from '../use-assessment.ts';
import type { PlaceDeeds } from './use-place-acts.ts';
import { UnderWay } from './under-way.tsx';

type LowerPanelProps = {
  readonly search: ChargeSearch;
  readonly row: PlaceRow | undefined;
  readonly isLoaded: boolean;
  readonly vehicle: Vehicle | undefined;
  readonly zone: string;
  readonly need: Assessment['need'];
  readonly deeds: PlaceDeeds;
  readonly placeName: (evseKey: string) => string;
  readonly onClose: () => void;
};

export function LowerPanel(props: LowerPanelProps) {
  const { search, row, vehicle, zone, placeName } = props;
  if (row !== undefined) return <PlacePanel {...props} row={row} at={search.at} />;
  if (search.place !== undefined && props.isLoaded)
    return (
      <section className="card" aria-label="Place">
        <div className="empty">
          <b>This place is not in the network any more.</b>
          The link names one that was withdrawn, or never told of.{' '}
          <button type="button" className="btn" onClick={props.onClose}>
            Close it
          </button>
        </div>
      </section>
    );
  return (
    <section className="card" aria-label="Under way">
      <header>
        <h2>Under way{vehicle !== undefined && ` for ${vehicle.registration}`}</h2>
        <small>open a place with Enter to see its price</small>
      </header>
      <div className="detail-body">
        {vehicle === undefined ? (
          <Reservations placeName={placeName} />
        ) : (
          <>
            <UnderWay vehicle={vehicle} zone={zone} placeName={placeName} />
            <p className="muted">
              Reservations, commands and the session of {vehicle.registration} stand here with what is truly known of
              them.
            </p>
          </>
        )}
      </div>
    </section>
  );
}

/** Of the whole fleet, those that may be held now, the first to end first. */
function Reservations({ placeName }: Pick<LowerPanelProps, 'placeName'>) {
  const reservations = useFeed('marketplace/reservations');
  const vehicles = useFeed('fleet/vehicles');
  const held = [...reservations.records.values()]
    .filter(mayBeHeld)
    .toSorted((one, other) => one.expiresAtMs - other.expiresAtMs);
  if (held.length === 0)
    return (
      <div className="empty">
        <b>No charge point is reserved.</b>
        Reservations of the fleet stand here until they end.
      </div>
    );
  return held.map((reservation) => (
    <ReservationLine key={reservation.reservationId} reservation={reservation} zone="UTC">
      {placeName(reservation.evseKey)} for{' '}
      {vehicles.records.get(reservation.vehicleId)?.registration ?? reservation.vehicleId}
    </ReservationLine>
  ));
}
