/** The list of charge records, for eyes and keyboard alike. */
import './record.css';
import { useMemo, useRef, type Ref } from 'react';
import type { ChargeRecordRow } from '../../../shared/domain/marketplace/charge-record.ts';
import { RecordGrid, type GridHandle } from '../../instruments/grid/record-grid.tsx';
import { DEFAULT_SORT, recordColumns } from './record-columns.ts';

type ChargeRecordGridProps = {
  readonly rows: readonly ChargeRecordRow[];
  readonly vehicleName: (vehicleId: string) => string;
  readonly selectedKey: string | undefined;
  readonly onCursor: (row: ChargeRecordRow) => void;
  readonly onOpen: (row: ChargeRecordRow) => void;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  readonly handle: Ref<GridHandle>;
};

export function ChargeRecordGrid(props: ChargeRecordGridProps) {
  const { onSort } = props;
  const vehicleName = useRef(props.vehicleName);
  vehicleName.current = props.vehicleName;
  const columns = useMemo(() => recordColumns((vehicleId) => vehicleName.current(vehicleId)), []);
  return (
    <RecordGrid
      columns={columns}
      records={props.rows}
      keyOf={keyOf}
      isShown={always}
      sortSource={props.vehicleName}
      selectedKey={props.selectedKey}
      onCursor={props.onCursor}
      onOpen={props.onOpen}
      sort={props.sort ?? DEFAULT_SORT}
      onSort={(sort) => onSort(sort === DEFAULT_SORT || sort === '' ? undefined : sort)}
      onOrderTaken={ignore}
      layout="charge-records"
      handle={props.handle}
    />
  );
}

function keyOf(row: ChargeRecordRow): string {
  return row.key;
}

function always(): boolean {
  return true;
}

/** No column of it is restless: its order stands by itself. */
function ignore(): void {}
