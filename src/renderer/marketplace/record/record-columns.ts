/** The columns of the list of charge records. Amounts are written from their decimal text; only what is abnormal has a mark. */
import type { ChargeRecordRow } from '../../../shared/domain/marketplace/charge-record.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';
import type { GridColumn } from '../../instruments/grid/grid-column.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { RESULT_MEANINGS, RESULT_PRIORITY, RESULT_WORDS } from '../../metering/signed/signed-words.ts';
import { moneyWords } from '../../tariff/money-text.ts';
import { isBreach, standingPriority, standingWords, VERDICT_MEANINGS, VERDICTS } from './record-words.ts';

export const DEFAULT_SORT = 'ended:desc';

type Column = GridColumn<ChargeRecordRow>;

/** @param vehicleName read at each painting */
export function recordColumns(vehicleName: (vehicleId: string) => string): readonly Column[] {
  const vehicle = ({ vehicleId }: ChargeRecordRow) => (vehicleId === undefined ? 'not known' : vehicleName(vehicleId));
  return [
    textColumn(
      {
        id: 'ended',
        header: 'Ended',
        headerTip: 'By the clocks of the place',
        width: 156,
        sortKey: ({ endMs }) => endMs,
      },
      ({ endMs, timeZone }) =>
        `${formatInZone(endMs, timeZone, 'day')} ${formatInZone(endMs, timeZone, 'minute')} ${zoneName(timeZone, endMs)}`,
      ({ endMs, timeZone }) => describeInstant(endMs, timeZone),
    ),
    textColumn({ id: 'vehicle', header: 'Vehicle', width: 120, flex: 2, minWidth: 112 }, vehicle),
    textColumn(
      { id: 'place', header: 'Place', width: 170, flex: 4, minWidth: 110 },
      ({ locationName }) => locationName,
      ({ evseUid, contractId }) => `Charge point ${evseUid}, contract ${contractId}`,
    ),
    textColumn(
      { id: 'operator', header: 'Operator', width: 130, flex: 3, minWidth: 90, hiddenBelowPx: 1060 },
      ({ operatorName, party }) => operatorName ?? party,
      ({ party }) => party,
    ),
    numberColumn(
      { id: 'energy', header: 'kWh', width: 82, hiddenBelowPx: 800, sortKey: ({ energyWh }) => energyWh },
      ({ energyWh }) => decimals(energyWh / 1000, 2),
    ),
    amountColumn({ id: 'net', header: 'Their net' }, ({ statedNet }) => statedNet),
    amountColumn({ id: 'gross', header: 'Their gross', hiddenBelowPx: 1000 }, ({ statedGross }) => statedGross),
    amountColumn({ id: 'priced', header: 'Our net', hiddenBelowPx: 900 }, ({ pricedNet }) => pricedNet),
    amountColumn({ id: 'difference', header: 'Difference' }, ({ difference }) => difference, true),
    textColumn({ id: 'currency', header: 'In', width: 52, minWidth: 46 }, ({ currency }) => currency),
    markColumn(
      {
        id: 'verdict',
        header: 'Verdict',
        width: 128,
        sortKey: (row) => 2 * VERDICTS.indexOf(row.verdict) + (isBreach(row) ? 0 : 1),
      },
      standingPriority,
      standingWords,
      ({ verdict, worstCheck }) => worstCheck?.message ?? VERDICT_MEANINGS[verdict],
    ),
    markColumn(
      { id: 'signature', header: 'Signature', width: 128, hiddenBelowPx: 1260 },
      ({ signature }) => RESULT_PRIORITY[signature],
      ({ signature }) => RESULT_WORDS[signature],
      ({ signature }) => RESULT_MEANINGS[signature],
    ),
    textColumn(
      {
        id: 'received',
        header: 'Received',
        width: 112,
        hiddenBelowPx: 1330,
        sortKey: ({ receivedAtMs }) => receivedAtMs,
      },
      ({ receivedAtMs, timeZone }) =>
        `${formatInZone(receivedAtMs, timeZone, 'day').slice(4)} ${formatInZone(receivedAtMs, timeZone, 'minute')}`,
      ({ receivedAtMs, timeZone }) => describeInstant(receivedAtMs, timeZone),
    ),
  ];
}

type Head = Pick<Column, 'id' | 'header' | 'width'> & Partial<Column>;
type TextOf = (row: ChargeRecordRow) => string;

function textColumn(head: Head, textOf: TextOf, tipOf: TextOf = () => ''): Column {
  return markColumn(head, () => undefined, textOf, tipOf);
}

function numberColumn(head: Head, textOf: TextOf): Column {
  return textColumn({ ...head, align: 'end' }, textOf);
}

/** The order of a column may be that of binary numbers: it bills nobody. */
function amountColumn(
  head: Pick<Column, 'id' | 'header'> & Partial<Column>,
  amountOf: (row: ChargeRecordRow) => string | undefined,
  signed = false,
): Column {
  return numberColumn(
    {
      ...head,
      width: 92,
      minWidth: 76,
      sortKey: (row) => {
        const amount = amountOf(row);
        return amount === undefined ? undefined : Number(amount);
      },
    },
    (row) => {
      const amount = amountOf(row);
      return amount === undefined ? '–' : moneyWords(amount, row.currency, { signed });
    },
  );
}

function markColumn(
  head: Head,
  priorityOf: (row: ChargeRecordRow) => 2 | 3 | undefined,
  textOf: TextOf,
  tipOf: TextOf,
): Column {
  return {
    repaints: false,
    isRestless: false,
    sortKey: textOf,
    look: {
      key: (row) => `${textOf(row)}|${priorityOf(row) ?? ''}|${tipOf(row)}`,
      paint: (cell, row) => {
        const priority = priorityOf(row);
        cell.title = tipOf(row);
        if (priority === undefined) {
          cell.className = 'painted-cell text-cell';
          cell.textContent = textOf(row);
          return;
        }
        const mark = document.createElement('span');
        mark.className = 'mark';
        mark.dataset.priority = String(priority);
        mark.textContent = String(priority);
        mark.ariaHidden = 'true';
        cell.className = 'painted-cell text-cell marked-cell';
        cell.replaceChildren(mark, textOf(row));
      },
    },
    ...head,
  };
}
