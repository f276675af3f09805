/** What the records of lines and meters make of metering's rules, look by look. */
import { expect, test } from 'vitest';
import { conditionFinder } from '../../../../../src/main/metering/alarms/find-conditions.ts';
import { NOTHING_COUNTED } from '../../../../../src/shared/domain/metering/meter-health.ts';
import type { LineRecord, MeterRecord } from '../../../../../src/shared/ipc/metering/metering-contract.ts';

const line: LineRecord = {
  id: 'LINE-1',
  name: 'Line 1',
  depotId: 'D1',
  protocol: 'modbus-rtu',
  origin: 'operator',
  address: 'adapter FT4K2B',
  settings: '9600 8N1',
  state: 'open',
  sinceMs: 0,
  nextTryAtMs: undefined,
  reason: undefined,
  lastByteAtMs: undefined,
  reopened: 0,
  bytesSent: 0,
  bytesHeard: 0,
  bytesDiscarded: 0,
  foreignRequests: 0,
};

function meter(change: Partial<MeterRecord> = {}): MeterRecord {
  return {
    id: 'MTR 1',
    name: 'Site incomer',
    role: 'incomer',
    depotId: 'D1',
    lineId: 'LINE-1',
    unitAddress: 1,
    profile: 'eastron-sdm630',
    parentId: undefined,
    evseKey: undefined,
    accuracyClass: undefined,
    ctRatio: 1,
    model: 'Eastron SDM630',
    serialNumber: undefined,
    latest: undefined,
    refusal: undefined,
    health: { ...NOTHING_COUNTED, timeoutMs: 1000 },
    ...change,
  };
}
const answeredAt = (atMs: number, failuresInARow = 1) =>
  meter({ health: { ...NOTHING_COUNTED, timeoutMs: 1000, lastAnswerAtMs: atMs, failuresInARow } });

test('a meter is silent half a minute after its last answer, and its lost line is the cause', () => {
  const find = conditionFinder();
  expect(find([line], [answeredAt(5)], 0)['meter-silent']).toEqual([]);
  expect(find([line], [answeredAt(6)], 29_000)['meter-silent']).toEqual([]);
  expect(find([line], [answeredAt(6)], 58_999)['meter-silent']).toEqual([]);
  const lost = { ...line, state: 'lost' as const, reason: 'The adapter was unplugged. Plug it in again.' };
  const found = find([lost], [answeredAt(6)], 59_000);
  expect(found['meter-silent']).toEqual([
    {
      rule: 'meter-silent',
      subject: 'MTR 1',
      subjectName: 'Site incomer',
      depotId: 'D1',
      sentence: 'It does not answer on Line 1.',
      causedBy: { rule: 'line-lost', subject: 'LINE-1' },
      link: '/meters?meter=MTR%201',
    },
  ]);
  expect(found['line-lost']).toMatchObject([{ subject: 'LINE-1', sentence: lost.reason, link: '/links?line=LINE-1' }]);
  expect(find([line], [answeredAt(7)], 60_000)['meter-silent']).toEqual([]);
});

test('a meter that is read every few minutes is not silent in between; one that was never read is', () => {
  const find = conditionFinder();
  find([line], [answeredAt(5, 0)], 0);
  expect(find([line], [answeredAt(5, 0)], 250_000)['meter-silent']).toEqual([]);
  expect(find([line], [answeredAt(5, 2)], 251_000)['meter-silent']).toHaveLength(1);
  const never = conditionFinder();
  never([line], [meter()], 0);
  expect(never([line], [meter()], 30_000)['meter-silent']).toHaveLength(1);
});

test('the words of a refusal stay while it is of one kind, whatever its figures', () => {
  const find = conditionFinder();
  const refused = (code: string, message: string) => meter({ refusal: { atMs: 0, code, message } });
  const said = (record: MeterRecord) => find([line], [record], 0)['reading-refused']?.map(({ sentence }) => sentence);
  expect(said(refused('energy-fell', 'It fell by 1.'))).toEqual(['It fell by 1.']);
  expect(said(refused('energy-fell', 'It fell by 2.'))).toEqual(['It fell by 1.']);
  expect(said(refused('energy-jumped', 'It jumped.'))).toEqual(['It jumped.']);
  expect(said(meter())).toEqual([]);
});

test('another master is told for five minutes after each of its questions, not for what was counted before', () => {
  const find = conditionFinder();
  const told = (foreignRequests: number, atMs: number) =>
    find([{ ...line, foreignRequests }], [], atMs)['other-master'];
  expect(told(3, 0)).toEqual([]);
  expect(told(3, 1_000)).toEqual([]);
  expect(told(4, 2_000)).toHaveLength(1);
  expect(told(4, 301_999)).toHaveLength(1);
  expect(told(4, 302_000)).toEqual([]);
});
