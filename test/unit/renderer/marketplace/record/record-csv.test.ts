import { expect, test } from 'vitest';
import { recordCsv, recordCsvName } from '../../../../../src/renderer/marketplace/record/record-csv.ts';
import { chargeRecordRow } from '../../../../support/charge-record-row.ts';

const FROM_MS = Date.parse('2026-10-31T18:30:00Z');
const TO_MS = Date.parse('2026-11-30T18:30:00Z');

test('the file says what is in it, names its zones, and holds amounts as they were stated', () => {
  const text = recordCsv({
    rows: [chargeRecordRow({ locationName: '=HYPERLINK("x")', difference: '-0.36', statedGross: undefined })],
    fromMs: FROM_MS,
    toMs: TO_MS,
    zone: 'Asia/Kolkata',
    filter: 'verdict differs',
    exportedAtMs: TO_MS,
  });
  const lines = text.slice(1).split('\r\n');
  expect(lines.slice(0, 6)).toEqual([
    'Charge records,1',
    'Ended from (UTC),2026-10-31T18:30:00.000Z',
    'Ended before (UTC),2026-11-30T18:30:00.000Z',
    'Period by the clocks of,Asia/Kolkata',
    'Filter,verdict differs',
    'Exported (UTC),2026-11-30T18:30:00.000Z',
  ]);
  expect(lines[8]).toBe(
    'DE*ALL*CDR-1,2026-11-24T00:00:00.000Z,2026-11-24T01:00:00.000Z,Europe/Berlin,V1,"\'=HYPERLINK(""x"")",E1,Allego,DE*ALL,C1,20.000,EUR,5.00,,5.00,-0.36,agrees,,no,absent,2026-11-24T01:00:00.000Z',
  );
});

test('the name holds the dates of the zone', () => {
  expect(recordCsvName(FROM_MS, TO_MS, 'Asia/Kolkata')).toBe('charge-records-2026-11-01-to-2026-12-01.csv');
});
