/** The order of a grid as text in a link: `charge:asc,registration:asc`, first the strongest. */
import type { ColumnState } from 'ag-grid-community';

export function sortToText(columns: readonly Pick<ColumnState, 'colId' | 'sort' | 'sortIndex'>[]): string {
  return columns
    .filter((column) => column.sort === 'asc' || column.sort === 'desc')
    .toSorted((one, other) => (one.sortIndex ?? 0) - (other.sortIndex ?? 0))
    .map((column) => `${column.colId}:${column.sort}`)
    .join(',');
}

/** What is not a column or a direction is left out: links are typed and shortened by people. */
export function sortFromText(
  text: string,
  columnIds: ReadonlySet<string>,
): { colId: string; sort: 'asc' | 'desc'; sortIndex: number }[] {
  const seen = new Set<string>();
  const sorts: { colId: string; sort: 'asc' | 'desc'; sortIndex: number }[] = [];
  for (const part of text.split(',')) {
    const [colId = '', sort] = part.split(':');
    if (!columnIds.has(colId) || seen.has(colId) || (sort !== 'asc' && sort !== 'desc')) continue;
    seen.add(colId);
    sorts.push({ colId, sort, sortIndex: sorts.length });
  }
  return sorts;
}
