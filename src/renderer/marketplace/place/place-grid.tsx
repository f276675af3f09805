/** The list of places: shares the map's filter, keeps still under the hand, says why it is empty. */
import { useCallback, useMemo, useRef, useState, type Ref } from 'react';
import { OrderAge } from '../../fleet/order-age.tsx';
import { RecordGrid, type GridHandle } from '../../instruments/grid/record-grid.tsx';
import { grouped } from '../../instruments/number/format-number.ts';
import { useMarketplaceLink } from '../marketplace-link.ts';
import { placeColumns, SORT_FOR_VEHICLE, SORT_OF_ALL } from './place-columns.ts';
import type { PlaceRow } from './place-row.ts';
import './place.css';

type PlaceGridProps = {
  readonly rows: readonly PlaceRow[];
  readonly isLoaded: boolean;
  readonly isShown: (row: PlaceRow) => boolean;
  readonly shownCount: number;
  /** Undefined: no vehicle is chosen, so nothing is said of prices and ways. */
  readonly forWhom: string | undefined;
  readonly selectedKey: string | undefined;
  readonly onCursor: (row: PlaceRow) => void;
  readonly onOpen: (row: PlaceRow) => void;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  readonly isFiltering: boolean;
  readonly onClearFilter: () => void;
  readonly handle: Ref<GridHandle>;
};

export function PlaceGrid(props: PlaceGridProps) {
  const { rows, onSort, isShown, selectedKey } = props;
  const isLive = useRef(true);
  isLive.current = useMarketplaceLink().isLive;
  const columns = useMemo(() => placeColumns(() => isLive.current), []);
  const [orderTakenMs, setOrderTakenMs] = useState<number>();
  const usual = props.forWhom === undefined ? SORT_OF_ALL : SORT_FOR_VEHICLE;
  // The open place keeps its row when the filter no longer passes it.
  const isRecordShown = useCallback((row: PlaceRow) => row.key === selectedKey || isShown(row), [isShown, selectedKey]);
  return (
    <section className="card place-grid" aria-label="Places">
      <header>
        <h2>Places</h2>
        <small>
          {props.shownCount === rows.length
            ? grouped(rows.length)
            : `${grouped(props.shownCount)} of ${grouped(rows.length)}`}
        </small>
        {props.forWhom === undefined ? (
          <small>choose a vehicle to see its price</small>
        ) : (
          <small>for {props.forWhom}, cheapest within reach first</small>
        )}
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
          records={rows}
          keyOf={keyOf}
          isShown={isRecordShown}
          sortSource={props.forWhom}
          selectedKey={selectedKey}
          onCursor={props.onCursor}
          onOpen={props.onOpen}
          sort={props.sort ?? usual}
          onSort={(sort) => onSort(sort === usual || sort === '' ? undefined : sort)}
          onOrderTaken={setOrderTakenMs}
          layout="places"
          handle={props.handle}
        />
        {props.shownCount === 0 && <EmptyGrid {...props} />}
      </div>
    </section>
  );
}

function keyOf(row: PlaceRow): string {
  return row.key;
}

function EmptyGrid({ isLoaded, isFiltering, onClearFilter }: PlaceGridProps) {
  if (!isLoaded) return null;
  return (
    <div className="empty empty-grid" role="status">
      {isFiltering ? (
        <>
          <p>No place passes this filter just now.</p>
          <button type="button" className="btn" onClick={onClearFilter}>
            Clear the filter
          </button>
        </>
      ) : (
        <p>The marketplace has not told of any place yet. They appear here by themselves once it does.</p>
      )}
    </div>
  );
}
