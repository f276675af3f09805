/** Which lines are at one place. */
import { expect, it } from 'vitest';
import { areSamePlace, lineAt } from '../../../../../src/main/metering/commissioning/same-place.ts';
import type { LineAddress } from '../../../../../src/main/serial/line-address.ts';

const adapters = [{ path: '/dev/ttyUSB0', serialNumber: 'FT1' }];
const bySerial: LineAddress = { kind: 'serial-port', adapterSerialNumber: 'FT1', path: undefined };
const byPath: LineAddress = { kind: 'serial-port', adapterSerialNumber: undefined, path: '/dev/ttyUSB0' };
const server: LineAddress = { kind: 'device-server', host: 'Gate.depot', port: 4001 };

it('an adapter is one whether it is named by its number or by where it is plugged in now', () => {
  expect(areSamePlace(bySerial, byPath, adapters)).toBe(true);
  expect(areSamePlace(bySerial, byPath, [])).toBe(false);
  expect(areSamePlace(bySerial, bySerial, [])).toBe(true);
  expect(areSamePlace(bySerial, { ...bySerial, adapterSerialNumber: 'FT2' }, adapters)).toBe(false);
});

it('two adapters that are both away are not one', () => {
  const away = { ...bySerial, adapterSerialNumber: 'FT8' };
  expect(areSamePlace(away, { ...away, adapterSerialNumber: 'FT9' }, adapters)).toBe(false);
});

it('a device server is known by host and port', () => {
  expect(areSamePlace(server, { ...server, host: 'gate.DEPOT' }, [])).toBe(true);
  expect(areSamePlace(server, { ...server, port: 4002 }, [])).toBe(false);
  expect(areSamePlace(server, byPath, adapters)).toBe(false);
  expect(
    lineAt(
      server,
      [
        { address: byPath, name: 'a' },
        { address: server, name: 'b' },
      ],
      adapters,
    )?.name,
  ).toBe('b');
});
