import { describe, expect, test } from 'vitest';
import { readJsonObject, type JsonValue } from '../../../../../../src/main/metering/signed/ocmf/json-text.ts';
import { decimalText, readReadings } from '../../../../../../src/main/metering/signed/ocmf/read-readings.ts';

function readings(json: string) {
  const read = readJsonObject(`{"RD":${json}}`, 0);
  if (!read.ok) throw new Error(read.message);
  return readReadings(read.value.object.get('RD'));
}
const time = (text: string) => readings(JSON.stringify([{ TM: text }]))?.[0];

describe('times', () => {
  test.each([
    ['2018-07-24T13:22:04,000+0200 S', '2018-07-24T11:22:04.000Z', 'S'],
    ['2018-07-24T13:22:04,250-0530 R', '2018-07-24T18:52:04.250Z', 'R'],
    ['2018-07-24T13:22:04.5+02:00 I', '2018-07-24T11:22:04.500Z', 'I'],
    ['2018-07-24T13:22:04Z U', '2018-07-24T13:22:04.000Z', 'U'],
    ['2024-02-29T23:59:59,999+0000', '2024-02-29T23:59:59.999Z', ''],
  ])('%s', (text, iso, clock) => {
    expect(time(text)).toMatchObject({ atMs: Date.parse(iso), clock });
  });

  test.each([
    '',
    '2018-02-30T13:22:04,000+0200 S',
    '2018-07-24 13:22:04',
    '24.07.2018',
    '2018-07-24T25:22:04,000+0200 S',
  ])('none: %j', (text) => {
    expect(time(text)?.atMs).toBeUndefined();
  });
});

test('values keep every digit that was signed', () => {
  const number = (text: string): JsonValue => ({ number: text });
  expect(
    ['1234.100', '0', '-0.50', '1.25e3', '25E-4', '12345678901234567890.123'].map((text) => decimalText(number(text))),
  ).toEqual(['1234.100', '0', '-0.50', '1250', '0.0025', '12345678901234567890.123']);
  expect(['', 'x', '1e99', '1e999999', '1'.repeat(60)].map((text) => decimalText(text))).toEqual(
    Array.from({ length: 5 }, () => undefined),
  );
});

test('what a reading leaves out is as in the one before, but its time', () => {
  const [first, second, third] =
    readings(
      `[{"TM":"2026-06-01T08:00:00,000+0000 S","TX":"B","RV":1.0,"RI":"1-b:1.8.0","RU":"kWh","ST":"G"},
        {"TM":"2026-06-01T08:15:00,000+0000 S","TX":"C","RV":2.0},{"TX":"E"}]`,
    ) ?? [];
  expect([first?.unit, second?.unit, third?.unit]).toEqual(['kWh', 'kWh', 'kWh']);
  expect([second?.letter, second?.value, third?.letter, third?.value, third?.atMs]).toEqual([
    'C',
    '2.0',
    'E',
    '2.0',
    undefined,
  ]);
});

test('a list that is none, is empty or is longer than any charge', () => {
  expect([readings('{}'), readings('[]'), readings('[1]'), readings(`[${'{},'.repeat(1_000)}{}]`)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
