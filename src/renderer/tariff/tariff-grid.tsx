/** The list of tariffs, for eyes and keyboard alike. */
import './tariff.css';
import { useMemo, type Ref } from 'react';
import type { TariffRow } from '../../shared/ipc/tariff-contract.ts';
import { RecordGrid, type GridHandle } from '../instruments/grid/record-grid.tsx';
import { DEFAULT_SORT, tariffColumns } from './tariff-columns.ts';

type TariffGridProps = {
  readonly rows: readonly TariffRow[];
  readonly isShown: (row: TariffRow) => boolean;
  readonly zone: string;
  readonly selectedKey: string | undefined;
  readonly onCursor: (row: TariffRow) => void;
  readonly onOpen: (row: TariffRow) => void;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  readonly handle: Ref<GridHandle>;
};

export function TariffGrid({
  rows,
  isShown,
  zone,
  selectedKey,
  onCursor,
  onOpen,
  sort,
  onSort,
  handle,
}: TariffGridProps) {
  const columns = useMemo(() => tariffColumns(zone), [zone]);
  return (
    <RecordGrid
      columns={columns}
      records={rows}
      keyOf={keyOf}
      isShown={isShown}
      sortSource={zone}
      selectedKey={selectedKey}
      onCursor={onCursor}
      onOpen={onOpen}
      sort={sort ?? DEFAULT_SORT}
      onSort={(next) => onSort(next === DEFAULT_SORT || next === '' ? undefined : next)}
      onOrderTaken={ignore}
      layout="tariffs"
      handle={handle}
    />
  );
}

function keyOf(row: TariffRow): string {
  return row.key;
}

/** No column of it is restless: its order stands by itself. */
function ignore(): void {}
