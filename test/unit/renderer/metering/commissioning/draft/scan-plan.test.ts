import { expect, test } from 'vitest';
import { EMPTY_DRAFT, METER_KINDS } from '../../../../../../src/renderer/metering/commissioning/draft/line-draft.ts';
import {
  hasAddresses,
  judgeHow,
  planScan,
  triedFor,
} from '../../../../../../src/renderer/metering/commissioning/draft/scan-plan.ts';
import { consoleApi } from '../../../../../../src/shared/ipc/console-api.ts';

const { how } = EMPTY_DRAFT;
const where = { ...EMPTY_DRAFT.where, adapterSerialNumber: 'FT1' };
const commandId = '019a0000-0000-7000-8000-000000000000';

test.each(METER_KINDS)('what is tried for “%s” is a request that the contract takes', (kind) => {
  const plan = planScan(where, { ...how, kind });
  expect(plan.ok).toBe(true);
  const request = plan.ok ? { commandId, ...plan.request } : {};
  expect(consoleApi['metering/scan-line'].input.safeParse(request).error).toBeUndefined();
});

test('the default of the Modbus standard and that of most makers come early', () => {
  expect(triedFor('modbus').settings.slice(0, 3)).toEqual(['9600 8N1', '9600 8E1', '19200 8E1']);
});

test('who does not know the meter has everything tried, each setting once', () => {
  const { settings, protocols } = triedFor('any');
  expect(new Set(settings).size).toBe(settings.length);
  expect(protocols).toContain('dsmr-p1');
  expect(settings).toContain('300 7E1');
});

test('settings that are known are tried alone', () => {
  const plan = planScan(where, { ...how, mode: 'exact', baudRate: '2400', frame: '7E1', protocol: 'iec62056-push' });
  expect(plan).toMatchObject({
    request: {
      protocols: ['iec62056-push'],
      settings: [{ baudRate: 2400, dataBits: 7, parity: 'even', stopBits: 1 }],
    },
  });
});

test('addresses are asked of Modbus alone, and judged only where they are asked', () => {
  expect(hasAddresses({ ...how, kind: 'optical' })).toBe(false);
  expect(judgeHow({ ...how, kind: 'optical', fromAddress: 'x' })).toEqual({});
  expect(judgeHow({ ...how, fromAddress: '0', toAddress: '248' })).toEqual({
    fromAddress: 'From 1 to 247.',
    toAddress: 'From 1 to 247.',
  });
  expect(judgeHow({ ...how, fromAddress: '9', toAddress: '3' })).toEqual({ toAddress: 'Not below the first.' });
  expect(judgeHow({ ...how, mode: 'exact', baudRate: 'fast' })).toEqual({
    baudRate: 'Type the speed in baud, such as 9600.',
  });
});

test('problems of place and settings are told at once', () => {
  expect(planScan(EMPTY_DRAFT.where, { ...how, toAddress: '' })).toMatchObject({
    ok: false,
    where: { adapter: expect.any(String) },
    how: { toAddress: expect.any(String) },
  });
});
