/** The list of charge records as a file: what is seen, with the filter, and the zone of every time in it. */
import type { ChargeRecordRow } from '../../../shared/domain/marketplace/charge-record.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { csvText, type CsvColumn } from '../../instruments/clipboard/csv-text.ts';
import { minorToDecimal } from '../../tariff/money-text.ts';

const COLUMNS: readonly CsvColumn<ChargeRecordRow>[] = [
  { header: 'Record', textOf: ({ key }) => key },
  { header: 'Began (UTC)', textOf: ({ beginMs }) => isoOf(beginMs) },
  { header: 'Ended (UTC)', textOf: ({ endMs }) => isoOf(endMs) },
  { header: 'Zone of the place', textOf: ({ timeZone }) => timeZone },
  { header: 'Vehicle', textOf: ({ vehicleId }) => vehicleId },
  { header: 'Place', textOf: ({ locationName }) => locationName },
  { header: 'Charge point', textOf: ({ evseUid }) => evseUid },
  { header: 'Operator', textOf: ({ operatorName, party }) => operatorName ?? party },
  { header: 'Party', textOf: ({ party }) => party },
  { header: 'Contract', textOf: ({ contractId }) => contractId },
  { header: 'Energy (kWh)', textOf: ({ energyWh }) => minorToDecimal(Math.round(energyWh), 3) },
  { header: 'Currency', textOf: ({ currency }) => currency },
  { header: 'Stated net', textOf: ({ statedNet }) => statedNet },
  { header: 'Stated gross', textOf: ({ statedGross }) => statedGross },
  { header: 'Priced net', textOf: ({ pricedNet }) => pricedNet },
  { header: 'Difference', textOf: ({ difference }) => difference },
  { header: 'Verdict', textOf: ({ verdict }) => verdict },
  { header: 'Worst check', textOf: ({ worstCheck }) => worstCheck?.message },
  { header: 'Credit', textOf: ({ isCredit }) => (isCredit ? 'yes' : 'no') },
  { header: 'Signature', textOf: ({ signature }) => signature },
  { header: 'Received (UTC)', textOf: ({ receivedAtMs }) => isoOf(receivedAtMs) },
];

export type RecordExport = {
  readonly rows: readonly ChargeRecordRow[];
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly zone: string;
  /** In words, as the page shows it. */
  readonly filter: string;
  readonly exportedAtMs: EpochMs;
};

export function recordCsv({ rows, fromMs, toMs, zone, filter, exportedAtMs }: RecordExport): string {
  return csvText(
    [
      ['Charge records', `${rows.length}`],
      ['Ended from (UTC)', isoOf(fromMs)],
      ['Ended before (UTC)', isoOf(toMs)],
      ['Period by the clocks of', zone],
      ['Filter', filter],
      ['Exported (UTC)', isoOf(exportedAtMs)],
    ],
    COLUMNS,
    rows,
  );
}

/** `charge-records-2026-11-01-to-2026-12-01.csv`, by the dates of the zone. */
export function recordCsvName(fromMs: EpochMs, toMs: EpochMs, zone: string): string {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return `charge-records-${date.format(fromMs)}-to-${date.format(toMs)}.csv`;
}

function isoOf(atMs: EpochMs): string {
  return new Date(atMs).toISOString();
}
