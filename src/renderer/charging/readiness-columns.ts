/** The columns of readiness: who leaves when, with what, and how much time is to spare. */
import type { Readiness } from '../../shared/domain/charging/site-plan.ts';
import { formatInZone } from '../instruments/clock/zone-time.ts';
import type { SortKey } from '../instruments/grid/frozen-order.ts';
import type { GridColumn } from '../instruments/grid/grid-column.ts';
import { decimals } from '../instruments/number/format-number.ts';
import { sayMargin, STATE_WORDS, STATES } from './charging-words.ts';

type Column = GridColumn<Readiness>;

export const DEFAULT_SORT = 'state:asc,spare:asc';
const PRIORITIES: Partial<Record<Readiness['state'], string>> = { 'will-miss': '2', tight: '3' };

export function readinessColumns(zone: string, nameOf: (vehicleId: string) => string): readonly Column[] {
  const clock = (atMs: number | undefined) => (atMs === undefined ? '–' : formatInZone(atMs, zone, 'minute'));
  return [
    stateColumn(),
    textColumn({ id: 'vehicle', header: 'Vehicle', width: 132 }, ({ vehicleId }) => nameOf(vehicleId)),
    textColumn({ id: 'bay', header: 'Bay', width: 66 }, ({ bayName }) => bayName || '–'),
    textColumn({ id: 'duty', header: 'Duty', width: 120, minWidth: 112, flex: 1 }, ({ dutyName }) => dutyName),
    numberColumn(
      { id: 'departs', header: 'Departs', width: 74 },
      ({ departAtMs }) => departAtMs,
      ({ departAtMs }) => clock(departAtMs),
    ),
    numberColumn(
      { id: 'spare', header: 'Spare h', headerTip: 'How long charging at full power could still wait', width: 74 },
      ({ marginMs }) => marginMs,
      ({ marginMs }) => sayMargin(marginMs),
    ),
    percentColumn({ id: 'now', header: 'Now %', width: 68, hiddenBelowPx: 880 }, ({ socPercent }) => socPercent),
    percentColumn(
      { id: 'expected', header: 'Leaves %', headerTip: 'At departure, if all goes by the plan', width: 76 },
      ({ expectedPercent }) => expectedPercent,
    ),
    percentColumn(
      { id: 'needs', header: 'Needs %', headerTip: 'What its duty asks for, with the reserve', width: 74 },
      ({ targetPercent }) => targetPercent,
    ),
    numberColumn(
      { id: 'missing', header: 'Missing kWh', width: 98 },
      ({ missingWh }) => missingWh,
      ({ missingWh }) => (missingWh > 0 ? decimals(missingWh / 1000, 1) : '–'),
    ),
    numberColumn(
      { id: 'ready', header: 'Ready at', width: 84, hiddenBelowPx: 1000 },
      ({ readyAtMs }) => readyAtMs,
      ({ readyAtMs }) => clock(readyAtMs),
    ),
  ];
}

type Head = Pick<Column, 'id' | 'header' | 'width'> & Partial<Column>;

function stateColumn(): Column {
  return {
    id: 'state',
    header: 'State',
    width: 92,
    repaints: false,
    isRestless: false,
    sortKey: ({ state }) => STATES.indexOf(state),
    look: {
      key: ({ state }) => state,
      paint: (cell, { state }) => {
        const priority = PRIORITIES[state];
        const word = document.createTextNode(STATE_WORDS[state]);
        if (priority === undefined) {
          cell.replaceChildren(word);
          return;
        }
        const mark = document.createElement('span');
        mark.className = 'mark';
        mark.dataset.priority = priority;
        mark.ariaHidden = 'true';
        mark.textContent = priority;
        cell.replaceChildren(mark, ' ', word);
      },
    },
  };
}

function textColumn(head: Head, textOf: (record: Readiness) => string): Column {
  return numberColumn(head, textOf, textOf, {});
}

function percentColumn(head: Head, valueOf: (record: Readiness) => number | undefined): Column {
  return numberColumn(head, valueOf, (record) => {
    const value = valueOf(record);
    return value === undefined ? '–' : decimals(value, 0);
  });
}

function numberColumn(
  head: Head,
  sortKey: (record: Readiness) => SortKey | undefined,
  textOf: (record: Readiness) => string,
  place: Partial<Column> = { align: 'end' },
): Column {
  return {
    repaints: false,
    isRestless: false,
    ...place,
    ...head,
    sortKey,
    look: {
      key: textOf,
      paint: (cell, record) => {
        cell.textContent = textOf(record);
      },
    },
  };
}
