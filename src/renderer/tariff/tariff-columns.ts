/** The columns of the list of tariffs. */
import type { TariffRow } from '../../shared/ipc/tariff-contract.ts';
import { describeInstant } from '../instruments/clock/describe-instant.ts';
import { formatInZone } from '../instruments/clock/zone-time.ts';
import type { GridColumn } from '../instruments/grid/grid-column.ts';
import { grouped } from '../instruments/number/format-number.ts';

export const DEFAULT_SORT = 'party:asc,id:asc';

type Column = GridColumn<TariffRow>;

export function tariffColumns(zone: string): readonly Column[] {
  const dateColumn = (head: Head, atMsOf: (row: TariffRow) => number | undefined, never: string): Column =>
    textColumn(
      { ...head, sortKey: (row) => atMsOf(row) },
      (row) => dateWords(atMsOf(row), zone) ?? never,
      (row) => {
        const atMs = atMsOf(row);
        return atMs === undefined ? '' : describeInstant(atMs, zone);
      },
    );
  return [
    textColumn(
      { id: 'party', header: 'Party', width: 84, minWidth: 76 },
      ({ version: { tariff } }) => `${tariff.countryCode}*${tariff.partyId}`,
    ),
    textColumn({ id: 'id', header: 'Tariff', width: 150, flex: 2, minWidth: 100 }, ({ version }) => version.tariff.id),
    textColumn(
      { id: 'summary', header: 'What it costs, net', width: 300, flex: 6, minWidth: 170 },
      ({ summary, version }) => (version.withdrawn ? `Withdrawn. ${summary}` : summary),
      ({ version }) => version.tariff.altText ?? '',
    ),
    textColumn({ id: 'currency', header: 'In', width: 52, minWidth: 46 }, ({ version }) => version.tariff.currency),
    dateColumn(
      { id: 'from', header: 'In force from', width: 142, hiddenBelowPx: 900 },
      ({ version }) => version.tariff.validFromMs,
      'always',
    ),
    dateColumn(
      { id: 'to', header: 'To', width: 142, hiddenBelowPx: 900 },
      ({ version }) => version.tariff.validToMs,
      'no end',
    ),
    dateColumn({ id: 'learnt', header: 'Learnt', width: 142 }, ({ version }) => version.learntAtMs, ''),
    dateColumn(
      { id: 'changed', header: 'Price changed', width: 142, hiddenBelowPx: 1100 },
      ({ changedAtMs }) => changedAtMs,
      'never',
    ),
    countColumn({ id: 'versions', header: 'Versions', width: 78 }, ({ versions }) => versions),
    countColumn(
      { id: 'connectors', header: 'Connectors', headerTip: 'Connectors of the network that name it', width: 92 },
      ({ connectors }) => connectors,
    ),
  ];
}

type Head = Pick<Column, 'id' | 'header' | 'width'> & Partial<Column>;

function countColumn(head: Head, countOf: (row: TariffRow) => number): Column {
  return textColumn({ ...head, align: 'end', sortKey: countOf }, (row) => grouped(countOf(row)));
}

function textColumn(
  head: Head,
  textOf: (row: TariffRow) => string,
  tipOf: (row: TariffRow) => string = textOf,
): Column {
  return {
    repaints: false,
    isRestless: false,
    sortKey: textOf,
    look: {
      key: (row) => `${textOf(row)}|${tipOf(row)}|${row.version.withdrawn}`,
      paint: (cell, row) => {
        cell.className = `painted-cell text-cell${row.version.withdrawn ? ' muted' : ''}`;
        cell.textContent = textOf(row);
        cell.title = tipOf(row);
      },
    },
    ...head,
  };
}

/** `24 Nov 2026 05:42`. */
export function dateWords(atMs: number | undefined, zone: string): string | undefined {
  return atMs === undefined ? undefined : formatInZone(atMs, zone, 'full').replace(',', '').slice(0, -3);
}
