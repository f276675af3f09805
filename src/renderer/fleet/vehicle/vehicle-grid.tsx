/** The vehicle list: shares the map's filter, keeps still under the hand, says why it is empty. */
import { useCallback, useMemo, useRef, useState, type Ref } from 'react';
import type { Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import { RecordGrid, type GridHandle } from '../../instruments/grid/record-grid.tsx';
import { grouped } from '../../instruments/number/format-number.ts';
import { OrderAge } from '../order-age.tsx';
import type { Fleet } from '../use-fleet.ts';
import { DEFAULT_SORT, vehicleColumns, type VehiclePlaces } from './vehicle-columns.ts';
import '../fleet.css';

type VehicleGridProps = {
  readonly fleet: Fleet;
  readonly shownCount: number;
  readonly isShown: (vehicleNumber: number) => boolean;
  readonly places: VehiclePlaces;
  readonly selectedId: string | undefined;
  readonly onCursor: (vehicle: Vehicle) => void;
  readonly onOpen: (vehicle: Vehicle) => void;
  /** From the link; undefined is the order of the house: depot, then registration. */
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  readonly isFiltering: boolean;
  readonly onClearFilter: () => void;
  readonly handle: Ref<GridHandle>;
};

export function VehicleGrid(props: VehicleGridProps) {
  const { fleet, isShown, onSort } = props;
  const places = useRef(props.places);
  places.current = props.places;
  const latest = useRef(isShown);
  latest.current = isShown;
  const columns = useMemo(
    () =>
      vehicleColumns(
        () => places.current,
        (vehicle) => !latest.current(vehicle.number),
      ),
    [],
  );
  const open = fleet.vehicles.find(({ id }) => id === props.selectedId);
  // Only while it is outside, so that opening one vehicle after another does not filter the fleet each time.
  const pinnedId = open !== undefined && !isShown(open.number) ? open.id : undefined;
  const isRecordShown = useCallback(
    (vehicle: Vehicle) => isShown(vehicle.number) || vehicle.id === pinnedId,
    [isShown, pinnedId],
  );
  const [orderTakenMs, setOrderTakenMs] = useState<number>();
  return (
    <section className="card vehicle-grid" aria-label="Vehicles">
      <header>
        <h2>Vehicles</h2>
        <small>
          {props.shownCount === fleet.vehicles.length
            ? grouped(props.shownCount)
            : `${grouped(props.shownCount)} of ${grouped(fleet.vehicles.length)}`}
        </small>
        {pinnedId !== undefined && <small>{open?.registration} is outside the filter</small>}
        {orderTakenMs !== undefined && <OrderAge takenMs={orderTakenMs} />}
        <span className="end">
          <kbd>J</kbd>
          <kbd>K</kbd>
          <kbd>Enter</kbd>
        </span>
      </header>
      <div className="grid-place">
        <RecordGrid
          columns={columns}
          records={fleet.vehicles}
          keyOf={idOf}
          isShown={isRecordShown}
          sortSource={fleet.depots}
          selectedKey={props.selectedId}
          onCursor={props.onCursor}
          onOpen={props.onOpen}
          sort={props.sort ?? DEFAULT_SORT}
          onSort={(sort) => onSort(sort === DEFAULT_SORT || sort === '' ? undefined : sort)}
          onOrderTaken={setOrderTakenMs}
          layout="vehicles"
          handle={props.handle}
        />
        {props.shownCount === 0 && pinnedId === undefined && <EmptyGrid {...props} />}
      </div>
    </section>
  );
}

function idOf(vehicle: Vehicle): string {
  return vehicle.id;
}

function EmptyGrid(props: Pick<VehicleGridProps, 'fleet' | 'isFiltering' | 'onClearFilter'>) {
  if (!props.fleet.isLoaded) return null;
  return (
    <div className="empty empty-grid" role="status">
      {props.isFiltering ? (
        <>
          <p>No vehicle passes this filter just now.</p>
          <button type="button" className="btn" onClick={props.onClearFilter}>
            Clear the filter
          </button>
        </>
      ) : (
        <p>The marketplace has not told of any vehicle yet. They appear here by themselves once it does.</p>
      )}
    </div>
  );
}
