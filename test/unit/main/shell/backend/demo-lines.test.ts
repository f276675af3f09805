import { expect, test } from 'vitest';
import { parseDemoLines } from '../../../../../src/main/shell/backend/demo-lines.ts';

const line = {
  id: 'LINE-BLR-1',
  name: 'Bengaluru North, meter line 1',
  depot_id: 'DEPOT-BLR',
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
    },
  ],
};

test('the demo’s words become a declared line', () => {
  expect(parseDemoLines([line])).toEqual({
    ok: true,
    value: [
      {
        id: 'LINE-BLR-1',
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
