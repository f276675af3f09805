/** The columns of network performance: the same at every level, so that an operator, a site and a charge point compare. */
import type { PerformanceRow } from '../../../shared/domain/marketplace/performance.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import type { SortKey } from '../../instruments/grid/frozen-order.ts';
import type { GridColumn } from '../../instruments/grid/grid-column.ts';
import { decimals, grouped } from '../../instruments/number/format-number.ts';
import {
  deliveredFigure,
  doubtFigure,
  downFigure,
  knownFigure,
  priceFigure,
  startFigure,
  type Figure,
} from './performance-words.ts';

export type PerformanceLevel = 'cpo' | 'site' | 'evse';
export const DEFAULT_SORT = 'sessions:desc,name:asc';

type Column = GridColumn<PerformanceRow>;
type Head = Pick<Column, 'id' | 'header' | 'width'> & Partial<Column>;

const NAMES: Readonly<Record<PerformanceLevel, string>> = { cpo: 'Operator', site: 'Site', evse: 'Charge point' };

export function performanceColumns(level: PerformanceLevel, zone: string): readonly Column[] {
  return [
    figureColumn(
      { id: 'name', header: NAMES[level], width: 220, minWidth: 150, flex: 3 },
      ({ name, key }) => ({ text: name, tip: key, isFew: false }),
      ({ name }) => name,
    ),
    // Two countries’ parties may go by one name.
    ...(level === 'cpo'
      ? [
          figureColumn(
            { id: 'key', header: 'Id', width: 90 },
            (row) => ({ text: row.key, tip: '', isFew: true }),
            keyOf,
            never,
          ),
        ]
      : []),
    ...(level === 'evse'
      ? []
      : [countColumn({ id: 'evses', header: 'Charge points', width: 108 }, ({ evses }) => evses)]),
    figureColumn(
      {
        id: 'starts',
        header: 'Starts that succeeded',
        headerTip: 'Of the starts given from here whose outcome is known',
        width: 164,
        align: 'end',
      },
      startFigure,
      (row) => row.startsDone / (row.starts - row.startsUnknown),
    ),
    countColumn(
      {
        id: 'unknown',
        header: 'Unknown',
        headerTip: 'Starts whose outcome nobody knows yet',
        width: 82,
        hiddenBelowPx: 1080,
      },
      ({ startsUnknown }) => startsUnknown,
    ),
    countColumn(
      { id: 'sessions', header: 'Sessions', headerTip: 'That ended in the window', width: 84 },
      (row) => row.sessions,
    ),
    figureColumn(
      { id: 'energy', header: 'kWh', width: 92, align: 'end', hiddenBelowPx: 980 },
      ({ energyKwh, sessions }) =>
        sessions === 0
          ? { text: '—', tip: 'No session ended there in this window.', isFew: true }
          : { text: decimals(energyKwh, 1), tip: '', isFew: false },
      ({ energyKwh }) => energyKwh,
    ),
    figureColumn(
      {
        id: 'delivered',
        header: 'Power kept',
        headerTip: 'Delivered of promised power, and of how many sessions it is told',
        width: 118,
        align: 'end',
      },
      deliveredFigure,
      ({ deliveredShare }) => deliveredShare,
    ),
    figureColumn(
      { id: 'down', header: 'Down', headerTip: 'Of the time in which the status is known', width: 84, align: 'end' },
      downFigure,
      ({ downShare }) => downShare,
    ),
    figureColumn(
      {
        id: 'known',
        header: 'Known',
        headerTip: 'How much of the window the status is known for',
        width: 84,
        align: 'end',
      },
      knownFigure,
      ({ knownShare }) => knownShare,
    ),
    figureColumn(
      { id: 'price', header: 'A kWh, net', headerTip: 'All that was billed, by the kWh', width: 124, align: 'end' },
      priceFigure,
      ({ pricePerKwh }) => (pricePerKwh === undefined ? undefined : Number(pricePerKwh)),
    ),
    figureColumn(
      {
        id: 'doubt',
        header: 'Records in doubt',
        headerTip: 'Charge records that differ from the tariff’s price or break the contract',
        width: 148,
        align: 'end',
      },
      doubtFigure,
      ({ recordsInDoubt, records }) => recordsInDoubt / records,
    ),
    figureColumn(
      {
        id: 'tariffs',
        header: 'Price changes',
        headerTip: 'Tariffs of the operator that took the place of another in the window',
        width: 108,
        align: 'end',
        hiddenBelowPx: 1080,
      },
      ({ tariffChanges, lastTariffChangeAtMs }) => ({
        text: grouped(tariffChanges),
        tip: lastTariffChangeAtMs === undefined ? '' : `The last one ${describeInstant(lastTariffChangeAtMs, zone)}.`,
        isFew: false,
      }),
      ({ tariffChanges }) => tariffChanges,
    ),
  ];
}

function countColumn(head: Head, countOf: (row: PerformanceRow) => number): Column {
  return figureColumn(
    { ...head, align: 'end' },
    (row) => ({ text: grouped(countOf(row)), tip: '', isFew: countOf(row) === 0 }),
    countOf,
    never,
  );
}

function keyOf({ key }: PerformanceRow): string {
  return key;
}

function never(): boolean {
  return false;
}

/** What is of too few cases is sorted after all else, in either direction. */
function figureColumn(
  head: Head,
  figureOf: (row: PerformanceRow) => Figure,
  valueOf: (row: PerformanceRow) => SortKey | undefined,
  isLast: (figure: Figure) => boolean = ({ isFew }) => isFew,
): Column {
  return {
    repaints: false,
    isRestless: false,
    sortKey: (row) => (isLast(figureOf(row)) ? undefined : valueOf(row)),
    look: {
      key: (row) => {
        const { text, tip, isFew } = figureOf(row);
        return `${text}|${tip}|${isFew}`;
      },
      paint: (cell, row) => {
        const { text, tip, isFew } = figureOf(row);
        cell.className = `painted-cell text-cell${isFew ? ' few' : ''}`;
        cell.textContent = text;
        cell.title = tip;
      },
    },
    ...head,
  };
}
