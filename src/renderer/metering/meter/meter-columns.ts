/** The meter grid's columns. Cells read the line beside the meter as it is now, so a lost line dims its meters at once. */
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering-contract.ts';
import { freshnessClass, wholeAge } from '../../fleet/live-value.tsx';
import { nowMs } from '../../instruments/clock/profile-clock.ts';
import type { GridColumn } from '../../instruments/grid/grid-column.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { meterFreshnessNow } from '../meter-freshness-now.ts';
import { judgeMeter, type MeterStanding } from './meter-standing.ts';
import { answeredShare, energyKwh, lostQuestions, NOT_TOLD, powerKw, ROLE_WORDS, sharePercent } from './meter-words.ts';

export const DEFAULT_SORT = 'depot:asc,address:asc';

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
  const fixed = (head: Head, textOf: (meter: MeterRecord) => string, key = textOf): Column =>
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
  return [
    fixed({ id: 'meter', header: 'Meter', width: 170, flex: 2, minWidth: 150 }, (meter) => meter.name),
    fixed({ id: 'depot', header: 'Depot', width: 140, flex: 2, minWidth: 120 }, (meter) =>
      places().depotName(meter.depotId),
    ),
    fixed({ id: 'role', header: 'Role', width: 100, hiddenBelowPx: 1000 }, (meter) => ROLE_WORDS[meter.role]),
    measured(
      { id: 'power', header: 'Power, kW', headerTip: 'Total active power, import positive', width: 92 },
      (meter) => powerKw(meter.latest?.values.powerW),
      (meter) => meter.latest?.values.powerW,
    ),
    measured(
      { id: 'import', header: 'Import, kWh', headerTip: 'Register of energy taken', width: 114 },
      (meter) => energyKwh(meter.latest?.values.importWh),
      (meter) => meter.latest?.values.importWh,
    ),
    measured(
      { id: 'age', header: 'Age', headerTip: 'How long ago the newest accepted reading was taken', width: 74 },
      (meter) => (meter.latest === undefined ? 'never' : wholeAge(nowMs() - meter.latest.atMs)),
      (meter) => (meter.latest === undefined ? undefined : nowMs() - meter.latest.atMs),
    ),
    standingColumn(standingOf),
    fixed(
      { id: 'line', header: 'Line', width: 170, flex: 2, hiddenBelowPx: 1400 },
      (meter) => places().lineOf(meter)?.name ?? meter.lineId,
    ),
    textColumn(
      {
        id: 'address',
        header: 'Unit',
        headerTip: 'Modbus address on its line',
        width: 58,
        hiddenBelowPx: 1000,
        align: 'end',
        repaints: false,
        isRestless: false,
      },
      (meter) => String(meter.unitAddress),
      (meter) => meter.unitAddress,
    ),
    textColumn(
      {
        id: 'answered',
        header: 'Answered, %',
        headerTip: 'Of the questions since this profile was opened',
        width: 98,
        align: 'end',
        repaints: false,
        isRestless: true,
      },
      ({ health }) => sharePercent(answeredShare(health)),
      ({ health }) => answeredShare(health),
    ),
    count(
      {
        id: 'lost',
        header: 'Failed',
        headerTip: 'Timed out, spoiled, answered with an exception, or line lost',
        width: 70,
      },
      ({ health }) => lostQuestions(health),
    ),
    count(
      { id: 'late', header: 'Late', headerTip: 'Valid answers that came after their time-out', width: 60 },
      ({ health }) => health.lateAnswers,
    ),
    count(
      { id: 'refused', header: 'Refused', headerTip: 'Readings that a rule refused', width: 76, hiddenBelowPx: 1000 },
      ({ health }) => health.refused,
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

function standingColumn(standingOf: (meter: MeterRecord) => MeterStanding): Column {
  return {
    id: 'state',
    header: 'State',
    headerTip: 'How its line and its answers do just now',
    width: 156,
    repaints: true,
    isRestless: true,
    sortKey: (meter) => standingOf(meter).word,
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
