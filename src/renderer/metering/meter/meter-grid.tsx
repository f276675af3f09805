/** The list of all meters, for eyes and keyboard alike. */
import { useMemo, useRef, useState, type Ref } from 'react';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { OrderAge } from '../../fleet/order-age.tsx';
import { RecordGrid, type GridHandle } from '../../instruments/grid/record-grid.tsx';
import { grouped } from '../../instruments/number/format-number.ts';
import { DEFAULT_SORT, meterColumns, type MeterPlaces } from './meter-columns.ts';
import '../metering.css';

type MeterGridProps = {
  readonly meters: ReadonlyMap<string, MeterRecord>;
  readonly places: MeterPlaces;
  readonly selectedId: string | undefined;
  readonly onCursor: (meter: MeterRecord) => void;
  readonly onOpen: (meter: MeterRecord) => void;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  readonly onAddLine: () => void;
  readonly handle: Ref<GridHandle>;
};

export function MeterGrid(props: MeterGridProps) {
  const { meters, onSort } = props;
  const places = useRef(props.places);
  places.current = props.places;
  const columns = useMemo(() => meterColumns(() => places.current), []);
  const records = useMemo(() => [...meters.values()], [meters]);
  const [orderTakenMs, setOrderTakenMs] = useState<number>();
  return (
    <section className="card meter-grid" aria-label="Meters">
      <header>
        <h2>Meters</h2>
        <small>{grouped(records.length)}</small>
        <small>counted since this profile was opened</small>
        {orderTakenMs !== undefined && <OrderAge takenMs={orderTakenMs} />}
        <span className="end">
          <button type="button" className="btn" onClick={props.onAddLine} title="Set up meters on another line (A)">
            Add a line…
          </button>
          <kbd>J</kbd>
          <kbd>K</kbd>
          <kbd>Enter</kbd>
        </span>
      </header>
      <RecordGrid
        columns={columns}
        records={records}
        keyOf={idOf}
        isShown={always}
        sortSource={props.places}
        selectedKey={props.selectedId}
        onCursor={props.onCursor}
        onOpen={props.onOpen}
        sort={props.sort ?? DEFAULT_SORT}
        onSort={(sort) => onSort(sort === DEFAULT_SORT || sort === '' ? undefined : sort)}
        onOrderTaken={setOrderTakenMs}
        layout="meters"
        handle={props.handle}
      />
    </section>
  );
}

function idOf(meter: MeterRecord): string {
  return meter.id;
}

function always(): boolean {
  return true;
}
