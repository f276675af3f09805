import { expect, test } from 'vitest';
import { savedLine } from '../../../../../src/main/metering/commissioning/saved-line.ts';
import type { DeclaredLine } from '../../../../../src/main/metering/lines/declared-line.ts';
import { consoleApi } from '../../../../../src/shared/ipc/console-api.ts';

const line: DeclaredLine = {
  id: 'north-L1',
  origin: 'operator',
  protocol: 'modbus-rtu',
  name: 'Hall B',
  depotId: 'north',
  address: { kind: 'serial-port', adapterSerialNumber: 'FT1', path: undefined },
  settings: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  meters: [
    {
      id: 'north-M1',
      name: 'Feeder',
      role: 'feeder',
      depotId: 'north',
      lineId: 'north-L1',
      unitAddress: 17,
      profile: 'eastron-sdm630',
      parentId: undefined,
      evseKey: undefined,
      accuracyClass: 'B',
      ctRatio: 50,
      ratedCurrentA: 250,
    },
  ],
};

test('an operator’s line is what could be saved again as it is', () => {
  const saved = savedLine([line], 'north-L1');
  expect(saved).toMatchObject({ address: { kind: 'serial-port', adapterSerialNumber: 'FT1' } });
  expect(saved?.meters[0]).toMatchObject({ unitAddress: 17, accuracyClass: 'B', ctRatio: 50, ratedCurrentA: 250 });
  const commandId = '019a0000-0000-7000-8000-000000000000';
  expect(consoleApi['metering/save-line'].input.safeParse({ commandId, ...saved }).error).toBeUndefined();
});

test('a demo’s line, and one that is not there, is nobody’s to change', () => {
  expect(savedLine([{ ...line, origin: 'demo' }], 'north-L1')).toBeUndefined();
  expect(savedLine([line], 'south-L1')).toBeUndefined();
});
