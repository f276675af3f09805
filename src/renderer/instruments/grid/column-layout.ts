/** Widths, order and visibility of a grid's columns, kept on this computer for this person. */
import type { ColumnState } from 'ag-grid-community';

export type ColumnPlace = Pick<ColumnState, 'colId' | 'width' | 'hide' | 'flex'>;

function storageKey(layout: string): string {
  return `switchyard.columns.${layout}`;
}

export function rememberColumns(layout: string, columns: readonly ColumnState[]): void {
  const places = columns.map(({ colId, width, hide, flex }) => ({ colId, width, hide, flex }));
  try {
    localStorage.setItem(storageKey(layout), JSON.stringify(places));
  } catch {
    // A full or forbidden storage costs the memory of widths and nothing else.
  }
}

/** undefined: nothing remembered, or remembered for other columns than there are now. */
export function recallColumns(layout: string, columnIds: ReadonlySet<string>): ColumnPlace[] | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(layout)) ?? 'null');
    if (!Array.isArray(stored) || stored.length !== columnIds.size) return undefined;
    const places = stored as ColumnPlace[];
    return places.every((place) => columnIds.has(place.colId)) ? places : undefined;
  } catch {
    return undefined;
  }
}
