/** Under the list: the open vehicle, or else the depots. The place is never empty, so nothing jumps when one is opened. */
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import type { FleetCensus } from '../../fleet/filter/fleet-census.ts';
import type { Fleet } from '../../fleet/use-fleet.ts';
import { DepotCards } from '../../marketplace/charge-point/depot-cards.tsx';
import { UnknownVehicle, VehicleDetail, type DetailActs } from './vehicle-detail.tsx';

type LowerPanelProps = DetailActs & {
  readonly vehicleId: string | undefined;
  readonly fleet: Fleet;
  readonly census: FleetCensus;
  readonly depotId: string | undefined;
  readonly onDepot: (depot: Depot) => void;
};

export function LowerPanel(props: LowerPanelProps) {
  const { vehicleId, fleet, census, depotId, onDepot, ...acts } = props;
  if (vehicleId === undefined)
    return (
      <section className="card" aria-label="Depots">
        <header>
          <h2>Depots</h2>
          <small>press one to narrow the page to it</small>
        </header>
        <DepotCards depots={fleet.depots} presence={census.depots} chosenId={depotId} onChoose={onDepot} />
      </section>
    );
  const vehicle = fleet.vehiclesById.get(vehicleId);
  if (vehicle === undefined)
    return fleet.isLoaded ? (
      <UnknownVehicle onClose={acts.onClose} />
    ) : (
      <section className="card" aria-label="Vehicle" />
    );
  return <VehicleDetail vehicle={vehicle} depot={fleet.depots.get(vehicle.depotId)} {...acts} />;
}
