import { expect, test } from 'vitest';
import { EMPTY_DRAFT } from '../../../../../../src/renderer/metering/commissioning/draft/line-draft.ts';
import {
  addressKey,
  chooseAdapter,
  isAway,
  isChosen,
  readAddress,
} from '../../../../../../src/renderer/metering/commissioning/draft/line-place.ts';

const { where } = EMPTY_DRAFT;
const usb = { path: '/dev/ttyUSB0', serialNumber: 'FT1', manufacturer: 'FTDI', product: undefined, usedBy: undefined };
const bare = { ...usb, path: '/dev/ttyS0', serialNumber: undefined };

test('a USB adapter is named by its serial number alone: its path is another one tomorrow', () => {
  const chosen = chooseAdapter(where, usb);
  expect(readAddress(chosen)).toEqual({ ok: true, address: { kind: 'serial-port', adapterSerialNumber: 'FT1' } });
  const elsewhere = { ...usb, path: '/dev/ttyUSB3' };
  expect(isChosen(chosen, elsewhere)).toBe(true);
  expect(isAway(chosen, [elsewhere])).toBe(false);
  expect(isAway(chosen, [bare])).toBe(true);
});

test('a port without a serial number is named by its path', () => {
  const chosen = chooseAdapter(where, bare);
  expect(readAddress(chosen)).toEqual({ ok: true, address: { kind: 'serial-port', path: '/dev/ttyS0' } });
  expect(isChosen(chosen, bare)).toBe(true);
  expect(isChosen(chosen, { ...usb, path: '/dev/ttyS0' })).toBe(false);
});

test('nothing chosen, nothing typed, or typed wrongly is said at its field', () => {
  expect(readAddress(where)).toMatchObject({ problems: { adapter: expect.any(String) } });
  expect(readAddress({ ...where, typesPath: true, path: ' ' })).toMatchObject({
    problems: { path: expect.any(String) },
  });
  expect(readAddress({ ...where, kind: 'device-server', host: 'http://a/b', port: '70000' })).toMatchObject({
    problems: { host: expect.any(String), port: expect.any(String) },
  });
});

test('a device server is its host and port', () => {
  const place = readAddress({ ...where, kind: 'device-server', host: ' 10.0.4.7 ', port: '4001' });
  expect(place).toEqual({ ok: true, address: { kind: 'device-server', host: '10.0.4.7', port: 4001 } });
  expect(place.ok && addressKey(place.address)).toBe('10.0.4.7:4001');
});

test('nothing chosen is not away', () => {
  expect(isAway(where, [usb])).toBe(false);
});
