/** A column as the console states it, and AG Grid's form of it. */
import type { ColDef } from 'ag-grid-community';
import { compareKeys, type FrozenOrder, type SortKey } from './frozen-order.ts';
import { paintedCell, type CellLook, type LivingCells } from './painted-cell.ts';

export type GridColumn<R> = {
  readonly id: string;
  /** Names the unit: cells hold bare numbers. */
  readonly header: string;
  /** Longer than the header may be. */
  readonly headerTip?: string;
  readonly width: number;
  readonly minWidth?: number;
  readonly flex?: number;
  /** Gives its place to the others in a list narrower than this. */
  readonly hiddenBelowPx?: number;
  readonly align?: 'end';
  /** Repainted several times a second. */
  readonly repaints: boolean;
  /** Its values move all the time: it is sorted by what they were when the order was taken. */
  readonly isRestless: boolean;
  readonly sortKey: (record: R) => SortKey | undefined;
  readonly look: CellLook<R>;
};

export function columnDefinition<R>(
  column: GridColumn<R>,
  keyOf: (record: R) => string,
  living: LivingCells,
  frozen: FrozenOrder,
): ColDef<R> {
  const read = (record: R | undefined): SortKey | undefined => {
    if (record === undefined) return undefined;
    if (!column.isRestless) return column.sortKey(record);
    return frozen.keyOf(column.id, keyOf(record), () => column.sortKey(record));
  };
  return {
    colId: column.id,
    headerName: column.header,
    ...(column.headerTip === undefined ? {} : { headerTooltip: column.headerTip }),
    width: column.width,
    minWidth: column.minWidth ?? 40,
    ...(column.flex === undefined ? {} : { flex: column.flex }),
    sortable: true,
    resizable: true,
    suppressHeaderMenuButton: true,
    ...(column.align === 'end' ? { headerClass: 'ag-right-aligned-header', cellClass: 'cell-end' } : {}),
    cellRenderer: paintedCell(column.look, column.repaints ? living : undefined),
    comparator: (_one, _other, nodeOne, nodeOther, isDescending) =>
      compareKeys(read(nodeOne.data), read(nodeOther.data), isDescending),
  };
}
