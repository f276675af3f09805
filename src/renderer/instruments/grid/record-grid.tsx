/**
 * Our AG Grid: dense, for the keyboard, indifferent to what its rows are. The caller owns the records, the question which
 * of them are shown, the selection and the sort; the grid owns the cursor and the columns' places.
 */
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react';
import { AgGridReact, type AgGridReactProps } from 'ag-grid-react';
import type { GridApi, IRowNode, OverlayType, RowSelectionOptions, SortChangedEvent } from 'ag-grid-community';
import { recallColumns, rememberColumns } from './column-layout.ts';
import { makeFrozenOrder } from './frozen-order.ts';
import { columnDefinition, type GridColumn } from './grid-column.ts';
import { gridTheme, pageNonce } from './grid-theme.ts';
import { makeLivingCells, repaintRegularly } from './painted-cell.ts';
import { sortFromText, sortToText } from './sort-in-link.ts';
import './record-grid.css';

const REPAINTS_HZ = 4;
/** How often an order by living values is taken anew while nobody is working in the grid. */
const RENEW_ORDER_MS = 10_000;

/** From so many changed rows on, one pass over all is the cheaper (measured with 5 000). */
const MANY_ROWS = 250;

const NO_OVERLAYS: OverlayType[] = ['loading', 'noRows', 'noMatchingRows'];
const ONE_ROW: RowSelectionOptions = { mode: 'singleRow', checkboxes: false, enableClickSelection: false };
const always = () => true;

export type GridHandle = {
  /** Moves the cursor by rows; from nowhere it goes to the selected or the first row. */
  readonly move: (rows: number) => void;
  readonly open: () => void;
  readonly focus: () => void;
  /** Sorts by the values as they are now. */
  readonly renewOrder: () => void;
};

export type RecordGridProps<R> = {
  readonly columns: readonly GridColumn<R>[];
  readonly records: readonly R[];
  readonly keyOf: (record: R) => string;
  /** A new function means that other records are shown. */
  readonly isShown: (record: R) => boolean;
  /** What the columns' sort keys are read from besides the records, such as names by id; a new value sorts anew. */
  readonly sortSource: unknown;
  readonly selectedKey: string | undefined;
  /** The keyboard's cursor came to this record. */
  readonly onCursor: (record: R) => void;
  /** The pointer came to this record; absent where a click opens it. */
  readonly onChoose?: (record: R) => void;
  readonly onOpen: (record: R) => void;
  /** As text of `sort-in-link`. */
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  /** When an order by living values was taken; undefined when the order stands by itself. */
  readonly onOrderTaken: (wallMs: number | undefined) => void;
  readonly layout: string;
  readonly handle: Ref<GridHandle>;
};

export function RecordGrid<R>(props: RecordGridProps<R>) {
  const latest = useRef(props);
  latest.current = props;
  const [api, setApi] = useState<GridApi<R>>();
  const root = useRef<HTMLDivElement>(null);
  const cursorKey = useRef<string>(undefined);
  const { columns, keyOf } = props;
  const parts = useMemo(() => {
    const living = makeLivingCells();
    const frozen = makeFrozenOrder();
    const ids: ReadonlySet<string> = new Set(columns.map((column) => column.id));
    const definitions = columns.map((column) => columnDefinition(column, keyOf, living, frozen));
    const restlessIds: ReadonlySet<string> = new Set(
      columns.filter((column) => column.isRestless).map((column) => column.id),
    );
    return { living, frozen, ids, definitions, restlessIds };
  }, [columns, keyOf]);

  useEffect(() => repaintRegularly(parts.living.repaint, REPAINTS_HZ), [parts]);

  const renewOrder = useMemo(
    () => () => {
      if (api === undefined) return;
      const isRestless = api
        .getColumnState()
        .some((column) => column.sort != null && parts.restlessIds.has(column.colId));
      if (isRestless) {
        parts.frozen.thaw();
        api.refreshClientSideRowModel('sort');
      }
      latest.current.onOrderTaken(isRestless ? Date.now() : undefined);
    },
    [api, parts],
  );

  useSortFromLink(api, props.sort, parts.ids, renewOrder);
  useEffect(() => {
    const timer = setInterval(() => {
      const inUse = root.current?.matches(':hover, :focus-within') ?? false;
      if (!inUse && !document.hidden) renewOrder();
    }, RENEW_ORDER_MS);
    return () => clearInterval(timer);
  }, [renewOrder]);
  useEffect(() => api && showOnly(api, props.isShown), [api, props.isShown]);
  useEffect(() => api?.refreshClientSideRowModel('sort'), [api, props.sortSource]);
  useSelectionShown(api, props.selectedKey, props.isShown, props.records, root);

  useImperativeHandle(
    props.handle,
    () => ({
      move: (rows) => api !== undefined && moveCursor(api, rows, cursorKey.current ?? latest.current.selectedKey),
      open: () => {
        const record = nodeOf(api, cursorKey.current)?.data;
        if (record !== undefined) latest.current.onOpen(record);
      },
      focus: () => api !== undefined && moveCursor(api, 0, cursorKey.current ?? latest.current.selectedKey),
      renewOrder,
    }),
    [api, renewOrder],
  );

  // Made once: AG Grid takes each new function for a new option, and one that filters also for a reason to filter all again.
  const steady = useMemo(() => {
    const remember = (event: { api: GridApi<R> }) => rememberColumns(latest.current.layout, event.api.getColumnState());
    const options: AgGridReactProps<R> = {
      getRowId: ({ data }) => keyOf(data),
      doesExternalFilterPass: ({ data }) => data !== undefined && latest.current.isShown(data),
      onGridReady: (event) => {
        const places = recallColumns(latest.current.layout, parts.ids);
        if (places !== undefined) event.api.applyColumnState({ state: places, applyOrder: true });
        setApi(event.api);
      },
      onGridSizeChanged: (event) => {
        for (const { id, hiddenBelowPx } of latest.current.columns)
          if (hiddenBelowPx !== undefined) event.api.setColumnsVisible([id], event.clientWidth >= hiddenBelowPx);
      },
      onModelUpdated: (event) => keepCursor(event.api, cursorKey.current, root.current),
      onCellFocused: (event) => {
        const node = event.rowIndex === null ? undefined : event.api.getDisplayedRowAtIndex(event.rowIndex);
        if (node?.data === undefined || node.id === cursorKey.current) return;
        cursorKey.current = node.id;
        latest.current.onCursor(node.data);
      },
      onRowClicked: ({ data }) => {
        const { onChoose, onOpen } = latest.current;
        if (data !== undefined) (onChoose ?? onOpen)(data);
      },
      onCellKeyDown: (event) => {
        const key = event.event instanceof KeyboardEvent ? event.event.key : '';
        if ('column' in event && key === 'Enter' && event.data !== undefined) latest.current.onOpen(event.data);
      },
      onColumnResized: (event) =>
        event.finished && event.source !== 'api' && event.source !== 'flex' && remember(event),
      onColumnMoved: (event) => event.finished && remember(event),
    };
    return options;
  }, [keyOf, parts]);
  const onSortChanged = useCallback(
    (event: SortChangedEvent<R>) => {
      if (event.source === 'api') return;
      const sort = sortToText(event.api.getColumnState());
      renewOrder();
      latest.current.onSort(sort);
    },
    [renewOrder],
  );

  return (
    <div className="record-grid" ref={root}>
      <AgGridReact<R>
        {...steady}
        theme={gridTheme}
        styleNonce={pageNonce()}
        columnDefs={parts.definitions}
        rowData={props.records as R[]}
        deltaSort
        animateRows={false}
        suppressDragLeaveHidesColumns
        // Its place is kept, or else it takes its pixels from the last column when it comes.
        alwaysShowVerticalScroll
        suppressOverlays={NO_OVERLAYS}
        rowSelection={ONE_ROW}
        isExternalFilterPresent={always}
        onSortChanged={onSortChanged}
      />
    </div>
  );
}

function nodeOf<R>(api: GridApi<R> | undefined, key: string | undefined): IRowNode<R> | undefined {
  return key === undefined ? undefined : api?.getRowNode(key);
}

/**
 * Rows come and go above the cursor, which the grid keeps by its number: it stays with its record, or else the keys would
 * act on another than the one that was looked at.
 */
function keepCursor<R>(api: GridApi<R>, key: string | undefined, root: HTMLElement | null): void {
  const focused = api.getFocusedCell();
  const node = nodeOf(api, key);
  if (focused === null || node?.displayed !== true || node.rowIndex === null) return;
  if (node.rowIndex === focused.rowIndex || root?.matches(':focus-within') !== true) return;
  api.setFocusedCell(node.rowIndex, focused.column);
}

/**
 * A few rows that come or go are sorted in: sorting a whole large fleet takes longer than a frame, every second. Of many,
 * as when an operator asks for others, each costs more by itself than in a filter and a sort of all.
 */
function showOnly<R>(api: GridApi<R>, isShown: (record: R) => boolean): void {
  const changed: R[] = [];
  api.forEachNode(({ data, displayed }) => {
    if (data !== undefined && isShown(data) !== displayed) changed.push(data);
  });
  if (changed.length > MANY_ROWS) api.onFilterChanged('api');
  else if (changed.length > 0) api.applyTransaction({ update: changed });
}

function moveCursor<R>(api: GridApi<R>, rows: number, fromKey: string | undefined): void {
  const from = nodeOf(api, fromKey);
  const last = api.getDisplayedRowCount() - 1;
  if (last < 0) return;
  const known = from?.displayed === true ? from.rowIndex : null;
  const to = known === null ? 0 : Math.min(last, Math.max(0, known + rows));
  const column = api.getFocusedCell()?.column ?? api.getAllDisplayedColumns()[0];
  api.ensureIndexVisible(to);
  if (column !== undefined) api.setFocusedCell(to, column);
}

function useSortFromLink<R>(
  api: GridApi<R> | undefined,
  sort: string,
  ids: ReadonlySet<string>,
  renewOrder: () => void,
): void {
  useEffect(() => {
    if (api === undefined || sortToText(api.getColumnState()) === sort) return;
    api.applyColumnState({ state: sortFromText(sort, ids), defaultState: { sort: null } });
    renewOrder();
  }, [api, sort, ids, renewOrder]);
}

/** Marks the selected row; brings it into view when it was selected elsewhere, never under the operator's hand. */
function useSelectionShown<R>(
  api: GridApi<R> | undefined,
  selectedKey: string | undefined,
  isShown: unknown,
  records: unknown,
  root: { readonly current: HTMLElement | null },
): void {
  useEffect(() => {
    if (api === undefined) return;
    const node = nodeOf(api, selectedKey);
    if (node === undefined) api.deselectAll();
    else node.setSelected(true, true);
  }, [api, selectedKey, isShown, records]);
  const shownKey = useRef<string>(undefined);
  useEffect(() => {
    const node = nodeOf(api, selectedKey);
    // Once for each selection, as soon as its row is there: a link may name it before the records have come.
    if (shownKey.current === selectedKey || (selectedKey !== undefined && node === undefined)) return;
    shownKey.current = selectedKey;
    const inUse = root.current?.matches(':hover, :focus-within') ?? false;
    if (api !== undefined && node?.displayed === true && node.rowIndex !== null && !inUse)
      api.ensureIndexVisible(node.rowIndex);
  }, [api, selectedKey, records, root]);
}
