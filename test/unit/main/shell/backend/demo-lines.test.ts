import { expect, test } from 'vitest';
import { parseDemoLines } from '../../../../../src/main/shell/backend/demo-lines.ts';

const line = {
  id: 'LINE-BLR-1',
  name: 'Bengaluru North, meter line 1',
  depot_id: 'DEPOT-BLR',
  protocol: 'modbus-rtu',
  host: '127.0.0.1',
  port: 41_234,
  baud_rate: 9600,
  parity: 'none',
  data_bits: 8,
  stop_bits: 1,
  meters: [
    {
      id: 'MTR-BLR-1',
      name: 'Site incomer',
      role: 'incomer',
      unit_address: 1,
      profile: 'eastron-sdm630',
      rated_current_a: 900,
      parent_id: 'MTR-BLR-9',
      evse_key: 'LOC-1/E1',
      accuracy_class: 'C',
    },
  ],
};

test('the demo’s words become a declared line', () => {
  expect(parseDemoLines([line])).toEqual({
    ok: true,
    value: [
      {
        id: 'LINE-BLR-1',
        origin: 'demo',
        protocol: 'modbus-rtu',
        name: 'Bengaluru North, meter line 1',
        depotId: 'DEPOT-BLR',
        address: { kind: 'device-server', host: '127.0.0.1', port: 41_234 },
        settings: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
        meters: [
          {
            id: 'MTR-BLR-1',
            name: 'Site incomer',
            role: 'incomer',
            depotId: 'DEPOT-BLR',
            lineId: 'LINE-BLR-1',
            unitAddress: 1,
            profile: 'eastron-sdm630',
            ratedCurrentA: 900,
            parentId: 'MTR-BLR-9',
            evseKey: 'LOC-1/E1',
            accuracyClass: 'C',
            ctRatio: 1,
          },
        ],
      },
    ],
  });
});

test('what is not understood is named', () => {
  expect(parseDemoLines([{ ...line, port: 0 }])).toMatchObject({
    ok: false,
    code: 'bad-lines',
    message: expect.stringContaining('0.port'),
  });
  expect(parseDemoLines(undefined)).toMatchObject({ ok: false });
});
