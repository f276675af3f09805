/** How a person says where a line is and how it is set. */
import { expect, test } from 'vitest';
import { describeAddress, describeSettings } from '../../../../src/main/serial/describe-line.ts';

test('a device server', () => {
  expect(describeAddress({ kind: 'device-server', host: '10.0.4.7', port: 4001 })).toBe('device server 10.0.4.7:4001');
  expect(describeAddress({ kind: 'device-server', host: 'fe80::1', port: 4001 })).toBe('device server [fe80::1]:4001');
});
test('an adapter, and where it was found', () => {
  const address = { kind: 'serial-port', adapterSerialNumber: 'FT4K2B', path: undefined } as const;
  expect(describeAddress(address)).toBe('adapter FT4K2B');
  expect(describeAddress(address, '/dev/ttyUSB0')).toBe('adapter FT4K2B at /dev/ttyUSB0');
});
test('a port without a serial number', () => {
  const address = { kind: 'serial-port', adapterSerialNumber: undefined, path: '/dev/ttyS0' } as const;
  expect(describeAddress(address)).toBe('serial port /dev/ttyS0');
});
test('settings', () => {
  expect(describeSettings({ baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 })).toBe('9600 8N1');
  expect(describeSettings({ baudRate: 19_200, dataBits: 7, parity: 'even', stopBits: 2 })).toBe('19200 7E2');
});
