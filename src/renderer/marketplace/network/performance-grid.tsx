/** The list of how networks performed, at one of its three levels. */
import './network.css';
import { useMemo, type Ref } from 'react';
import type { PerformanceRow } from '../../../shared/domain/marketplace/performance.ts';
import { RecordGrid, type GridHandle } from '../../instruments/grid/record-grid.tsx';
import { DEFAULT_SORT, performanceColumns, type PerformanceLevel } from './performance-columns.ts';

type PerformanceGridProps = {
  readonly rows: readonly PerformanceRow[];
  readonly level: PerformanceLevel;
  readonly zone: string;
  readonly isShown: (row: PerformanceRow) => boolean;
  readonly onOpen: (row: PerformanceRow) => void;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  readonly handle: Ref<GridHandle>;
};

export function PerformanceGrid({ rows, level, zone, isShown, onOpen, sort, onSort, handle }: PerformanceGridProps) {
  const columns = useMemo(() => performanceColumns(level, zone), [level, zone]);
  return (
    <RecordGrid
      columns={columns}
      records={rows}
      keyOf={keyOf}
      isShown={isShown}
      sortSource={rows}
      selectedKey={undefined}
      onCursor={ignore}
      onOpen={onOpen}
      sort={sort ?? DEFAULT_SORT}
      onSort={(next) => onSort(next === DEFAULT_SORT || next === '' ? undefined : next)}
      onOrderTaken={ignore}
      layout={`performance-${level}`}
      handle={handle}
    />
  );
}

function keyOf(row: PerformanceRow): string {
  return row.key;
}

/** A row is opened, not selected; and no column is restless. */
function ignore(): void {}
