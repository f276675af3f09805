/** Real serial ports of the operating system: pseudo terminals. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LineSettings, ListedAdapter } from '../../../../src/main/serial/line-address.ts';
import { openSerialPort } from '../../../../src/main/serial/open-serial-port.ts';
import { arePtysAbsent, openPty } from '../../../support/open-pty.ts';
import { waitUntil } from '../../../support/wait-until.ts';

const settings: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
const at = (place: string) => ({ kind: 'serial-port', adapterSerialNumber: undefined, path: place }) as const;
const adapter = { kind: 'serial-port', adapterSerialNumber: 'FT4K2B', path: undefined } as const;

async function openAt(place: string) {
  const opened = await openSerialPort(at(place), settings)();
  if (!opened.ok) throw new Error(opened.message);
  const heard: number[] = [];
  const closed: string[] = [];
  const source = opened.value;
  source.listen({ bytes: (chunk) => heard.push(...chunk), closed: (reason) => closed.push(reason) });
  return { source, heard, closed };
}

describe.skipIf(arePtysAbsent())('a serial port', () => {
  test('carries bytes both ways, unchanged', async () => {
    const pty = await openPty();
    const { source, heard } = await openAt(pty.path);
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    source.write(every);
    pty.send(every);
    await waitUntil('all bytes', () => heard.length === 256 && pty.heard.length === 256);
    expect([heard, pty.heard]).toEqual([[...every], [...every]]);
    await source.close();
  });

  test('that is unplugged says so once; writing to it and closing it are harmless', async () => {
    const pty = await openPty();
    const { source, closed } = await openAt(pty.path);
    pty.unplug();
    source.write(Uint8Array.of(1, 2, 3));
    await waitUntil('the end', () => closed.length > 0);
    source.write(Uint8Array.of(1, 2, 3));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await source.close();
    expect(closed).toEqual([`The adapter at ${pty.path} was unplugged: plug it in again, any socket will do.`]);
  });

  test('that is unplugged with writes pending ends as quietly', async () => {
    const pty = await openPty();
    const { source, closed } = await openAt(pty.path);
    for (let more = 0; more < 200; more += 1) source.write(new Uint8Array(1000));
    pty.unplug();
    await waitUntil('the end', () => closed.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(closed).toHaveLength(1);
  });

  test('that we close says nothing, and can be opened again', async () => {
    const pty = await openPty();
    const { source, closed } = await openAt(pty.path);
    source.write(Uint8Array.of(1));
    await source.close();
    await source.close();
    const again = await openAt(pty.path);
    pty.send(Uint8Array.of(7));
    await waitUntil('a byte', () => again.heard.length === 1);
    await again.source.close();
    expect(closed).toEqual([]);
  });

  test('that is open already is busy', async () => {
    const pty = await openPty();
    const { source } = await openAt(pty.path);
    expect(await openSerialPort(at(pty.path), settings)()).toEqual({
      ok: false,
      code: 'busy',
      message: `The serial port ${pty.path} is used by another program: close that program.`,
    });
    await source.close();
  });

  test('is found by its adapter, also when it comes back under another path', async () => {
    const adapters: ListedAdapter[] = [];
    const open = openSerialPort(adapter, settings, () => Promise.resolve(adapters));
    expect(await open()).toMatchObject({ ok: false, code: 'absent' });
    for (const pty of [await openPty(), await openPty()]) {
      adapters.splice(0, 1, { path: pty.path, serialNumber: 'FT4K2B' });
      const opened = await open();
      expect(opened).toMatchObject({ ok: true, value: { place: pty.path } });
      if (opened.ok) await opened.value.close();
    }
  });

  test('is refused with settings nobody knows', async () => {
    const pty = await openPty();
    const odd = { ...settings, baudRate: 0 };
    expect(await openSerialPort(at(pty.path), odd)()).toMatchObject({ ok: false, code: 'failed' });
  });
});

test('a port that is not there is absent', async () => {
  expect(await openSerialPort(at('/dev/ttyNOSUCH'), settings)()).toMatchObject({ ok: false, code: 'absent' });
});

describe('a file that is no port for us', () => {
  const place = async (mode: number) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'switchyard-port-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = path.join(folder, 'port');
    await writeFile(file, '');
    await chmod(file, mode);
    return file;
  };

  test('is refused when it is no port at all', async () => {
    expect(await openSerialPort(at(await place(0o600)), settings)()).toMatchObject({ ok: false, code: 'failed' });
  });
  // The administrator may use every file, and Windows knows no such modes.
  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'is refused when it may not be used',
    async () => {
      expect(await openSerialPort(at(await place(0)), settings)()).toMatchObject({ ok: false, code: 'not-permitted' });
    },
  );
});
