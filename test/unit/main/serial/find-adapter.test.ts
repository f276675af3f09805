/** Where an adapter is now, known by its own number. */
import { expect, test } from 'vitest';
import { findAdapter } from '../../../../src/main/serial/find-adapter.ts';
import type { ListedAdapter } from '../../../../src/main/serial/line-address.ts';

const listing =
  (...adapters: ListedAdapter[]) =>
  () =>
    Promise.resolve(adapters);
const wanted = { kind: 'serial-port', adapterSerialNumber: 'FT4K2B', path: undefined } as const;

test('it is found under whatever path it has now', async () => {
  const others = [
    { path: '/dev/ttyUSB0', serialNumber: 'OTHER' },
    { path: '/dev/ttyS0', serialNumber: undefined },
  ];
  const found = findAdapter(wanted, listing(...others, { path: '/dev/ttyUSB7', serialNumber: 'FT4K2B' }));
  expect(await found).toEqual({ ok: true, value: '/dev/ttyUSB7' });
});
test('one that is not there is absent', async () => {
  expect(await findAdapter(wanted, listing())).toMatchObject({
    code: 'absent',
    message: 'Adapter FT4K2B is not plugged in: plug it in again, any socket will do.',
  });
});
test('two with the same number are refused, not guessed between', async () => {
  const twice = listing({ path: '/dev/a', serialNumber: 'FT4K2B' }, { path: '/dev/b', serialNumber: 'FT4K2B' });
  const refused = await findAdapter({ ...wanted, path: '/dev/a' }, twice);
  expect(refused).toMatchObject({ code: 'ambiguous', message: expect.stringContaining('/dev/a and /dev/b') as string });
});
test('one without a number is known by its path, and nothing is listed', async () => {
  const failing = () => Promise.reject(new Error('must not be asked'));
  const found = findAdapter({ kind: 'serial-port', adapterSerialNumber: undefined, path: 'COM3' }, failing);
  expect(await found).toEqual({ ok: true, value: 'COM3' });
});
test('a line that names neither says so', async () => {
  const nothing = { kind: 'serial-port', adapterSerialNumber: undefined, path: undefined } as const;
  expect(await findAdapter(nothing, listing())).toMatchObject({ code: 'failed' });
});
test('a listing that fails is told', async () => {
  const failing = () => Promise.reject(new Error('udevadm is not there'));
  expect(await findAdapter(wanted, failing)).toMatchObject({
    code: 'failed',
    message: 'The adapters of this computer could not be listed: udevadm is not there.',
  });
});
