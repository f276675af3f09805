/** The alarm list's columns. A priority is said by colour, shape and digit; what asks for somebody is in bold. */
import { wholeAge } from '../instruments/clock/profile-clock.ts';
import type { GridColumn } from '../instruments/grid/grid-column.ts';
import { computerZone, formatInZone } from '../instruments/clock/zone-time.ts';
import { STATE_ORDER, stateWord } from './alarm-words.ts';
import { isUnacknowledged, type ListedAlarm } from './list-alarms.ts';

export type AlarmRow = ListedAlarm & { readonly isMarked: boolean };

export const DEFAULT_SORT = 'state:asc,priority:asc,since:desc';

type Column = GridColumn<AlarmRow>;

/** @param depotName read at each painting */
export function alarmColumns(depotName: (depotId: string | undefined) => string): readonly Column[] {
  return [
    textColumn({ id: 'marked', header: '', headerTip: 'Marked with Space', width: 30, minWidth: 30 }, ({ isMarked }) =>
      isMarked ? '✓' : '',
    ),
    {
      id: 'priority',
      header: 'P',
      headerTip: 'Priority: 1 at once, 2 soon, 3 in this shift',
      width: 52,
      minWidth: 36,
      repaints: false,
      isRestless: false,
      sortKey: ({ alarm }) => alarm.priority,
      look: {
        key: ({ alarm }) => String(alarm.priority),
        paint: (cell, { alarm }) => {
          const mark = document.createElement('span');
          mark.className = 'mark';
          mark.dataset.priority = String(alarm.priority);
          mark.textContent = String(alarm.priority);
          cell.replaceChildren(mark);
        },
      },
    },
    textColumn(
      { id: 'state', header: 'State', width: 148, sortKey: ({ alarm }) => STATE_ORDER[alarm.state] },
      ({ alarm }) => stateWord(alarm),
      emphasis,
    ),
    {
      ...textColumn(
        {
          id: 'wrong',
          header: 'What is wrong',
          width: 320,
          flex: 5,
          minWidth: 190,
          sortKey: ({ alarm }) => alarm.title,
        },
        ({ alarm }) => `${alarm.title}. ${alarm.sentence}`,
      ),
      look: {
        key: ({ alarm }) => `${alarm.title}|${alarm.sentence}|${emphasis(alarm)}`,
        paint: (cell, { alarm }) => {
          cell.className = `painted-cell text-cell ${emphasis(alarm)}`;
          cell.title = alarm.sentence;
          const sentence = document.createElement('span');
          sentence.className = 'alarm-sentence';
          sentence.textContent = alarm.sentence;
          cell.replaceChildren(`${alarm.title} `, sentence);
        },
      },
    },
    textColumn(
      { id: 'subject', header: 'Where', width: 190, flex: 3, minWidth: 120 },
      ({ alarm }) => alarm.subjectName,
      emphasis,
    ),
    textColumn({ id: 'depot', header: 'Depot', width: 130, flex: 2, minWidth: 100, hiddenBelowPx: 900 }, ({ alarm }) =>
      depotName(alarm.depotId),
    ),
    textColumn(
      {
        id: 'since',
        header: 'Raised',
        headerTip: 'Real time, by this computer’s zone',
        width: 78,
        sortKey: ({ alarm }) => alarm.raisedAtMs,
      },
      ({ alarm }) => formatInZone(alarm.raisedAtMs, computerZone(), 'time'),
    ),
    textColumn(
      {
        id: 'age',
        header: 'Age',
        width: 78,
        align: 'end',
        repaints: true,
        sortKey: ({ alarm }) => -alarm.raisedAtMs,
      },
      ({ alarm }) => wholeAge(Date.now() - alarm.raisedAtMs),
    ),
    textColumn(
      {
        id: 'explains',
        header: 'Explains',
        headerTip: 'Other alarms that this one is the cause of',
        width: 74,
        align: 'end',
        sortKey: ({ explains }) => explains,
      },
      ({ explains }) => (explains === 0 ? '' : `+${explains}`),
    ),
  ];
}

function quietly({ suppressedBy }: AlarmRow['alarm']): string {
  return suppressedBy === undefined ? '' : 'quiet';
}

/** What it is and where, in bold until somebody has acknowledged it; the rest of the row stays calm. */
function emphasis(alarm: AlarmRow['alarm']): string {
  if (alarm.suppressedBy !== undefined) return 'quiet';
  return isUnacknowledged(alarm) ? 'asks' : '';
}

function textColumn(
  head: Pick<Column, 'id' | 'header' | 'width'> & Partial<Column>,
  textOf: (row: AlarmRow) => string,
  classOf: (alarm: AlarmRow['alarm']) => string = quietly,
): Column {
  return {
    repaints: false,
    isRestless: false,
    sortKey: textOf,
    look: {
      key: (row) => `${textOf(row)}|${classOf(row.alarm)}`,
      paint: (cell, row) => {
        cell.className = `painted-cell text-cell ${classOf(row.alarm)}`;
        cell.textContent = textOf(row);
      },
    },
    ...head,
  };
}
