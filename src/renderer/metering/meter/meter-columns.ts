/** The meter grid's columns. Cells read the line beside the meter as it is now, so a lost line dims its meters at once. */
import { METER_ROLES } from '../../../shared/domain/metering/meter.ts';
import type { LineRecord, MeterHealth, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { freshnessClass } from '../../fleet/live-value.tsx';
import { nowMs, wholeAge } from '../../instruments/clock/profile-clock.ts';
import type { GridColumn } from '../../instruments/grid/grid-column.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { meterFreshnessNow } from '../meter-freshness-now.ts';
import { judgeMeter, type MeterStanding, type StandingKind } from './meter-standing.ts';
import {
  answeredShare,
  energyKwh,
  NOT_TOLD,
  powerKw,
  PROTOCOL_WORDS,
  ROLE_WORDS,
  sharePercent,
} from './meter-words.ts';

/** The worst first; among equals a depot's meters stand together, from its incomer down. */
export const DEFAULT_SORT = 'state:asc,depot:asc,role:asc,meter:asc';

export type MeterPlaces = {
  readonly depotName: (depotId: string) => string;
  readonly lineOf: (meter: MeterRecord) => LineRecord | undefined;
};

type Column = GridColumn<MeterRecord>;
type Head = Pick<Column, 'id' | 'header' | 'headerTip' | 'width' | 'flex' | 'minWidth' | 'hiddenBelowPx' | 'align'>;

/** @param places read at each painting */
export function meterColumns(places: () => MeterPlaces): readonly Column[] {
  const standingOf = (meter: MeterRecord): MeterStanding =>
    judgeMeter({
      meter,
      line: places().lineOf(meter),
      freshness: meterFreshnessNow(meter.latest?.atMs),
      wallNowMs: Date.now(),
    });
  const fixed = (head: Head, textOf: (meter: MeterRecord) => string, key: Column['sortKey'] = textOf): Column =>
    textColumn({ ...head, repaints: false, isRestless: false }, textOf, key);
  const count = (head: Head, read: (meter: MeterRecord) => number): Column =>
    textColumn({ ...head, align: 'end', repaints: false, isRestless: true }, (meter) => grouped(read(meter)), read);
  /** Dimmed and hatched while it is not the present. */
  const measured = (
    head: Head,
    textOf: (meter: MeterRecord) => string,
    key: (meter: MeterRecord) => number | undefined,
  ): Column =>
    textColumn({ ...head, align: 'end', repaints: true, isRestless: true }, textOf, key, (meter) =>
      freshnessClass(standingOf(meter).isCurrent ? 'fresh' : 'stale'),
    );
  const counts = (
    id: string,
    header: string,
    headerTip: string,
    width: number,
    read: (health: MeterHealth) => number,
    hiddenBelowPx = 0,
  ): Column => count({ id, header, headerTip, width, hiddenBelowPx }, ({ health }) => read(health));
  return [
    fixed({ id: 'meter', header: 'Meter', width: 150, flex: 2, minWidth: 130 }, (meter) => meter.name),
    fixed({ id: 'depot', header: 'Depot', width: 120, flex: 2, minWidth: 100 }, (meter) =>
      places().depotName(meter.depotId),
    ),
    fixed(
      { id: 'role', header: 'Role', width: 100, hiddenBelowPx: 1500 },
      (meter) => ROLE_WORDS[meter.role],
      (meter) => METER_ROLES.indexOf(meter.role),
    ),
    standingColumn(standingOf),
    measured(
      { id: 'power', header: 'Power, kW', headerTip: 'Total active power, import positive', width: 84 },
      (meter) => powerKw(meter.latest?.values.powerW),
      (meter) => meter.latest?.values.powerW,
    ),
    measured(
      {
        id: 'import',
        header: 'Import, kWh',
        headerTip: 'Register of energy taken',
        width: 108,
        hiddenBelowPx: 1500,
      },
      (meter) => energyKwh(meter.latest?.values.importWh),
      (meter) => meter.latest?.values.importWh,
    ),
    measured(
      { id: 'age', header: 'Age', headerTip: 'How long ago the newest accepted reading was taken', width: 66 },
      (meter) => (meter.latest === undefined ? 'never' : wholeAge(nowMs() - meter.latest.atMs)),
      (meter) => (meter.latest === undefined ? undefined : nowMs() - meter.latest.atMs),
    ),
    textColumn(
      {
        id: 'answered',
        header: 'Answered, %',
        headerTip: 'Of the questions since this profile was opened; a meter that sends by itself is asked nothing',
        width: 104,
        align: 'end',
        repaints: false,
        isRestless: true,
      },
      ({ health }) => sharePercent(answeredShare(health)),
      ({ health }) => answeredShare(health),
    ),
    counts('timed-out', 'Time-outs', 'No answer within the time-out', 86, (health) => health.timedOut),
    counts('crc', 'CRC', 'Frames whose checksum was wrong', 54, (health) => health.crcErrors),
    counts(
      'late',
      'Late',
      'Valid answers that came after their time-out: never used',
      54,
      (health) => health.lateAnswers,
    ),
    counts('short', 'Short', 'Frames that were cut short', 56, (health) => health.shortFrames),
    counts('excepted', 'Exceptions', 'The meter answered that it cannot', 80, (health) => health.excepted),
    counts('refused', 'Refused', 'Readings that arrived whole and that a rule refused', 68, (health) => health.refused),
    discardedColumn((meter) => places().lineOf(meter)?.bytesDiscarded),
    count(
      {
        id: 'time-out',
        header: 'Waits, ms',
        headerTip: 'Time-out now: how long an answer is waited for; late answers raise it',
        width: 76,
        hiddenBelowPx: 1100,
      },
      ({ health }) => health.timeoutMs,
    ),
    fixed({ id: 'protocol', header: 'Protocol', width: 100, hiddenBelowPx: 1360 }, (meter) => {
      const line = places().lineOf(meter);
      return line === undefined ? NOT_TOLD : PROTOCOL_WORDS[line.protocol];
    }),
    fixed(
      { id: 'line', header: 'Line', width: 150, flex: 2, hiddenBelowPx: 1700 },
      (meter) => places().lineOf(meter)?.name ?? meter.lineId,
    ),
    textColumn(
      {
        id: 'address',
        header: 'Unit',
        headerTip: 'Modbus address on its line',
        width: 54,
        hiddenBelowPx: 1500,
        align: 'end',
        repaints: false,
        isRestless: false,
      },
      (meter) => String(meter.unitAddress ?? NOT_TOLD),
      (meter) => meter.unitAddress,
    ),
  ];
}

function textColumn(
  head: Head & Pick<Column, 'repaints' | 'isRestless'>,
  textOf: (meter: MeterRecord) => string,
  sortKey: Column['sortKey'],
  classOf: (meter: MeterRecord) => string = () => '',
): Column {
  return {
    ...head,
    sortKey,
    look: {
      key: (meter) => `${textOf(meter)}|${classOf(meter)}`,
      paint: (cell, meter) => {
        const text = textOf(meter);
        cell.className = `painted-cell text-cell ${text === NOT_TOLD || text === '0' ? 'quiet ' : ''}${classOf(meter)}`;
        cell.textContent = text;
      },
    },
  };
}

function discardedColumn(read: (meter: MeterRecord) => number | undefined): Column {
  return textColumn(
    {
      id: 'discarded',
      header: 'Discarded, B',
      headerTip: 'Bytes of its whole line that were no part of an answer: noise, late answers, other masters',
      width: 98,
      align: 'end',
      repaints: true,
      isRestless: true,
    },
    (meter) => grouped(read(meter) ?? 0),
    read,
  );
}

/** The worst first. */
const STANDING_ORDER: readonly StandingKind[] = [
  'line-lost',
  'silent',
  'refused',
  'line-unknown',
  'line-opening',
  'missed',
  'not-asked',
  'troubled',
  'answering',
];

function standingColumn(standingOf: (meter: MeterRecord) => MeterStanding): Column {
  return {
    id: 'state',
    header: 'State',
    headerTip: 'How its line and its answers do just now',
    width: 146,
    repaints: true,
    isRestless: true,
    sortKey: (meter) => STANDING_ORDER.indexOf(standingOf(meter).kind),
    look: {
      key: (meter) => standingOf(meter).sentence,
      paint: (cell, meter) => {
        const { word, sentence, priority } = standingOf(meter);
        cell.title = sentence;
        cell.replaceChildren(...(priority === undefined ? [] : [drawMark(priority)]), word);
      },
    },
  };
}

function drawMark(priority: 3): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'mark';
  mark.dataset.priority = String(priority);
  mark.setAttribute('aria-hidden', 'true');
  mark.textContent = String(priority);
  return mark;
}
