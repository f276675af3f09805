/** A traced source is the same source, and tells what goes over it. */
import { expect, test } from 'vitest';
import type { ByteListener, ByteSource } from '../../../../src/main/serial/byte-source.ts';
import { traceSource } from '../../../../src/main/serial/trace-source.ts';
import { accept, refuse } from '../../../../src/shared/kernel/result.ts';

const SETTINGS = { baudRate: 300, dataBits: 7, parity: 'even', stopBits: 1 } as const;

function aSource() {
  const written: number[] = [];
  let listener: ByteListener | undefined;
  const source: ByteSource = {
    place: '/dev/ttyUSB0',
    listen: (given) => {
      listener = given;
    },
    write: (bytes) => written.push(...bytes),
    setBaudRate: async () => {},
    close: async () => {},
  };
  return { source, written, tell: () => listener };
}

function aTap() {
  const told: string[] = [];
  return {
    told,
    sent: (bytes: Uint8Array) => told.push(`sent ${bytes.join(' ')}`),
    heard: (bytes: Uint8Array) => told.push(`heard ${bytes.join(' ')}`),
    note: (text: string) => told.push(text),
  };
}

test('bytes pass both ways, and each is told with what became of the line', async () => {
  const { source, written, tell } = aSource();
  const tap = aTap();
  const opened = await traceSource(async () => accept(source), SETTINGS, tap)();
  if (!opened.ok) throw new Error('it opens');
  const heard: number[] = [];
  opened.value.listen({ bytes: (chunk) => heard.push(...chunk), closed: (reason) => heard.push(reason.length) });
  opened.value.write(Uint8Array.of(1, 2));
  tell()?.bytes(Uint8Array.of(3));
  await opened.value.setBaudRate?.(9600);
  tell()?.closed('Unplugged.');
  expect(written).toEqual([1, 2]);
  expect(heard).toEqual([3, 10]);
  expect(tap.told).toEqual([
    'Opened at /dev/ttyUSB0, 300 7E1.',
    'sent 1 2',
    'heard 3',
    'Baud rate 9600 from here.',
    'Lost. Unplugged.',
  ]);
});

test('a refusal to open is handed on, and what can not change its speed still can not', async () => {
  const tap = aTap();
  const refusal = refuse('busy', 'It is used by another program.');
  expect(await traceSource(async () => refusal, SETTINGS, tap)()).toEqual(refusal);
  expect(tap.told).toEqual([]);
  const { setBaudRate: _none, ...fixed } = aSource().source;
  const opened = await traceSource(async () => accept(fixed), SETTINGS, tap)();
  expect(opened.ok && 'setBaudRate' in opened.value).toBe(false);
});
