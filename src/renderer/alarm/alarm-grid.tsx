/** The list of alarms, for eyes and keyboard alike. */
import { useMemo, useRef, type Ref } from 'react';
import { RecordGrid, type GridHandle } from '../instruments/grid/record-grid.tsx';
import { alarmColumns, DEFAULT_SORT, type AlarmRow } from './alarm-columns.ts';
import type { ListedAlarm } from './list-alarms.ts';

type AlarmGridProps = {
  readonly listed: readonly ListedAlarm[];
  readonly marked: ReadonlySet<string>;
  readonly depotName: (depotId: string | undefined) => string;
  readonly selectedId: string | undefined;
  readonly onCursor: (row: AlarmRow) => void;
  readonly onChoose: (row: AlarmRow) => void;
  readonly onOpen: (row: AlarmRow) => void;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  readonly handle: Ref<GridHandle>;
};

export function AlarmGrid(props: AlarmGridProps) {
  const { listed, marked, onSort } = props;
  const depotName = useRef(props.depotName);
  depotName.current = props.depotName;
  const columns = useMemo(() => alarmColumns((depotId) => depotName.current(depotId)), []);
  const rows = useMemo(() => listed.map((row) => ({ ...row, isMarked: marked.has(row.id) })), [listed, marked]);
  return (
    <RecordGrid
      columns={columns}
      records={rows}
      keyOf={idOf}
      isShown={always}
      sortSource={props.depotName}
      selectedKey={props.selectedId}
      onCursor={props.onCursor}
      onChoose={props.onChoose}
      onOpen={props.onOpen}
      sort={props.sort ?? DEFAULT_SORT}
      onSort={(sort) => onSort(sort === DEFAULT_SORT || sort === '' ? undefined : sort)}
      onOrderTaken={ignore}
      layout="alarms"
      handle={props.handle}
    />
  );
}

function idOf(row: AlarmRow): string {
  return row.id;
}

function always(): boolean {
  return true;
}

/** No column of it is restless: its order stands by itself. */
function ignore(): void {}
